"""Numbered points of the text of an act."""

from __future__ import annotations

import re
from dataclasses import dataclass

_POINT = re.compile(r"^\s*(?:п\.\s*)?(\d{1,2}(?:\.\d{1,2}){0,4})[.)]?\s+(\S.*)$")
_WORDS = 240


@dataclass(frozen=True)
class Point:
    clause: str
    words: str


def points_of(text: str) -> list[Point]:
    """Points in the order of the text, each number once: «4.5.1» and the line beside it.

    Words beyond 240 characters are cut. A line that does not begin with a number is no point.
    """
    found: dict[str, Point] = {}
    for line in text.splitlines():
        match = _POINT.match(line)
        if match:
            clause, words = match.groups()
            short = words if len(words) <= _WORDS else f"{words[:_WORDS].rstrip()}…"
            found.setdefault(clause, Point(clause, short))
    return list(found.values())
