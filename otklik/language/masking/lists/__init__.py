"""Lists of words, written for this library.

`famous`: a line is a surname and the first names borne by its famous bearers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

_HERE = Path(__file__).parent
_GROUPED = re.compile(r"\([^()]*\)")


def read(name: str) -> frozenset[str]:
    return frozenset((_HERE / f"{name}.txt").read_text(encoding="utf-8").split())


def lines(name: str) -> list[list[str]]:
    text = (_HERE / f"{name}.txt").read_text(encoding="utf-8")
    return [line.split() for line in text.splitlines()]


class Words:
    """Words written as patterns, sorted by their first letter: most words of a text are tried
    against two or three of them."""

    def __init__(self, written: Iterable[str]) -> None:
        by_letter: dict[str, list[str]] = {}
        of_any: list[str] = []
        for word in written:
            optional = word[1:2] in {"?", "*"} or word[1:3] == "{0"
            sure = word[0].isalpha() and not optional and "|" not in _GROUPED.sub("", word)
            (by_letter.setdefault(word[0], []) if sure else of_any).append(word)
        self._others = re.compile("|".join(of_any)) if of_any else None
        self._by_letter = {
            one: re.compile("|".join([*them, *of_any])) for one, them in by_letter.items()
        }

    def fullmatch(self, low: str) -> re.Match[str] | None:
        """Of a word in small letters, whole."""
        those = self._by_letter.get(low[:1], self._others)
        return those.fullmatch(low) if those is not None else None


def pattern(*names: str) -> Words:
    """Words written as patterns, any of them, whole; of several lists together."""
    every = [(_HERE / f"{name}.txt").read_text(encoding="utf-8").split() for name in names]
    return Words(word for words in every for word in words)
