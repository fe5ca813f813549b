"""Of two internal terms of one executor one holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol, TypeVar

HEAD = "head"
"""The preset: the head's term holds (ust-kubinsky:4.9 leaves the choice open)."""


class Set(Protocol):
    """A term with whoever set it."""

    @property
    def setter(self) -> str: ...

    @property
    def due_at(self) -> datetime: ...


Term = TypeVar("Term", bound=Set)


def governing(terms: Iterable[Term], wins: str = HEAD) -> Term | None:
    """The term of the one who wins, else the other's; None without any."""
    found = sorted(terms, key=lambda one: (one.setter != wins, one.due_at))
    return found[0] if found else None
