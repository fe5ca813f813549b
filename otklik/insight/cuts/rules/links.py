"""From a place in a cut to the filter of the list of cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.insight.cuts.rules.periods import end_of
from otklik.insight.cuts.vocabulary import PERIODS, Dimension, Measure

NO_GROUP = "Без группы"
"""Topics outside any group; the list has no filter for them."""

_EMPTY = {
    Dimension.TOPIC: "no_topic",
    Dimension.TOPIC_GROUP: "no_topic",
    Dimension.THEME: "no_theme",
    Dimension.BODY: "no_body",
    Dimension.SETTLEMENT: "no_place",
}
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


def at(wanted: AppealFilter, dimension: Dimension, key: str | int | None) -> AppealFilter | None:
    """The filter narrowed to one key of a dimension; None when the list cannot show it."""
    if dimension in PERIODS:
        first = date.fromisoformat(str(key))
        last = end_of(first, dimension)
        return replace(
            wanted,
            since=max(first, wanted.since or first),
            until=min(last, wanted.until or last),
        )
    if key in (None, ""):
        return _with(wanted, {_EMPTY[dimension]: True})
    if dimension == Dimension.TOPIC_GROUP and key == NO_GROUP:
        return None
    return _with(wanted, {dimension.value: key})


def narrowed(wanted: AppealFilter, measure: Measure) -> AppealFilter:
    """The filter of what a measure counts; a status already asked for stays."""
    more = dict(_MEASURES.get(measure, {}))
    if wanted.status:
        more.pop("status", None)
    return _with(wanted, more)


def _with(wanted: AppealFilter, more: dict[str, Any]) -> AppealFilter:
    return replace(wanted, **more)
