"""What is to be decided on the day after the digest: two statements and the problems."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from otklik.casework.appeals.queries import start_of
from otklik.casework.appeals.vocabulary import OPEN_STATUSES
from otklik.casework.problems.queries import problems_of
from otklik.casework.problems.vocabulary import ProblemState
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.facts.queries import visible_scores, visible_to
from otklik.insight.reports.rules.daily import BodyToday, ProblemToday, Today

MOST = 5


def today_of(access: Access, town: Municipality, day: date, *, at: datetime) -> Today:
    """`day` is that of the digest, `at` its end; terms are those of the two days after it."""
    ends = [start_of(day + timedelta(days=n), town.tz) for n in (1, 2, 3)]
    open_now = Q(status__in=[str(one) for one in OPEN_STATUSES])
    rows = (
        visible_to(access)
        .filter(open_now, is_first=True, received_on__lte=day)
        .order_by()
        .values("body_id")
        .annotate(
            overdue=Count("pk", filter=Q(due_at__lt=at)),
            first=Count("pk", filter=Q(due_at__gte=at, due_at__lt=ends[1])),
            second=Count("pk", filter=Q(due_at__gte=ends[1], due_at__lt=ends[2])),
        )
    )
    found: list[dict[str, Any]] = [dict(row) for row in rows]
    names = {one.pk: str(one) for one in Body.objects.filter(pk__in=_keys(found))}
    bodies = [
        BodyToday(
            name=names.get(row["body_id"], ""),
            overdue=row["overdue"],
            first=row["first"],
            second=row["second"],
        )
        for row in found
    ]
    low = visible_scores(access).filter(given_on=day, score__lte=2).count()
    return Today(
        day=day + timedelta(days=1),
        bodies=sorted(bodies, key=lambda one: (-one.overdue, -one.first, one.name)),
        low=low,
        problems=_problems(access),
    )


def _keys(rows: list[dict[str, Any]]) -> list[int]:
    return [row["body_id"] for row in rows if row["body_id"]]


def _problems(access: Access) -> list[ProblemToday]:
    """Confirmed ones, for those who see cases; their numbers are told to those who see all."""
    if not access.reach(Permission.VIEW_APPEALS).everywhere:
        return []
    found = problems_of(access).filter(state=ProblemState.CONFIRMED)
    rows = found.order_by("-cases_count", "pk").values_list("number", "title", "cases_count")
    return [ProblemToday(number=one, title=two, count=three) for one, two, three in rows[:MOST]]
