"""Where a sentence ends and where a full stop only shortens a word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from otklik.language.sentences import sentences


def split(text: str) -> list[str]:
    return [sentence.text for sentence in sentences(text)]


def test_addresses_are_not_cut() -> None:
    assert split("На ул. Садовой, д. 5, кв. 12 нет воды. Третий день!") == [
        "На ул. Садовой, д. 5, кв. 12 нет воды.",
        "Третий день!",
    ]


def test_initials_are_not_cut() -> None:
    assert split("Мастер И. И. Петров не пришёл. Ждём…") == [
        "Мастер И. И. Петров не пришёл.",
        "Ждём…",
    ]


def test_a_house_number_may_end_a_sentence_and_an_item_number_does_not() -> None:
    assert split("Яма у дома 5. Почините") == ["Яма у дома 5.", "Почините"]
    assert split("1. Почините дорогу. 2. Включите свет.") == [
        "1. Почините дорогу.",
        "2. Включите свет.",
    ]


def test_lines_are_sentences() -> None:
    assert split("Нет света\n\nНет воды") == ["Нет света", "Нет воды"]


def test_a_closing_quote_stays_with_its_sentence() -> None:
    assert split("Ответили: «Ждите.» Ждём.") == ["Ответили: «Ждите.»", "Ждём."]


@given(st.text(max_size=200))
def test_positions_point_at_the_text_and_no_letter_is_lost(text: str) -> None:
    found = sentences(text)
    assert all(text[s.start : s.end] == s.text for s in found)
    assert "".join("".join(s.text.split()) for s in found) == "".join(text.split())
