"""What the rules leave undecided is read a second time, and places stay places."""

from __future__ import annotations

import pytest

from otklik.language.masking import PERSON, find, second_reader, tagger
from otklik.language.masking.tokens import split


def people(text: str) -> list[str]:
    return [text[span.start : span.end] for span in find(text) if span.kind == PERSON]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Тренер не предупредил, Матвейка в слезах.", ["Матвейка"]),
        ("С уважением,\nсемья Подгорных", ["Подгорных"]),
        ("Рогов обещал в прошлом году, Черных в этом обещает.", ["Рогов", "Черных"]),
        ("Хозяин Мишка Лапин только смеётся.", ["Мишка Лапин"]),
        ("Инспектор сказал: пишите. Пишу. Старостин ОЮ", ["Старостин ОЮ"]),
        ("Наша староста Рамзия апа помогает всем.", ["Рамзия апа"]),
        ("Гөлнара Шәрипова просит автобус.", ["Гөлнара Шәрипова"]),
    ],
)
def test_a_rare_name_is_found(text: str, named: list[str]) -> None:
    assert people(text) == named


@pytest.mark.parametrize(
    "text",
    [
        "На Ивана Купалу набережную опять загадили, Дед Мороз и то приезжает чаще.",
        "Солярис с Ладой столкнулись, а Камри уехала.",
        "Кошка Муся и пёс Барсик живут в подвале.",
        "Марьин парк закрыли до Ильина дня.",
        "Вайбер не работает. Грейдер не проезжал. Водоканал молчит.",
        "Дворец спорта Ивана Ярыгина и часовня Ксении Петербургской без дороги.",
        "На улице Имама Шамиля и на Заки Валиди ямы.",
        "У магазина Светлана лужа, кафе Марина закрыто.",
    ],
)
def test_places_animals_cars_and_offices_are_nobody(text: str) -> None:
    assert people(text) == []


def test_the_tagger_is_not_asked_when_all_is_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(sentences: object) -> list[list[bool]]:
        raise AssertionError(sentences)

    monkeypatch.setattr(tagger, "people", never)
    assert people("Прошу починить дорогу на улице Садовой. Иванов Пётр Ильич") == [
        "Иванов Пётр Ильич"
    ]


def test_the_tagger_reads_a_bounded_part_of_one_text(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def counted(sentences: list[list[str]]) -> list[list[bool]]:
        asked.append(len(sentences))
        return [[False] * len(one) for one in sentences]

    monkeypatch.setattr(tagger, "people", counted)
    text = "Вчера Хряпыч ушёл к Бурдюку. " * 5_000
    second_reader.tagged(text, split(text), set(), set())
    assert asked
    assert asked[0] <= 300


def test_each_word_of_each_sentence_is_told() -> None:
    told = tagger.people([["Вчера", "Подгорных", "пришла", "."], ["Привет"]])
    assert [len(one) for one in told] == [4, 1]
    assert told[0] == [False, True, False, False]
