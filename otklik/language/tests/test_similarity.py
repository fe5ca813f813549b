"""Repeats are recognised however they are typed; different texts stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.language.similarity import BANDS, bands, fingerprint, likeness, signature

FIRST = "Третий день нет горячей воды в доме 5 по улице Садовой, управляющая компания молчит."
RETOLD = "Уже третий день нет горячей воды в доме 5 по ул. Садовой! Управляющая компания молчит"
OTHER = "На остановке у школы разбита скамейка и не горит фонарь, ждать автобус темно и страшно."


def shared_bands(first: str, second: str) -> int:
    return sum(
        a == b for a, b in zip(bands(signature(first)), bands(signature(second)), strict=True)
    )


def test_signs_case_and_markup_do_not_matter_to_a_fingerprint() -> None:
    assert fingerprint("Нет воды!!!<br>Ёлка упала 😡") == fingerprint("нет   ВОДЫ, елка упала")
    assert fingerprint("Нет воды в доме 5") != fingerprint("Нет воды в доме 6")


def test_a_fingerprint_is_the_same_in_every_process() -> None:
    assert fingerprint("Нет воды") == "148d8e4c1256071122fc30e5e568a97d"
    assert bands(signature("Нет воды"))[:2] == [-8457664674307852604, 2544185175559421834]
    assert signature("Нет воды").version == 1


def test_retold_texts_are_alike_and_candidates_of_one_another() -> None:
    assert likeness(FIRST, RETOLD) > 0.6
    assert shared_bands(FIRST, RETOLD) >= 1


def test_different_texts_are_neither() -> None:
    assert likeness(FIRST, OTHER) < 0.15
    assert shared_bands(FIRST, OTHER) == 0


@pytest.mark.parametrize("empty", ["", "!!!", "😡", "<br>"])
def test_texts_without_words_are_like_nothing(empty: str) -> None:
    assert fingerprint(empty) == ""
    assert not signature(empty)
    assert bands(signature(empty)) == []
    assert likeness(empty, empty) == 0.0


@given(st.text(max_size=120), st.text(max_size=120))
def test_likeness_is_symmetric_and_bounded(first: str, second: str) -> None:
    assert likeness(first, second) == likeness(second, first)
    assert 0 <= likeness(first, second) <= 1
    found = bands(signature(first))
    assert len(found) in (0, BANDS)
    assert all(-(2**63) <= band < 2**63 for band in found)


@given(st.text(alphabet="абвгде 0123", min_size=1, max_size=80))
def test_a_text_is_wholly_like_itself(text: str) -> None:
    assert likeness(text, text.upper()) == (1.0 if text.strip() else 0.0)
