"""The grid of the map for everybody, and numbers per residents."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians

PUBLIC_METRES, METRES_OF_DEGREE = 500, 111_320
FEWEST_SHOWN = 5
"""Fewer cases of one topic in one place are never shown to everybody."""


@dataclass(frozen=True, kw_only=True)
class Grid:
    """Cell sides in degrees; the height follows the latitude, so that cells look square."""

    width: float
    height: float


def public_grid(latitude: float) -> Grid:
    """Cells of about `PUBLIC_METRES` a side: coarse enough to name nobody's house."""
    height = PUBLIC_METRES / METRES_OF_DEGREE
    return Grid(width=height / max(cos(radians(latitude)), 0.05), height=height)


def masked(count: int) -> int:
    """Rounded down to a multiple of `FEWEST_SHOWN`; a smaller count is 0 and not shown."""
    return count - count % FEWEST_SHOWN


def per_thousand(count: float | None, people: int | None) -> float | None:
    """Cases per 1,000 residents; None where nobody knows how many live there."""
    if count is None or not people:
        return None
    return round(1000 * count / people, 2)
