"""Messages as other systems hand them over become plain text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.language.cleaning import clean, one_alphabet


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("[id123|Мария], почините фонарь", "Мария, почините фонарь"),
        ("[club77|Посёлок Сосновка] темно", "Посёлок Сосновка темно"),
        ("[https://vk.com/wall-1_2|запись] о яме", "запись о яме"),
        ("*id5 (Пётр), где автобус?", "Пётр, где автобус?"),
        ("Нет воды<br>Третий день<br/>Помогите", "Нет воды\nТретий день\nПомогите"),
        ("<p>Яма</p><p>у&nbsp;дома&nbsp;5</p>", "Яма\nу дома 5"),
        ("Фирма &amp;quot;Заря&amp;quot;", 'Фирма "Заря"'),
        ("Мусор 😡😡 не вывозят 🗑️", "Мусор не вывозят"),
        ('"Не чистят снег', "Не чистят снег"),
        ('"Не чистят снег"', "Не чистят снег"),
        ('""Не чистят снег""', "Не чистят снег"),
        ('Магазин "Заря" шумит', 'Магазин "Заря" шумит'),
        ("ноль\x00вой \ud800знак\u200b", "нольвой знак"),
        ("температура < 5 и > 3", "температура < 5 и > 3"),
        ("дом № 5, +20 °C", "дом № 5, +20 °C"),
        ("a\r\n\r\n\r\n\r\nb", "a\n\nb"),
        ("<script>alert(1)</script>Снег", "Снег"),
        ("", ""),
    ],
)
def test_markup_is_removed_and_words_stay(given_text: str, expected: str) -> None:
    assert clean(given_text) == expected


def test_pictograms_stay_when_asked_for() -> None:
    assert clean("Спасибо 👍🏽", emoji=True) == "Спасибо 👍🏽"


def test_a_latin_letter_in_a_russian_word_is_mended() -> None:
    assert one_alphabet("Cocновка") == "Сосновка"
    assert one_alphabet("e-mail") == "e-mail"
    assert one_alphabet("Zолото") == "Zолото"


@given(st.text(alphabet=st.characters(), max_size=200))
def test_anything_is_survived_and_stays_encodable(text: str) -> None:
    done = clean(text)
    done.encode()
    assert "\x00" not in done
    assert done == done.strip()


@given(st.text(alphabet="абвгд .,!?\n-", max_size=80))
def test_plain_words_are_not_lost(text: str) -> None:
    assert "".join(clean(text).split()) == "".join(text.split())
