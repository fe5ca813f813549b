"""Words of a text and their dictionary forms."""

from __future__ import annotations

import pymorphy3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.language.lemmas import LONGEST_WORD, lemma, lemmas, tokens
from otklik.language.names import dative_name


def test_words_house_numbers_and_compounds_are_kept_whole() -> None:
    assert tokens("Ёлка у дома 12а, кафе-бар, WiFi!") == [
        "елка",
        "у",
        "дома",
        "12а",
        "кафе-бар",
        "wifi",
    ]


def test_case_forms_share_a_lemma() -> None:
    assert lemmas("дорогами дороге дорогу") == ["дорога"] * 3
    assert lemma("ёлками".replace("ё", "е")) == "елка"


def test_what_is_not_russian_stays_as_it_is() -> None:
    assert lemmas("wifi 12а 5/2") == ["wifi", "12а", "5/2"]


@given(st.text(max_size=300))
def test_any_text_is_survived_and_words_are_bounded(text: str) -> None:
    assert all(0 < len(word) <= LONGEST_WORD for word in tokens(text))
    assert len(lemmas(text)) == len(tokens(text))


@pytest.mark.parametrize("piece", ["недо", "не", "пере", "супермега", "а-", "по-"])
def test_a_word_of_prefixes_alone_is_read_in_few_steps(
    piece: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    parse = pymorphy3.MorphAnalyzer.parse

    def counted(self: pymorphy3.MorphAnalyzer, word: str) -> object:
        steps.append(word)
        return parse(self, word)

    monkeypatch.setattr(pymorphy3.MorphAnalyzer, "parse", counted)
    word = (piece * LONGEST_WORD)[: LONGEST_WORD - 1] + "а"
    assert lemma(word)
    assert len(steps) <= 100


def test_an_over_long_word_stays_as_it_is() -> None:
    word = "не" * 100_000
    assert lemma(word) == word
    assert dative_name(f"{'ов' * 100_000} Иван Петрович").endswith("И.\u00a0П.")
