"""Cases of the map in groups, each view by one statement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncMonth, TruncWeek

from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.directory.organisation.rules import Access
from otklik.directory.territory.queries import hexagon_keys
from otklik.insight.cuts.queries import before_filter, facts_of, overdue
from otklik.insight.cuts.queries.conditions import OPEN
from otklik.insight.cuts.vocabulary import Counted
from otklik.insight.facts.models import QuestionFact
from otklik.insight.heatmap.vocabulary import Step

Facts = QuerySet[QuestionFact]
BUCKETS: dict[Step, Any] = {
    Step.DAY: F("received_on"),
    Step.WEEK: TruncWeek("received_on"),
    Step.MONTH: TruncMonth("received_on"),
}


@dataclass(frozen=True, kw_only=True)
class Group:
    """`before` is None when the period is open; `lon`, `lat` are the mean point of its cases."""

    key: int | None
    count: int
    open: int
    overdue: int
    before: int | None
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Facts of the period and of the one before it, and how each is counted."""

    facts: Facts
    parts: Mapping[str, Count]
    compared: bool


def asked(access: Access, wanted: AppealFilter, now: datetime) -> Asked:
    """Raises Forbidden without the right to analysis."""
    earlier = before_filter(wanted)
    wide = wanted if earlier is None else replace(wanted, since=earlier.since)
    inside = Q() if earlier is None else Q(received_on__gte=wanted.since)
    before = Q(pk__isnull=True) if earlier is None else Q(received_on__lt=wanted.since)
    return Asked(
        facts=facts_of(access, wide, Counted.APPEALS, now).order_by(),
        parts={
            "n_count": Count("pk", filter=inside),
            "n_open": Count("pk", filter=inside & OPEN),
            "n_overdue": Count("pk", filter=inside & overdue(now)),
            "n_before": Count("pk", filter=before),
        },
        compared=earlier is not None,
    )


def by_column(said: Asked, column: str) -> list[Group]:
    """Groups of a column of the facts; the key None holds what has none."""
    rows = said.facts.values(column).annotate(**said.parts)
    return [
        Group(
            key=row[column],
            count=row["n_count"],
            open=row["n_open"],
            overdue=row["n_overdue"],
            before=row["n_before"] if said.compared else None,
        )
        for row in rows
    ]


_HEXAGONS = """
SELECT * FROM (
    SELECT {key} AS cell, sum(n_count)::bigint AS number, sum(n_open)::bigint,
        sum(n_overdue)::bigint, sum(n_before)::bigint,
        sum(lon * n_count) / NULLIF(sum(n_count), 0), sum(lat * n_count) / NULLIF(sum(n_count), 0)
    FROM ({spots}) AS spots
    GROUP BY cell HAVING sum(n_count) + sum(n_before) > 0
) AS cells
ORDER BY cell IS NOT NULL, number DESC, cell LIMIT %s
"""
_PLAYED = """
SELECT {key} AS cell, bucket::date, sum(n_count)::bigint
FROM ({spots}) AS spots WHERE lon IS NOT NULL GROUP BY cell, bucket
"""


def by_hexagon(said: Asked, level: int, most: int) -> list[Group]:
    """The fullest cells; the key None, which comes first, holds what has no point.

    Cases stand on far fewer points than there are cases, so these are counted first.
    """
    spots = said.facts.values("lon", "lat").annotate(**said.parts)
    rows = _run(_HEXAGONS, spots, level, [most + 1])
    return [
        Group(
            key=key,
            count=count,
            open=opened,
            overdue=late,
            before=before if said.compared else None,
            lon=lon,
            lat=lat,
        )
        for key, count, opened, late, before, lon, lat in rows
    ]


def played_by_column(facts: Facts, column: str, step: Step) -> list[tuple[int | None, date, int]]:
    rows = facts.order_by().values(column, bucket=BUCKETS[step]).annotate(n_count=Count("pk"))
    return [(row[column], row["bucket"], row["n_count"]) for row in rows]


def played_by_hexagon(facts: Facts, level: int, step: Step) -> list[tuple[int, date, int]]:
    spots = facts.order_by().values("lon", "lat", bucket=BUCKETS[step])
    return _run(_PLAYED, spots.annotate(n_count=Count("pk")), level, [])


def _run(text: str, spots: Any, level: int, more: list[Any]) -> list[Any]:
    inner, parameters = spots.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            text.format(key=hexagon_keys("lon", "lat", level), spots=inner), [*parameters, *more]
        )
        rows: list[Any] = cursor.fetchall()
        return rows
