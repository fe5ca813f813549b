"""Which appeals a list shows: the same words in the address bar, in links from numbers, in cuts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

NUMBERS = ("topic", "body", "addressee", "settlement", "street", "score")
DATES = ("since", "until", "answered_since", "answered_until", "due_since", "due_until")
FLAGS = (
    "open",
    "overdue",
    "repeated",
    "reopened",
    "unassigned",
    "no_place",
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
    bbox: str = ""
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
    no_topic: bool = False
    no_theme: bool = False
    no_body: bool = False
    scored: bool = False
    late: bool = False
    in_time: bool = False
    closing: bool = False

    @classmethod
    def parse(cls, query: Mapping[str, Any]) -> AppealFilter:
        """From a query string; what cannot be read is left out."""
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
            for name, value in asdict(self).items()
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


def _read(name: str, raw: str) -> Any:
    if name in NUMBERS:
        return int(raw) if raw.isdecimal() and len(raw) < 18 else None
    if name == "bbox":
        return raw if edges_of(raw) else None
    if name in DATES:
        try:
            return date.fromisoformat(raw)
        except ValueError:
            return None
    if name in FLAGS:
        return raw not in ("0", "false", "no")
    return raw[:200]
