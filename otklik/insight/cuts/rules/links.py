"""From a place in a cut to the rows behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.insight.cuts.rules.periods import end_of
from otklik.insight.cuts.vocabulary import PERIODS, Dimension, Measure

NO_GROUP = "Без группы"
"""Topics outside any group; the list of cases has no filter for them."""

NOT_SET = "-"
"""The key of what is not set, in an address."""

PREFIX = "by_"
Also = tuple[tuple[Dimension, str], ...]

_EMPTY = {
    Dimension.TOPIC: "no_topic",
    Dimension.TOPIC_GROUP: "no_topic",
    Dimension.THEME: "no_theme",
    Dimension.BODY: "no_body",
    Dimension.SETTLEMENT: "no_place",
}
_IN_LIST = (
    Dimension.TOPIC, Dimension.TOPIC_GROUP, Dimension.THEME, Dimension.BODY, Dimension.ADDRESSEE,
    Dimension.CHANNEL, Dimension.SETTLEMENT, Dimension.REGIME, Dimension.STATUS, Dimension.SCORE,
    Dimension.REPETITION,
)  # fmt: skip
_MEASURES: dict[Measure, dict[str, Any]] = {
    Measure.ANSWERED: {"status": "answered"},
    Measure.AVERAGE_DAYS: {"status": "answered"},
    Measure.IN_WORK: {"open": True},
    Measure.OVERDUE: {"overdue": True},
    Measure.IN_TIME: {"in_time": True},
    Measure.LATE: {"late": True},
    Measure.IN_TIME_SHARE: {"in_time": True},
    Measure.REPEATED: {"repeated": True},
    Measure.REOPENED: {"reopened": True},
    Measure.SCORED: {"scored": True},
    Measure.SCORE: {"scored": True},
}


@dataclass(frozen=True, kw_only=True)
class Slice:
    """Conditions of a cut: those of the list of cases, and `also` those only facts know.

    A pair of `also` is a dimension and a key of it, `NOT_SET` where it is not set.
    """

    filter: AppealFilter = field(default_factory=AppealFilter)
    also: Also = ()

    @property
    def listed(self) -> AppealFilter | None:
        """The filter of the list of cases, None when the list cannot show these rows."""
        return None if self.also else self.filter

    def pairs(self) -> dict[str, str]:
        return {**self.filter.pairs(), **{f"{PREFIX}{side}": key for side, key in self.also}}

    def query(self) -> str:
        return urlencode(self.pairs())


def read_also(query: Mapping[str, Any]) -> Also:
    """The pairs `by_<dimension>=<key>` of an address; what cannot be read is left out."""
    found = []
    for side in Dimension:
        raw = str(query.get(f"{PREFIX}{side}", "") or "").strip()[:300]
        if raw and side not in PERIODS and _readable(side, raw):
            found.append((side, raw))
    return tuple(found)


def at(wanted: AppealFilter, dimension: Dimension, key: str | int | None) -> AppealFilter | None:
    """The filter narrowed to one key of a dimension; None when the list cannot show it."""
    return placed(Slice(filter=wanted), dimension, key).listed


def placed(wanted: Slice, dimension: Dimension, key: str | int | None) -> Slice:
    """The conditions narrowed to one key of a dimension."""
    if dimension in PERIODS:
        first = date.fromisoformat(str(key))
        last = end_of(first, dimension)
        since = max(first, wanted.filter.since or first)
        until = min(last, wanted.filter.until or last)
        return _with(wanted, {"since": since, "until": until})
    if key in (None, "") and dimension in _EMPTY:
        return _with(wanted, {_EMPTY[dimension]: True})
    grouped = dimension == Dimension.TOPIC_GROUP and key == NO_GROUP
    if key not in (None, "") and dimension in _IN_LIST and not grouped:
        return _with(wanted, {dimension.value: key})
    pair = (dimension, NOT_SET if key in (None, "") else str(key))
    return replace(wanted, also=(*(one for one in wanted.also if one != pair), pair))


def narrowed(wanted: AppealFilter, measure: Measure) -> AppealFilter:
    """The filter of what a measure counts; a status already asked for stays."""
    more = dict(_MEASURES.get(measure, {}))
    if wanted.status:
        more.pop("status", None)
    return replace(wanted, **more)


def measured(wanted: Slice, measure: Measure) -> Slice:
    """The conditions of what a measure counts; of another status than it counts, none."""
    found = replace(wanted, filter=narrowed(wanted.filter, measure))
    if measure in (Measure.ANSWERED, Measure.AVERAGE_DAYS) and wanted.filter.status:
        pair = (Dimension.STATUS, "answered")
        return (
            found if wanted.filter.status == pair[1] else replace(found, also=(*found.also, pair))
        )
    return found


def _readable(side: Dimension, raw: str) -> bool:
    numbers = (
        Dimension.TOPIC, Dimension.BODY, Dimension.BLOCK, Dimension.ADDRESSEE,
        Dimension.SETTLEMENT, Dimension.DISTRICT, Dimension.SCORE, Dimension.WEEKDAY,
    )  # fmt: skip
    if raw == NOT_SET or side not in numbers:
        return True
    return raw.isdecimal() and len(raw) < 18


def _with(wanted: Slice, more: dict[str, Any]) -> Slice:
    return replace(wanted, filter=replace(wanted.filter, **more))
