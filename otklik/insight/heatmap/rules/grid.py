"""The grid of the heat map: a box of the map and the size of a cell at a zoom."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians

from otklik.base.errors import Refused

CELLS_PER_TILE = 8
"""A map tile is cut into this many cells a side, about 32 pixels each."""

PUBLIC_METRES, METRES_OF_DEGREE = 500, 111_320
FEWEST_SHOWN = 5
"""Fewer cases of one topic in one place are never shown to everybody."""

NEAREST, FARTHEST = 18, 4
"""Zooms beyond these are taken for these."""


@dataclass(frozen=True, kw_only=True)
class Box:
    """West, south, east and north in degrees."""

    west: float
    south: float
    east: float
    north: float

    def __post_init__(self) -> None:
        right = -180 <= self.west < self.east <= 180 and -90 <= self.south < self.north <= 90
        if not right:
            raise Refused(
                "Границы карты указаны неверно.",
                "Нужны четыре числа через запятую: запад, юг, восток, север.",
            )

    @classmethod
    def parse(cls, text: str) -> Box:
        """«36.1,55.0,37.2,55.9»; raises Refused for anything else."""
        try:
            west, south, east, north = (float(part) for part in text.split(","))
        except ValueError:
            west = south = east = north = 0.0
        return cls(west=west, south=south, east=east, north=north)

    def __str__(self) -> str:
        """Without rounding, so that a list narrowed to the box shows exactly its cases."""
        return ",".join(repr(edge) for edge in (self.west, self.south, self.east, self.north))


@dataclass(frozen=True, kw_only=True)
class Grid:
    """Cell sides in degrees; the height follows the latitude, so that cells look square."""

    width: float
    height: float

    @classmethod
    def at(cls, zoom: int, latitude: float) -> Grid:
        width = 360 / 2 ** min(max(zoom, FARTHEST), NEAREST) / CELLS_PER_TILE
        return cls(width=width, height=width * max(cos(radians(latitude)), 0.05))

    def cell(self, column: int, row: int) -> Box:
        """The box of a cell, so that neighbours touch and never overlap."""
        return Box(
            west=max(column * self.width, -180.0),
            south=max(row * self.height, -90.0),
            east=min((column + 1) * self.width, 180.0),
            north=min((row + 1) * self.height, 90.0),
        )


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
