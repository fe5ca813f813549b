"""All personal data of a text, each piece once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from otklik.language.masking.names import names
from otklik.language.masking.numbers import numbers
from otklik.language.masking.reading import one_text
from otklik.language.masking.spans import Span


def find(text: str) -> list[Span]:
    """In order of place, without overlaps."""
    with one_text():
        return _without_overlaps([*numbers(text), *names(text)])


def _without_overlaps(spans: Iterable[Span]) -> list[Span]:
    taken: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, s.start - s.end)):
        if not taken or span.start >= taken[-1].end:
            taken.append(span)
        elif span.end > taken[-1].end:
            # Half of a piece of personal data must not stay because the other half had a name.
            taken[-1] = replace(taken[-1], end=span.end)
    return taken
