"""What a gazetteer is made of and what is found with it. Coordinates are WGS 84 degrees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class SettlementName:
    """`other_names`: former and everyday names."""

    id: int
    name: str
    kind: str = ""
    lat: float | None = None
    lon: float | None = None
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StreetName:
    """`houses`: number → (lat, lon); `other_names`: former and everyday names."""

    id: int
    settlement_id: int
    name: str
    kind: str = "улица"
    houses: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    other_names: tuple[str, ...] = ()


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


class Accuracy(StrEnum):
    """How near the coordinates are to what the text means, from the best down."""

    HOUSE = "дом"
    BETWEEN = "между соседними домами"
    CROSSING = "перекрёсток"
    LANDMARK = "ориентир"
    STREET = "середина улицы"
    SETTLEMENT = "населённый пункт"
    NONE = "не установлено"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One object the words may mean."""

    settlement_id: int
    street_id: int | None = None


@dataclass(frozen=True, slots=True)
class Address:
    """One place of a text: what is written and what it is in the gazetteer.

    `settlement`, `street`, `landmark`, `road` are names (the gazetteer's where resolved, else as
    written); ids are None where the gazetteer has no such object or cannot tell which of several:
    then `candidates` holds them. `km` is «14» or «14+300». `house_known`: the gazetteer has it.
    `confidence` 0–1 with its `reason` in Russian. `span`: character positions of `quote`.
    """

    quote: str
    span: tuple[int, int]
    settlement: str = ""
    settlement_id: int | None = None
    street: str = ""
    street_kind: str = ""
    street_id: int | None = None
    crossing: str = ""
    crossing_id: int | None = None
    house: str | None = None
    house_known: bool = False
    flat: str = ""
    entrance: str = ""
    floor: str = ""
    landmark: str = ""
    landmark_id: int | None = None
    road: str = ""
    km: str = ""
    lat: float | None = None
    lon: float | None = None
    accuracy: Accuracy = Accuracy.NONE
    confidence: float = 0.0
    reason: str = ""
    candidates: tuple[Candidate, ...] = ()
