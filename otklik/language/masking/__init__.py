"""Hiding personal data in a text before anybody outside reads it (152-ФЗ, art. 7).

Streets named after people stay: a name next to a street word or a house number is a place.
"""

from __future__ import annotations

from dataclasses import dataclass

from otklik.language.masking.names import names
from otklik.language.masking.numbers import numbers
from otklik.language.masking.spans import Span

__all__ = ["REPLACEMENTS", "Masked", "Span", "mask", "mask_file_name"]

REPLACEMENTS = {
    "телефон": "[телефон]",
    "почта": "[почта]",
    "СНИЛС": "[СНИЛС]",
    "ИНН": "[ИНН]",
    "паспорт": "[паспорт]",
    "карта": "[номер карты]",
    "дата рождения": "[дата рождения]",
    "номер машины": "[номер машины]",
    "страница в сети": "[страница]",
    "квартира": "[квартира]",
    "лицевой счёт": "[лицевой счёт]",
    "имя": "[имя]",
}


@dataclass(frozen=True, slots=True)
class Masked:
    """`found`: in order of place, without overlaps."""

    text: str
    found: list[Span]


def mask(text: str) -> Masked:
    """The text with personal data replaced by words, and where they were."""
    found = _without_overlaps([*numbers(text), *names(text)])
    parts, last = [], 0
    for span in found:
        parts += [text[last : span.start], REPLACEMENTS[span.kind]]
        last = span.end
    parts.append(text[last:])
    return Masked("".join(parts), found)


def mask_file_name(name: str) -> str:
    """A file name without personal data; the ending stays."""
    stem, dot, ending = name.rpartition(".")
    spaced = (stem if dot else name).replace("_", " ")
    hidden = mask(spaced).text
    return f"{hidden}.{ending}" if dot else hidden


def _without_overlaps(spans: list[Span]) -> list[Span]:
    taken: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, s.start - s.end)):
        if not taken or span.start >= taken[-1].end:
            taken.append(span)
        elif span.end > taken[-1].end:
            # Half of a piece of personal data must not stay because the other half had a name.
            taken[-1] = Span(taken[-1].kind, taken[-1].start, span.end)
    return taken
