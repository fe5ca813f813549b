"""Where something to be hidden stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """`start`–`end` are character positions in the original text."""

    kind: str
    start: int
    end: int
