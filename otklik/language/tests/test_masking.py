"""Personal data is hidden; places, organisations and ordinary numbers stay."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.language.masking import (
    for_publication,
    for_work,
    mask_file_name,
    publish_file_name,
    unmask,
)


def luhn_completed(digits: str) -> str:
    return next(f"{digits}{last}" for last in range(10) if _luhn(f"{digits}{last}"))


def _luhn(number: str) -> bool:
    odd = [int(sign) for sign in number[-1::-2]]
    even = [sum(divmod(2 * int(sign), 10)) for sign in number[-2::-2]]
    return (sum(odd) + sum(even)) % 10 == 0


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Звоните +7 (900) 000-11-22!", "Звоните [телефон]!"),
        ("тел. 89000001122, жду", "тел. [телефон], жду"),
        ("мой номер 900 000 11 22", "мой номер [телефон]"),
        ("диспетчер 51-59-32 молчит", "диспетчер [телефон] молчит"),
        ("пишите на maria.i@example.org", "пишите на [почта]"),
        ("страница https://vk.com/id100500 и @maria_iv", "страница [страница 1] и [страница 2]"),
        ("СНИЛС 112-233-445 95", "СНИЛС [СНИЛС]"),
        ("снилс: 11223344595", "снилс: [СНИЛС]"),
        ("ИНН 500100732259", "ИНН [ИНН]"),
        ("Паспорт серии 45 10 № 123456 выдан", "Паспорт серии [паспорт] выдан"),
        ("родилась 12 мая 1960 года", "родилась [дата рождения] года"),
        ("12.05.1960 г.р.", "[дата рождения] г.р."),
        ("л/с 1234567890 не оплачен", "л/с [лицевой счёт] не оплачен"),
        ("машина а123вс 46 на газоне", "машина [номер машины] на газоне"),
        ("Садовая, д. 5, кв. 12", "Садовая, д. 5, [квартира]"),
        ("ул. Садовая, д. 5-12", "ул. Садовая, д. 5[квартира]"),
    ],
)
def test_numbers_and_addresses_are_hidden(text: str, hidden: str) -> None:
    assert for_work(text).text == hidden


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Меня зовут Мария, у нас темно", "Меня зовут [заявитель], у нас темно"),
        ("Я, Иванова Мария Петровна, прошу", "Я, [заявитель], прошу"),
        ("Вчера иванова мария петровна просила", "Вчера [лицо 1] просила"),
        ("ПОЧЕМУ ИВАНОВА МАРИЯ ПЕТРОВНА ПРОСИТ", "ПОЧЕМУ [лицо 1] ПРОСИТ"),
        ("Говорил с Сергеем Петровичем", "Говорил с [лицо 1]"),
        ("Петров И. И. и А.С. Кузнецова спорят", "[лицо 1] и [лицо 2] спорят"),
        ("Директор школы Сидоров Пётр молчит", "Директор школы [должностное лицо 1] молчит"),
        ("Сосед Кузнецов шумит", "Сосед [лицо 1] шумит"),
        ("Врач Лыкова ушла, Лыкову ждали", "Врач [сотрудник 1] ушла, [сотрудник 1] ждали"),
        ("на ул. Ленина Иванова Мария Петровна упала", "на ул. Ленина [лицо 1] упала"),
        ("С уважением, Мария", "С уважением, [заявитель]"),
    ],
)
def test_people_are_hidden(text: str, hidden: str) -> None:
    assert for_work(text).text == hidden


@pytest.mark.parametrize(
    "text",
    [
        "На улице Максима Горького, 5 яма",
        "Карла Маркса 12, второй подъезд",
        "проспект А. С. Пушкина, площадь имени Ленина",
        "ул. Академика Павлова и ул. Марии Ульяновой",
        "Памятник Сергею Есенину и школа имени Юрия Гагарина",
        "село Иваново, деревня Петрово",
        "Вера в людей, надежда, любовь; слава врачам",
        "Заплатил 15 000 рублей 21.11.2026 в 12:30",
        "На 2 кв. 2024 года запланировано 150 кв. м плитки",
        "Постановление № 512-45 от 01.02.2026",
        "Поезд 0123456789012345 и дом 5",
    ],
)
def test_places_and_plain_numbers_stay(text: str) -> None:
    assert for_work(text).text == text


@given(st.text(alphabet="0123456789", min_size=15, max_size=15))
def test_a_payment_card_is_known_by_its_check_digit(digits: str) -> None:
    card = luhn_completed("4" + digits[1:])
    wrong = card[:-1] + str((int(card[-1]) + 1) % 10)
    spaced = " ".join(card[at : at + 4] for at in range(0, 16, 4))
    assert for_work(f"перевёл на {spaced} вчера").text == "перевёл на [номер карты] вчера"
    assert for_work(f"код {wrong}").text == f"код {wrong}"


def test_file_names_keep_their_ending() -> None:
    assert mask_file_name("Иванова_Мария_Петровна.docx") == "[заявитель].docx"
    assert mask_file_name("заявление 89000001122.pdf") == "заявление [телефон].pdf"
    assert mask_file_name("яма") == "яма"


@settings(deadline=None)
@given(st.text(alphabet=st.characters(), max_size=200))
def test_the_map_gives_the_original_back_whatever_the_text(text: str) -> None:
    for done in (for_work(text), for_publication(text)):
        assert unmask(done.text, done.hidden) == text
        assert [text[span.start : span.end] for span in done.found] == [
            one.original for one in done.hidden
        ]


_WORDS = ["Иванова", "Мария", "Петровна", "ул.", "Ленина", "5", "И.", "школы", "+7 900 000 11 22",
          "кв. 5", "зовут", "сосед", "петрович", "-", ",", "\n", "a@b.ru", "д."]  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.sampled_from(_WORDS), max_size=25).map(" ".join))
def test_names_and_numbers_come_back_in_their_places(text: str) -> None:
    done = for_publication(text)
    assert unmask(done.text, done.hidden) == text


@settings(deadline=None)
@given(st.lists(st.sampled_from(_WORDS), max_size=25).map(" ".join))
def test_what_is_masked_has_nothing_left_to_for_work(text: str) -> None:
    assert all(word not in for_work(text).text for word in ("900 000", "a@b.ru", "Мария Петровна"))


@pytest.mark.parametrize(
    "piece", ["а", "А.", "Иванов ", "1-", "(", "кв", "ул. ", "@", "8 ", "www."]
)
def test_long_repetitions_are_survived(piece: str) -> None:
    assert for_work(piece * 20_000).text


def test_a_map_of_another_text_is_refused() -> None:
    done = for_work("Сосед Кузнецов шумит")
    with pytest.raises(ValueError, match="не тот"):
        unmask("Сосед снизу шумит", done.hidden)


def test_one_person_has_one_number_in_every_case() -> None:
    text = "Сосед Кузнецов Пётр шумит. Кузнецову П. И. писали. Соседка Лапина видела Кузнецова."
    assert for_work(text).text == (
        "Сосед [лицо 1] шумит. [лицо 1] писали. Соседка [лицо 2] видела [лицо 1]."
    )


def test_telephones_are_told_apart_when_there_are_two() -> None:
    text = "Звоните 89001112233 или 51-59-32, лучше 8 900 111-22-33"
    assert for_work(text).text == "Звоните [телефон 1] или [телефон 2], лучше [телефон 1]"


def test_a_publication_hides_the_home_and_leaves_public_offices() -> None:
    text = "Я, Ким Ен Су, живу на ул. Садовой, д. 5, кв. 7. Глава Петров А. И. и врач Лыкова спят"
    assert for_publication(text).text == (
        "Я, [заявитель], живу на [адрес], [квартира]. Глава Петров А. И. и врач [сотрудник 1] спят"
    )
    assert "ул. Садовой, д. 5" in for_work(text).text


def test_a_file_name_may_be_published() -> None:
    name = "Заявление Иванова И.И. паспорт 6612 345678.pdf"
    assert publish_file_name(name) == "Заявление [лицо 1] паспорт [паспорт].pdf"
    assert mask_file_name(name) == "Заявление [лицо 1] паспорт [паспорт].pdf"
