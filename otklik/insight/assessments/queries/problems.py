"""The content of an assessment of problems: counted once, kept as it is (ust-kubinsky:3.1.z)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from otklik.casework.appeals.queries import start_of
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.casework.problems.models import Problem as MassProblem
from otklik.casework.problems.queries import count_seen, problems_of
from otklik.casework.problems.vocabulary import ProblemState
from otklik.coordination.returns.models import Return
from otklik.coordination.returns.queries import visible_to as visible_returns
from otklik.coordination.returns.vocabulary import FieldKind, ReturnState
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.insight.assessments.rules import Problem, rank
from otklik.insight.cuts.queries import facts_of, labels_of, overdue
from otklik.insight.cuts.rules import preceding
from otklik.insight.cuts.vocabulary import Counted, Dimension
from otklik.insight.growth.queries import growth_report
from otklik.insight.growth.rules import explanation

SHOWN, NAMED, REPORTS = 20, 3, 60
Row = dict[str, Any]


def problems_content(
    access: Access, since: date, until: date, weights: Mapping[str, int], *, now: datetime
) -> dict[str, Any]:
    """Ranked problems with number, growth, places, bodies and severity, and what stands behind.

    Sources: appeals, mass problems, and reports that bodies handed in for days of the period.
    """
    rival = preceding(since, until)
    rows = _counted(access, since, until, rival, now)
    by_topic: dict[int | None, list[Row]] = defaultdict(list)
    for row in rows:
        by_topic[row["topic_id"]].append(row)
    ranked = rank(
        [_problem(topic, found) for topic, found in by_topic.items() if topic is not None], weights
    )[:SHOWN]
    grown = growth_report(access, AppealFilter(since=since, until=until), now=now)
    marked = {
        mark.key
        for factor in grown.factors
        for mark in factor.marks
        if mark.dimension == Dimension.TOPIC
    }
    mass = _mass_problems(access, since, until)
    names = _names(by_topic, [one.problem.topic for one in ranked])
    return {
        "received": sum(row["received"] for row in rows),
        "before": sum(row["before"] for row in rows),
        "rival": [rival[0].isoformat(), rival[1].isoformat()],
        "unknown": sum(row["received"] for row in by_topic[None]),
        "rows": [
            {
                **asdict(one.problem),
                "label": names[Dimension.TOPIC][one.problem.topic],
                "severity": round(one.severity, 1),
                "parts": {slug: round(points, 1) for slug, points in one.parts.items()},
                "grown": one.problem.topic in marked,
                "where": _most(by_topic[one.problem.topic], "settlement_id", names),
                "who": _most(by_topic[one.problem.topic], "body_id", names),
                "mass": [row for row in mass if row["topic"] == one.problem.topic],
            }
            for one in ranked
        ],
        "growth": [explanation(grown, factor) for factor in grown.factors],
        "mass": mass,
        **_reports(access, since, until, now),
    }


def _counted(
    access: Access, since: date, until: date, rival: tuple[date, date], now: datetime
) -> list[Row]:
    """Cases of the period and of the one before by topic, place and body. One statement."""
    facts = facts_of(access, AppealFilter(since=rival[0], until=until), Counted.APPEALS, now)
    fresh = Q(received_on__gte=since)
    again = Q(repeated=True) | Q(reopened__gt=0)
    rows: Any = (
        facts.order_by()
        .values("topic_id", "settlement_id", "body_id")
        .annotate(
            received=Count("pk", filter=fresh),
            before=Count("pk", filter=Q(received_on__lte=rival[1])),
            overdue=Count("pk", filter=fresh & overdue(now)),
            repeated=Count("pk", filter=fresh & again),
            scored=Count("score", filter=fresh),
            low=Count("pk", filter=fresh & Q(score__lte=2)),
        )
    )
    return list(rows)


def _problem(topic: int, rows: list[Row]) -> Problem:
    names = ("received", "before", "overdue", "repeated", "scored", "low")
    return Problem(
        topic=topic,
        places=len({row["settlement_id"] for row in rows if row["received"]} - {None}),
        **{name: sum(row[name] for row in rows) for name in names},
    )


def _names(by_topic: Mapping[int | None, list[Row]], topics: list[int]) -> dict[str, Any]:
    rows = [row for topic in topics for row in by_topic[topic]]
    return {
        Dimension.TOPIC: labels_of(Dimension.TOPIC, topics),
        "settlement_id": labels_of(Dimension.SETTLEMENT, {row["settlement_id"] for row in rows}),
        "body_id": labels_of(Dimension.BODY, {row["body_id"] for row in rows}),
    }


def _most(rows: list[Row], column: str, names: Mapping[str, Any]) -> list[Row]:
    counts: Counter[int] = Counter()
    for row in rows:
        if row[column] is not None and row["received"]:
            counts[row[column]] += row["received"]
    return [
        {"id": key, "label": names[column][key], "count": count}
        for key, count in counts.most_common(NAMED)
    ]


def _mass_problems(access: Access, since: date, until: date) -> list[Row]:
    """Confirmed mass problems that were open on a day of the period."""
    zone = Municipality.objects.get(pk=access.municipality_id).tz
    open_then = Q(closed_at__isnull=True) | Q(closed_at__gte=start_of(since, zone))
    found: list[MassProblem] = list(
        problems_of(access)
        .filter(open_then, started_at__lt=start_of(until + timedelta(days=1), zone))
        .filter(state__in=[ProblemState.CONFIRMED, ProblemState.SOLVED])
        .order_by("-cases_count", "pk")[:SHOWN]
    )
    count_seen(access, found)
    return [
        {
            "id": one.pk,
            "number": one.number,
            "title": one.title,
            "topic": one.topic_id,
            "cases": one.cases_count,
        }
        for one in found
    ]


def _reports(access: Access, since: date, until: date, now: datetime) -> dict[str, list[Row]]:
    """Operative information and required reports for days of the period (dedovichi:7.1)."""
    today = now.astimezone(Municipality.objects.get(pk=access.municipality_id).tz).date()
    found = (
        visible_returns(access, today)
        .filter(since__lte=until, until__gte=since)
        .select_related("form", "body")
        .order_by("form__title", "body__order", "body__name", "pk")[:REPORTS]
    )
    reports = list(found)
    return {
        "reports": [_report(one) for one in reports if one.version],
        "missing": [
            {"id": one.pk, "title": str(one), "body": str(one.body)}
            for one in reports
            if not one.version
        ],
    }


def _report(one: Return) -> Row:
    told = [
        (part.label, one.values[part.key])
        for part in one.parts()
        if part.kind != FieldKind.TABLE and one.values.get(part.key) not in (None, "")
    ]
    return {
        "id": one.pk,
        "title": str(one),
        "body": str(one.body),
        "confirmed": one.state == ReturnState.ACCEPTED,
        "told": [[label, str(value)] for label, value in told],
    }
