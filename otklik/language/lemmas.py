"""Tokens and lemmas of Russian text."""

from __future__ import annotations

import re
from functools import lru_cache

import pymorphy3

_WORD = re.compile(r"[а-яё]+(?:-[а-яё]+)*|[a-z]+|\d+[а-я]?(?:/\d+[а-я]?)?", re.IGNORECASE)
LONGEST_WORD = 60


@lru_cache(maxsize=1)
def analyser() -> pymorphy3.MorphAnalyzer:
    return pymorphy3.MorphAnalyzer()


def tokens(text: str) -> list[str]:
    """Words and house numbers in order, lower case, «ё» as «е»; over-long ones are left out."""
    return [
        word
        for word in _WORD.findall(text.casefold().replace("ё", "е"))
        if len(word) <= LONGEST_WORD
    ]


@lru_cache(maxsize=200_000)
def lemma(word: str) -> str:
    """The dictionary form of a lower-case word, «ё» as «е»."""
    if not word[:1].isalpha() or not "а" <= word[0] <= "я":
        return word
    parsed = analyser().parse(word)
    return str(parsed[0].normal_form).replace("ё", "е") if parsed else word


def lemmas(text: str) -> list[str]:
    return [lemma(word) for word in tokens(text)]


@lru_cache(maxsize=5_000)
def spellings(word: str) -> frozenset[str]:
    """Every form of every dictionary word that this word may be, with «ё» and with «е».

    «ямы» stands for «яма» and «ям»: a search by forms misses neither, where one lemma would.
    """
    plain = word.casefold()
    found = {plain}
    if plain[:1].isalpha() and "а" <= plain[0] <= "я":
        for parsed in analyser().parse(plain):
            found.update(form.word for form in parsed.lexeme)
    return frozenset(found | {form.replace("ё", "е") for form in found})


@lru_cache(maxsize=5_000)
def forms(word: str) -> frozenset[str]:
    """The same as `tokens` would give them: «ё» as «е» only."""
    return frozenset(form for form in spellings(word) if "ё" not in form)
