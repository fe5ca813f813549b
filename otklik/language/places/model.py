"""What a gazetteer is made of and what is found with it. Coordinates are WGS 84 degrees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SettlementName:
    id: int
    name: str
    kind: str = ""
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class StreetName:
    """`houses`: number → (lat, lon)."""

    id: int
    settlement_id: int
    name: str
    kind: str = "улица"
    houses: Mapping[str, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LandmarkName:
    id: int
    name: str
    lat: float
    lon: float
    settlement_id: int | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """`confidence` 0–1; `span`: character positions; `quote`: the text there."""

    settlement_id: int | None
    street_id: int | None
    house: str | None
    landmark_id: int | None
    lat: float | None
    lon: float | None
    confidence: float
    quote: str
    span: tuple[int, int]
