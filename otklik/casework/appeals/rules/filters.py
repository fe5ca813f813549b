"""Which appeals a list shows: the same words in the address bar, in links from numbers, in cuts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from otklik.base.errors import Refused
from otklik.base.given import day_given
from otklik.directory.territory.rules import read_hexagons, read_outline

MOST_PLACES = 500
NUMBERS = ("topic", "body", "addressee", "settlement", "street", "score")
DATES = ("since", "until", "answered_since", "answered_until", "due_since", "due_until")
FLAGS = (
    "open",
    "overdue",
    "repeated",
    "reopened",
    "unassigned",
    "no_place",
    "no_point",
    "no_topic",
    "no_theme",
    "no_body",
    "scored",
    "late",
    "in_time",
    "closing",
)


@dataclass(frozen=True, kw_only=True)
class AppealFilter:
    """All conditions are added up; empty ones do not count. Dates are inclusive local dates."""

    q: str = ""
    status: str = ""
    regime: str = ""
    channel: str = ""
    topic: int | None = None
    topic_group: str = ""
    body: int | None = None
    addressee: int | None = None
    settlement: int | None = None
    street: int | None = None
    places: str = ""
    bbox: str = ""
    area: str = ""
    cells: str = ""
    score: int | None = None
    repetition: str = ""
    theme: str = ""
    since: date | None = None
    until: date | None = None
    answered_since: date | None = None
    answered_until: date | None = None
    due_since: date | None = None
    due_until: date | None = None
    open: bool = False
    overdue: bool = False
    repeated: bool = False
    reopened: bool = False
    unassigned: bool = False
    no_place: bool = False
    no_point: bool = False
    no_topic: bool = False
    no_theme: bool = False
    no_body: bool = False
    scored: bool = False
    late: bool = False
    in_time: bool = False
    closing: bool = False

    @classmethod
    def parse(cls, query: Mapping[str, Any]) -> AppealFilter:
        """From a query string; what cannot be read is left out.

        Raises Refused for places of the map that cannot be read: without them all would be shown.
        """
        found: dict[str, Any] = {}
        for field in fields(cls):
            raw = str(query.get(field.name, "") or "").strip()
            if raw:
                value = _read(field.name, raw)
                if value not in (None, False, ""):
                    found[field.name] = value
        return cls(**found)

    def pairs(self) -> dict[str, str]:
        """Only what is set, as query pairs."""
        return {
            name: "1" if value is True else str(value)
            for name, value in vars(self).items()
            if value not in (None, False, "")
        }

    def query(self) -> str:
        return urlencode(self.pairs())

    def without(self, name: str) -> AppealFilter:
        empty: Any = next(field.default for field in fields(self) if field.name == name)
        changed: dict[str, Any] = {name: empty}
        return replace(self, **changed)


def edges_of(bbox: str) -> tuple[float, float, float, float] | None:
    """West, south, east and north of «36.1,55.0,37.2,55.9»; None when it is not a box."""
    try:
        west, south, east, north = (float(edge) for edge in bbox.split(","))
    except ValueError:
        return None
    return (west, south, east, north) if west < east and south < north else None


def places_of(text: str) -> list[int]:
    """Settlements «12,15,20»; raises Refused for anything else."""
    parts = text.split(",")
    if len(parts) > MOST_PLACES or not all(one.isdecimal() and len(one) < 18 for one in parts):
        raise Refused(
            "Места указаны неверно.", f"Выберите их на карте заново, не больше {MOST_PLACES}."
        )
    return [int(one) for one in parts]


def _box(raw: str) -> str | None:
    return raw if edges_of(raw) else None


def _number(raw: str) -> int | None:
    return int(raw) if raw.isdecimal() and len(raw) < 18 else None


_PLACES: dict[str, Callable[[str], Any]] = {
    "places": places_of,
    "area": read_outline,
    "cells": read_hexagons,
}
_READ: dict[str, Callable[[str], Any]] = {
    "bbox": _box,
    **dict.fromkeys(NUMBERS, _number),
    **dict.fromkeys(DATES, day_given),
    **dict.fromkeys(FLAGS, lambda raw: raw not in ("0", "false", "no")),
}


def _read(name: str, raw: str) -> Any:
    if name in _PLACES:
        _PLACES[name](raw)
        return raw
    return _READ[name](raw) if name in _READ else raw[:200]
