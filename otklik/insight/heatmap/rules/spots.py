"""A spot of the map: a place, a territory, a cell or a point with its cases."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from otklik.insight.heatmap.rules.grid import per_thousand
from otklik.insight.heatmap.vocabulary import Shade

Point = tuple[float, float]
GeoJson = dict[str, Any]
FEW = 20
"""Of fewer cases no share and no change in per cent is said."""
KM = 111.32
NEAR_KM = 1.0
WINDS = ("северу", "северо-востоку", "востоку", "юго-востоку", "югу", "юго-западу", "западу",
         "северо-западу")  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Spot:
    """`key` chooses the spot in an address; `query` is the list of exactly its cases.

    `short` is the name for the map, where there is one shorter than `name`. `before` is None where
    the period before is not known; `centre` is (lon, lat).
    """

    key: str
    name: str
    short: str = ""
    count: int
    open: int = 0
    overdue: int = 0
    before: int | None = None
    population: int | None = None
    centre: Point | None = None
    geometry: GeoJson | None = None
    query: str = ""

    @property
    def change(self) -> int | None:
        return None if self.before is None else self.count - self.before

    @property
    def per_1000(self) -> float | None:
        return per_thousand(self.count, self.population)

    @property
    def overdue_share(self) -> float | None:
        """0…1; None of fewer cases than `FEW`."""
        return round(self.overdue / self.count, 4) if self.count >= FEW else None

    def value(self, shade: Shade) -> float | None:
        found: float | None = getattr(self, shade.value)
        return found


@dataclass(frozen=True, kw_only=True)
class Place:
    """What naming a cell needs of a settlement."""

    name: str
    lon: float
    lat: float


def said_place(point: Point, places: Sequence[Place]) -> str:
    """«деревня Бор», «3,4 км к северу от деревня Бор»; degrees where no settlement is known."""
    if not places:
        lon, lat = point
        return f"{lat:.3f}°, {lon:.3f}°".replace(".", ",")
    narrow = math.cos(math.radians(point[1]))
    steps = [((point[0] - one.lon) * narrow, point[1] - one.lat, one) for one in places]
    east, north, nearest = min(steps, key=lambda step: step[0] ** 2 + step[1] ** 2)
    far = KM * math.hypot(east, north)
    if far < NEAR_KM:
        return nearest.name
    wind = WINDS[round(math.degrees(math.atan2(east, north)) / 45) % len(WINDS)]
    return f"{nearest.name}, {far:.1f}\u00a0км к\u00a0{wind}".replace(".", ",")
