"""Classes of the legend: few whole numbers one by one, many by round edges of equal shares."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MOST_CLASSES = 5
SIDES = 2
"""Classes of a change to either side of «no change»."""


@dataclass(frozen=True)
class Class:
    """Values from `low` to the `low` of the next one; `level` −2…5, 0 is nothing."""

    level: int
    low: float


def classes_of(values: Iterable[float | None], *, whole: bool = True) -> list[Class]:
    """Up to five classes of what is above zero, the lowest first; none when nothing is."""
    found = sorted(value for value in values if value and value > 0)
    if not found:
        return []
    if whole and found[-1] <= MOST_CLASSES:
        return [Class(number, number) for number in range(1, int(found[-1]) + 1)]
    edges = [_least(found[0], whole)]
    for part in range(1, MOST_CLASSES):
        edge = _round(found[min(len(found) - 1, len(found) * part // MOST_CLASSES)], whole)
        if edge > edges[-1]:
            edges.append(edge)
    edges = edges if len(set(found)) > 1 else edges[:1]
    return [Class(level, low) for level, low in enumerate(edges, start=_first(len(edges)))]


def changes_of(values: Iterable[float | None]) -> list[Class]:
    """Two classes of growth and two of fall with the same edge; levels −2, −1, 1, 2."""
    sizes = sorted(abs(value) for value in values if value)
    if not sizes:
        return []
    edge = _round(sizes[len(sizes) // 2], whole=True)
    edge = max(edge, 2.0)
    return [Class(-2, -edge), Class(-1, -1), Class(1, 1), Class(2, edge)]


def level_of(value: float | None, classes: Sequence[Class]) -> int:
    """The level of a value; 0 for nothing and for no change."""
    if not value:
        return 0
    if value < 0:
        fallen = [one for one in classes if one.level < 0 and value <= one.low]
        return min((one.level for one in fallen), default=0)
    reached = [one.level for one in classes if one.level > 0 and value >= one.low]
    return max(reached, default=0)


def _first(count: int) -> int:
    """A single class is shown in the middle of the scale, not as the palest of all."""
    return 3 if count == 1 else 1


def _least(value: float, whole: bool) -> float:
    return 1.0 if whole else math.floor(value * 10) / 10 or 0.01


def _round(value: float, whole: bool) -> float:
    """Down to two significant figures, and to fives from 20 on."""
    if whole and value < 20:
        return float(math.floor(value))
    if value <= 0:
        return 0.0
    size = 10.0 ** (math.floor(math.log10(value)) - 1)
    step = size * 5 if value / size >= 20 else size
    # The decimal text of the step is short; its product with a whole number must be too.
    return round(math.floor(value / step + 1e-9) * step, 6)
