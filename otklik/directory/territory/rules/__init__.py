"""Pure geometry of the map: outlines drawn by hand and the grid of hexagons."""

from otklik.directory.territory.rules.hexagons import (
    FINEST,
    Hexagon,
    corners,
    key_of,
    level_for,
    middle,
    neighbours,
    read_hexagons,
    said_hexagons,
    size_km,
    unpacked,
)
from otklik.directory.territory.rules.outlines import MOST_CORNERS, Outline, read_outline

__all__ = [
    "FINEST",
    "MOST_CORNERS",
    "Hexagon",
    "Outline",
    "corners",
    "key_of",
    "level_for",
    "middle",
    "neighbours",
    "read_hexagons",
    "read_outline",
    "said_hexagons",
    "size_km",
    "unpacked",
]
