"""Cardinal numbers written in words: «пять», «тридцать шесть»."""

from __future__ import annotations

from collections.abc import Sequence

from otklik.language.places.tokens import Word

_UNITS = {
    "один": 1, "одного": 1, "два": 2, "двух": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6,
    "семь": 7, "восемь": 8, "девять": 9, "десять": 10, "одиннадцать": 11, "двенадцать": 12,
    "тринадцать": 13, "четырнадцать": 14, "пятнадцать": 15, "шестнадцать": 16, "семнадцать": 17,
    "восемнадцать": 18, "девятнадцать": 19,
}  # fmt: skip
_TENS = {
    "двадцать": 20, "тридцать": 30, "сорок": 40, "пятьдесят": 50, "шестьдесят": 60,
    "семьдесят": 70, "восемьдесят": 80, "девяносто": 90, "сто": 100,
}  # fmt: skip
_ORDINALS = {
    "перв": 1, "втор": 2, "четверт": 4, "пят": 5, "шест": 6, "седьм": 7, "восьм": 8, "девят": 9,
    "десят": 10, "одиннадцат": 11, "двенадцат": 12, "тринадцат": 13, "четырнадцат": 14,
    "пятнадцат": 15, "шестнадцат": 16, "двадцат": 20,
}  # fmt: skip
_ORDINAL_FORMS = {
    stem + ending: value
    for stem, value in _ORDINALS.items()
    for ending in ("ый", "ой", "ого", "ому", "ом", "ая", "ую", "ым")
} | {"третий": 3, "третьего": 3, "третьем": 3, "третьему": 3, "третья": 3, "третьей": 3}


def cardinal(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """(value, index after it) of a number in words that begins here."""
    if at >= len(words):
        return None
    low = words[at].low
    if low in _UNITS:
        return _UNITS[low], at + 1
    if low not in _TENS:
        return None
    value, end = _TENS[low], at + 1
    if end < len(words) and words[end].low in _TENS and value == 100 and words[end].joined:
        value, end = value + _TENS[words[end].low], end + 1
    if end < len(words) and words[end].low in _UNITS and words[end].joined:
        return value + _UNITS[words[end].low], end + 1
    return value, end


def ordinal(word: Word) -> int | None:
    """5 of «пятый», «5-й»."""
    if word.ordinal and word.low.isdigit():
        return int(word.low)
    return _ORDINAL_FORMS.get(word.low)
