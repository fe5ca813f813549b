"""Tokens and lemmas of Russian text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from threading import local

import pymorphy3
from pymorphy3.lang.ru import DEFAULT_UNITS
from pymorphy3.units import KnownPrefixAnalyzer

_WORD = re.compile(r"[а-яё]+(?:-[а-яё]+)*|[a-z]+|\d+[а-я]?(?:/\d+[а-я]?)?", re.IGNORECASE)
LONGEST_WORD, MOST_PREFIXES = 60, 2


class _FewPrefixes(KnownPrefixAnalyzer):  # type: ignore[misc]
    """Takes few prefixes off a word: both «не» and «недо» begin «недонедо…», and trying either
    at every step takes time that doubles with each, and at last the whole stack."""

    _level = local()

    def possible_splits(self, word: str) -> Iterator[tuple[str, str]]:
        level = getattr(self._level, "now", 0)
        if level >= MOST_PREFIXES:
            return
        self._level.now = level + 1
        try:
            yield from super().possible_splits(word)
        finally:
            self._level.now = level


@lru_cache(maxsize=1)
def analyser() -> pymorphy3.MorphAnalyzer:
    """Of words up to `LONGEST_WORD` letters; longer ones are the caller's to leave out."""
    units = [
        _FewPrefixes(unit.known_prefixes) if isinstance(unit, KnownPrefixAnalyzer) else unit
        for unit in DEFAULT_UNITS
    ]
    return pymorphy3.MorphAnalyzer(units=units)


def tokens(text: str) -> list[str]:
    """Words and house numbers in order, lower case, «ё» as «е»; over-long ones are left out."""
    return [
        word
        for word in _WORD.findall(text.casefold().replace("ё", "е"))
        if len(word) <= LONGEST_WORD
    ]


@lru_cache(maxsize=200_000)
def lemma(word: str) -> str:
    """The dictionary form of a lower-case word, «ё» as «е»; an over-long one as it is.

    The dictionary takes prefixes off one by one: a word of a thousand «не» would exhaust the stack.
    """
    if len(word) > LONGEST_WORD or not "а" <= word[:1] <= "я":
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
    if len(plain) <= LONGEST_WORD and "а" <= plain[:1] <= "я":
        for parsed in analyser().parse(plain):
            found.update(form.word for form in parsed.lexeme)
    return frozenset(found | {form.replace("ё", "е") for form in found})


@lru_cache(maxsize=5_000)
def forms(word: str) -> frozenset[str]:
    """The same as `tokens` would give them: «ё» as «е» only."""
    return frozenset(form for form in spellings(word) if "ё" not in form)
