"""The list filter of cases, said of packed questions: which of them fit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from otklik.casework.appeals.rules.filters import AppealFilter, edges_of, places_of
from otklik.casework.appeals.vocabulary import OPEN_STATUSES
from otklik.insight.facts.rules.packs import NO_DAY, NO_ID, NO_MOMENT, Mask, Pack, day_number

_OPEN = tuple(str(status) for status in OPEN_STATUSES)
Given = Mapping[str, Any]


def is_open(pack: Pack) -> Mask:
    return pack.is_word("status", *_OPEN)


def is_answered(pack: Pack) -> Mask:
    return pack.is_word("status", "answered")


def is_overdue(pack: Pack, now: int) -> Mask:
    """Of a month without terms nothing is open."""
    if "due_at" not in pack.columns:
        return np.zeros(pack.size, dtype=np.bool_)
    return is_open(pack) & _known(pack, "due_at") & (pack["due_at"] < now)


def in_time(pack: Pack) -> Mask:
    """Answered not after the term; of one without a term or an answer neither this nor `late`."""
    both = _known(pack, "answered_at") & _known(pack, "due_at")
    return both & (pack["answered_at"] <= pack["due_at"])


def late(pack: Pack) -> Mask:
    both = _known(pack, "answered_at") & _known(pack, "due_at")
    return both & (pack["answered_at"] > pack["due_at"])


def _known(pack: Pack, name: str) -> Mask:
    known: Mask = pack[name] != NO_MOMENT
    return known


@dataclass(frozen=True)
class Test:
    """Whether questions fit a condition with this value at this moment; it reads these columns."""

    columns: tuple[str, ...]
    fits: Callable[[Pack, Any, int], Mask]


def _same(column: str) -> Test:
    return Test((column,), lambda pack, value, _now: pack[column] == value)


def _word(column: str) -> Test:
    return Test((column,), lambda pack, value, _now: pack.is_word(column, str(value)))


def _absent(column: str) -> Test:
    return Test((column,), lambda pack, _value, _now: pack[column] == NO_ID)


def _from(column: str) -> Test:
    return Test((column,), lambda pack, value, _now: pack[column] >= day_number(value))


def _to(column: str) -> Test:
    def fits(pack: Pack, value: Any, _now: int) -> Mask:
        found: Mask = (pack[column] <= day_number(value)) & (pack[column] != NO_DAY)
        return found

    return Test((column,), fits)


def _within(pack: Pack, value: Any, _now: int) -> Mask:
    edges = edges_of(value)
    if edges is None:
        return np.ones(pack.size, dtype=np.bool_)
    west, south, east, north = edges
    lon, lat = pack["lon"], pack["lat"]
    found: Mask = (lon >= west) & (lon < east) & (lat >= south) & (lat < north)
    return found


def _at_places(pack: Pack, value: Any, _now: int) -> Mask:
    return np.isin(pack["settlement_id"], places_of(value))


_TERM = ("answered_at", "due_at")
TESTS: dict[str, Test] = {
    "status": _word("status"),
    "regime": _word("regime"),
    "channel": _word("channel"),
    "topic": _same("topic_id"),
    "topic_group": _word("topic_group"),
    "body": _same("body_id"),
    "addressee": _same("addressee_id"),
    "settlement": _same("settlement_id"),
    "theme": _word("theme"),
    "repetition": _word("repetition"),
    "score": _same("score"),
    "since": Test((), lambda pack, value, _now: pack.since(day_number(value))),
    "until": Test((), lambda pack, value, _now: ~pack.since(day_number(value) + 1)),
    "answered_since": _from("answered_on"),
    "answered_until": _to("answered_on"),
    "open": Test(("status",), lambda pack, _value, _now: is_open(pack)),
    "overdue": Test(("status", "open_due"), lambda pack, _value, now: is_overdue(pack, now)),
    "closing": Test(
        ("status", "open_due"),
        lambda pack, _value, now: is_answered(pack) | is_overdue(pack, now),
    ),
    "repeated": Test(("repeated",), lambda pack, _value, _now: pack["repeated"]),
    "reopened": Test(("reopened",), lambda pack, _value, _now: pack["reopened"] > 0),
    "unassigned": Test(
        ("status", "body_id"),
        lambda pack, _value, _now: is_open(pack) & (pack["body_id"] == NO_ID),
    ),
    "no_place": _absent("settlement_id"),
    "no_point": Test(("lat",), lambda pack, _value, _now: np.isnan(pack["lat"])),
    "no_topic": _absent("topic_id"),
    "no_theme": Test(("theme",), lambda pack, _value, _now: pack.is_word("theme", "")),
    "no_body": _absent("body_id"),
    "scored": Test(("score",), lambda pack, _value, _now: pack["score"] != NO_ID),
    "late": Test(_TERM, lambda pack, _value, _now: late(pack)),
    "in_time": Test(_TERM, lambda pack, _value, _now: in_time(pack)),
    "bbox": Test(("lon", "lat"), _within),
    "places": Test(("settlement_id",), _at_places),
}
"""Conditions that packed questions can be asked. An outline and cells of the map are asked of rows,
as the list of cases asks them."""


def given_in(wanted: AppealFilter) -> dict[str, Any]:
    """The conditions that are set."""
    told = {field.name: getattr(wanted, field.name) for field in fields(AppealFilter)}
    return {name: value for name, value in told.items() if value not in (None, "", False)}


def columns_of(given: Given) -> set[str]:
    return {column for name in given for column in TESTS[name].columns}


def picked(pack: Pack, given: Given, *, first_only: bool, now: int) -> Pack:
    """Questions that fit all conditions; with `first_only` one a case."""
    mask: Mask = pack["is_first"] if first_only else np.ones(pack.size, dtype=np.bool_)
    for name, value in given.items():
        mask = mask & TESTS[name].fits(pack, value, now)
    return pack.where(mask)
