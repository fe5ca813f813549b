"""Hexagons of packed questions: the same numbers as `territory.queries.hexagon_keys` gives rows."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from otklik.directory.territory.rules.hexagons import ROW, SHIFT, SPAN
from otklik.insight.facts.rules.packs import Pack

COLUMNS = ("x", "y", "lon", "lat")
NOWHERE = -1


class Cells:
    """A side of a cut: `keys` are numbers of hexagons, None for what has no point."""

    def __init__(self, level: int) -> None:
        self.level = level
        self.keys: list[int | None] = []
        self._numbers: dict[int, int] = {}

    def codes(self, pack: Pack) -> NDArray[Any]:
        found, inverse = np.unique(hexagons(pack, self.level), return_inverse=True)
        numbers = [self._number(key) for key in found.tolist()]
        codes: NDArray[Any] = np.array(numbers, dtype=np.int32)[inverse]
        return codes

    def _number(self, key: int) -> int:
        number = self._numbers.setdefault(key, len(self.keys))
        if number == len(self.keys):
            self.keys.append(None if key == NOWHERE else key)
        return number


def hexagons(pack: Pack, level: int) -> NDArray[Any]:
    """The number of the hexagon of every question, `NOWHERE` without a point."""
    scale = float(2**level)
    known = ~np.isnan(pack["x"])
    u, v = pack["x"][known] * scale, pack["y"][known] * (scale / ROW)
    near, high = np.floor(u + 0.5), np.floor(v + 0.5)
    left, low = np.floor(u), np.floor(v)
    # The order of the operations is that of the database, so that both agree to the last bit.
    even = (u - near) * (u - near) + 3 * (v - high) * (v - high)
    odd = (u - left - 0.5) * (u - left - 0.5) + 3 * (v - low - 0.5) * (v - low - 0.5)
    keys = np.where(
        even <= odd,
        (2 * near + SHIFT) * SPAN + 2 * high + SHIFT,
        (2 * left + 1 + SHIFT) * SPAN + 2 * low + 1 + SHIFT,
    )
    found = np.full(pack.size, NOWHERE, dtype=np.int64)
    found[known] = keys.astype(np.int64)
    return found
