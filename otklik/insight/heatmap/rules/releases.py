"""What everybody may see: whole quarters that were let out once and never change.

Every number shown is one of these, or a sum of them; two that overlap are never let out, so no
difference of two tells of fewer than `FEWEST_SHOWN` cases.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

KEPT = 8
"""Quarters open to everybody, the latest ones."""
SETTLING_DAYS = 7
"""Days after a quarter in which its last cases are still put in order."""
_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, kw_only=True)
class Quarter:
    since: date
    until: date

    @property
    def label(self) -> str:
        return f"{_ROMAN[(self.since.month - 1) // 3]}\u00a0квартал {self.since.year}"


@dataclass(frozen=True, kw_only=True)
class PublicCell:
    """Cases of one topic in one square; `count` is rounded down, the point is the square's own."""

    place: str
    topic: str
    count: int
    lat: float
    lon: float


def quarters_before(today: date, count: int = KEPT) -> list[Quarter]:
    """Settled quarters, the latest first."""
    day = today - timedelta(days=SETTLING_DAYS)
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    found = []
    for _ in range(count):
        until = first - timedelta(days=1)
        first = date(until.year, until.month - 2, 1)
        found.append(Quarter(since=first, until=until))
    return found


def summed(cells: Iterable[PublicCell]) -> list[PublicCell]:
    """Cells of several releases as one, the most first."""
    found: dict[tuple[str, str, float, float], PublicCell] = {}
    for cell in cells:
        key = (cell.place, cell.topic, cell.lat, cell.lon)
        known = found.get(key)
        found[key] = replace(cell, count=cell.count + (known.count if known else 0))
    return sorted(found.values(), key=lambda cell: (-cell.count, cell.place, cell.topic, cell.lon))
