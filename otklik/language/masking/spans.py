"""Where something to be hidden stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """`start`–`end` are character positions in the original text. `role`: for a person, one of
    the words of `roles`; else empty."""

    kind: str
    start: int
    end: int
    role: str = ""


PERSON = "имя"
