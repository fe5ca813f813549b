"""One grid of hexagons for the whole country: a cell keeps its name whatever map shows it.

The plane is Web Mercator with the round of the earth as its unit. At level n a hexagon is 2⁻ⁿ wide
and stands on a corner. Its name is (a, b), twice the coordinates of its middle: both even or both
odd. Level 13 is about 2.7 km at the latitude of Moscow, every next one half of that.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from otklik.base.errors import Refused

EARTH_KM = 40_075.0
COARSEST, FINEST = 4, 20
MOST_HEXAGONS = 200
ROW = math.sqrt(3)
# One whole number a cell: both halves moved above zero, the first above the second.
SHIFT, SPAN = 2**22, 2**23
ACROSS = 9
"""About so many hexagons of the coarsest kind stand across a municipality."""


@dataclass(frozen=True)
class Hexagon:
    level: int
    a: int
    b: int

    def __str__(self) -> str:
        return f"{self.a}.{self.b}"


def middle(cell: Hexagon) -> tuple[float, float]:
    """Longitude and latitude of the middle."""
    scale = 2**cell.level
    return _degrees(cell.a / 2 / scale, cell.b / 2 / scale * ROW)


def corners(cell: Hexagon) -> list[tuple[float, float]]:
    """Six corners from the top clockwise, as [lon, lat]; neighbours share them exactly."""
    scale = 2**cell.level
    steps = ((0, 2), (1, 1), (1, -1), (0, -2), (-1, -1), (-1, 1))
    # Sixths of a row keep the corners of neighbours equal to the last bit.
    return [
        _degrees((cell.a + right) / 2 / scale, (3 * cell.b + up) / 6 / scale * ROW)
        for right, up in steps
    ]


def neighbours(cell: Hexagon) -> list[Hexagon]:
    steps = ((2, 0), (1, -1), (-1, -1), (-2, 0), (-1, 1), (1, 1))
    return [Hexagon(cell.level, cell.a + right, cell.b + up) for right, up in steps]


def size_km(level: int, latitude: float) -> float:
    """How wide a hexagon is on the ground."""
    return EARTH_KM * math.cos(math.radians(latitude)) / float(2**level)


def level_for(west: float, east: float) -> int:
    """The coarsest level worth drawing between these longitudes."""
    wide = max(east - west, 0.001) / 360
    return min(max(round(math.log2(ACROSS / wide)), COARSEST), FINEST - 4)


def key_of(cell: Hexagon) -> int:
    """The whole number the database groups by."""
    return (cell.a + SHIFT) * SPAN + cell.b + SHIFT


def unpacked(level: int, key: int) -> Hexagon:
    a, b = divmod(key, SPAN)
    return Hexagon(level, a - SHIFT, b - SHIFT)


def said_hexagons(level: int, cells: list[Hexagon]) -> str:
    """«13:4120.2210;4121.2211», as addresses of pages say it."""
    return f"{level}:" + ";".join(map(str, cells))


def read_hexagons(text: str) -> list[Hexagon]:
    """Cells of one level; raises Refused for anything else."""
    level, _, names = text.partition(":")
    parts = [part for part in names.split(";") if part]
    wrong = Refused(
        "Ячейки карты указаны неверно.",
        f"Выберите их на карте заново, не больше {MOST_HEXAGONS}.",
    )
    if not (level.isdecimal() and len(level) < 3 and COARSEST <= int(level) <= FINEST):
        raise wrong
    if not 0 < len(parts) <= MOST_HEXAGONS:
        raise wrong
    try:
        pairs = [tuple(int(half) for half in part.split(".")) for part in parts]
    except ValueError:
        raise wrong from None
    if any(len(pair) != 2 or max(map(abs, pair)) >= SHIFT for pair in pairs):
        raise wrong
    return [Hexagon(int(level), a, b) for a, b in pairs]


def _degrees(x: float, y: float) -> tuple[float, float]:
    """The plane ends half a turn from the equator."""
    y = min(max(y, -0.5), 0.5)
    lat = math.degrees(2 * math.atan(math.exp(2 * math.pi * y)) - math.pi / 2)
    return x * 360, lat
