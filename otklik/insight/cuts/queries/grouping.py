"""Facts counted in groups by one statement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, QuerySet, Sum

from otklik.insight.cuts.queries.conditions import OPEN, overdue
from otklik.insight.cuts.queries.sides import expression
from otklik.insight.cuts.rules import Key, Tally
from otklik.insight.cuts.vocabulary import Dimension, Measure
from otklik.insight.facts.models import QuestionFact

RawKey = Key | tuple[int, ...]
_ANSWERED = Q(status="answered")
_PARTS = {
    Measure.AVERAGE_DAYS: ("n_timed", "n_seconds"),
    Measure.SCORE: ("n_scored", "n_score_sum"),
    Measure.IN_TIME_SHARE: ("n_in_time", "n_late"),
}


def tallies(
    facts: QuerySet[QuestionFact],
    dimensions: Sequence[Dimension],
    now: datetime,
    counted: Iterable[Measure] = tuple(Measure),
) -> dict[tuple[RawKey, ...], Tally]:
    """Counts of the named measures in every group that is not empty, by its keys.

    The key of a block is the tuple of all blocks of the body: `split` makes them single.
    """
    names = {f"key_{n}": expression(dimension) for n, dimension in enumerate(dimensions)}
    known = measures(now)
    wanted = [name for one in counted for name in _PARTS.get(one, (f"n_{one.value}",))]
    counts = {name: known[name] for name in wanted}
    if not names:
        return {(): _tally(facts.order_by().aggregate(**counts))}
    rows = facts.order_by().values(**names).annotate(**counts)
    return {tuple(_key(row[name]) for name in names): _tally(row) for row in _plain(rows)}


def measures(now: datetime) -> dict[str, Any]:
    """Every count of a group, named as the fields of Tally with a prefix."""
    took = ExpressionWrapper(F("answered_at") - F("received_at"), output_field=DurationField())
    return {
        "n_received": Count("pk"),
        "n_answered": Count("pk", filter=_ANSWERED),
        "n_in_work": Count("pk", filter=OPEN),
        "n_overdue": Count("pk", filter=overdue(now)),
        "n_in_time": Count("pk", filter=Q(answered_at__lte=F("due_at"))),
        "n_late": Count("pk", filter=Q(answered_at__gt=F("due_at"))),
        "n_repeated": Count("pk", filter=Q(repeated=True)),
        "n_reopened": Count("pk", filter=Q(reopened__gt=0)),
        "n_timed": Count("pk", filter=_ANSWERED),
        "n_seconds": Sum(took, filter=_ANSWERED),
        "n_scored": Count("score"),
        "n_score_sum": Sum("score"),
    }


def _plain(rows: Iterable[Any]) -> Iterable[dict[str, Any]]:
    return rows


def _tally(row: dict[str, Any]) -> Tally:
    counts = {name[2:]: value or 0 for name, value in row.items() if name.startswith("n_")}
    seconds = counts.pop("seconds", 0)
    if isinstance(seconds, timedelta):
        seconds = seconds.total_seconds()
    return Tally(**counts, seconds=float(seconds))


def split(key: RawKey) -> tuple[Key, ...]:
    """The single keys a group stands under: one, but for a body of several blocks."""
    if isinstance(key, tuple):
        return key or (None,)
    return (key,)


def _key(value: Any) -> RawKey:
    if isinstance(value, list):
        return tuple(sorted(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    key: Key = value if value != "" else None
    return key
