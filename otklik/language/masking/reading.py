"""The dictionary, asked about so many different words of one text and no more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

from otklik.language.lemmas import LONGEST_WORD, analyser

# The dictionary is slow: in a text of a million different words the rest go by their endings.
_MOST = 2_000
_ASKED: ContextVar[set[str] | None] = ContextVar("asked", default=None)


@contextmanager
def one_text() -> Iterator[None]:
    """Within it the different words asked about are counted."""
    if _ASKED.get() is not None:
        yield
        return
    token = _ASKED.set(set())
    try:
        yield
    finally:
        _ASKED.reset(token)


def may_ask(word: str) -> bool:
    """Whether the dictionary may be asked; never for a word too long for it."""
    asked = _ASKED.get()
    if len(word) > LONGEST_WORD:
        return False
    if asked is None or word in asked:
        return True
    if len(asked) >= _MOST:
        return False
    asked.add(word)
    return True


@lru_cache(maxsize=50_000)
def parsed(low: str) -> list[Any]:
    """Readings of the dictionary, likeliest first; the slowest step of all, so shared."""
    return list(analyser().parse(low))
