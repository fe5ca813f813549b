"""An outline drawn on the map: «36.1,55.0;36.2,55.0;36.2,55.1», longitude first."""

from __future__ import annotations

from dataclasses import dataclass

from otklik.base.errors import Refused

FEWEST_CORNERS, MOST_CORNERS = 3, 100
MEND = (
    f"Обведите место на карте заново: нужно от {FEWEST_CORNERS} до {MOST_CORNERS} точек, "
    "у каждой долгота и широта в градусах."
)


@dataclass(frozen=True)
class Outline:
    """Corners in degrees, WGS 84; closed by itself."""

    corners: tuple[tuple[float, float], ...]

    @property
    def edges(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        lons, lats = [lon for lon, _ in self.corners], [lat for _, lat in self.corners]
        return min(lons), min(lats), max(lons), max(lats)

    def __str__(self) -> str:
        return ";".join(f"{lon!r},{lat!r}" for lon, lat in self.corners)


def read_outline(text: str) -> Outline:
    """Raises Refused for what is no outline: dropped silently, it would show every case."""
    parts = [part for part in text.split(";") if part.strip()]
    if not FEWEST_CORNERS <= len(parts) <= MOST_CORNERS:
        raise Refused("Контур на карте указан неверно.", MEND)
    return Outline(tuple(_corner(part) for part in parts))


def _corner(text: str) -> tuple[float, float]:
    try:
        lon, lat = (float(number) for number in text.split(","))
    except ValueError:
        raise Refused("Контур на карте указан неверно.", MEND) from None
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise Refused("Точка контура лежит вне карты.", MEND)
    return lon, lat
