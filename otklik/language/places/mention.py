"""A street as it stands in a text."""

from __future__ import annotations

from dataclasses import dataclass

from otklik.language.places.names import Hit
from otklik.language.places.numbers import Houses


@dataclass(frozen=True, slots=True)
class Mention:
    """A street named in a text, by indices of words. No `hits`: the gazetteer has none, `name`
    is as written."""

    hits: tuple[Hit, ...]
    kind: str
    start: int
    end: int
    name: str = ""
    houses: Houses | None = None
