"""What a screen on a wall says in large figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.directory.organisation.rules import Access
from otklik.insight.cuts.queries import facts_of, overdue
from otklik.insight.cuts.queries.conditions import OPEN
from otklik.insight.cuts.rules.links import NO_GROUP
from otklik.insight.cuts.vocabulary import Counted
from otklik.insight.facts.queries import visible_to

TOPICS = 3


@dataclass(frozen=True, kw_only=True)
class Pulse:
    """Cases today and over the period, in work and overdue now; topic groups, the most first."""

    today: int
    period: int
    open: int
    overdue: int
    groups: tuple[str, ...]


def pulse_of(access: Access, wanted: AppealFilter, *, today: date, now: datetime) -> Pulse:
    """Three statements; raises Forbidden without the right to analysis."""
    facts = facts_of(access, wanted, Counted.APPEALS, now).order_by()
    period = facts.aggregate(all=Count("pk"), today=Count("pk", filter=Q(received_on=today)))
    waiting = visible_to(access).filter(OPEN, is_first=True)
    now_open = waiting.aggregate(all=Count("pk"), late=Count("pk", filter=overdue(now)))
    groups = (
        facts.exclude(topic_group__in=("", NO_GROUP))
        .values("topic_group")
        .annotate(number=Count("pk"))
        .order_by("-number", "topic_group")[:TOPICS]
    )
    return Pulse(
        today=period["today"],
        period=period["all"],
        open=now_open["all"],
        overdue=now_open["late"],
        groups=tuple(row["topic_group"] for row in groups),
    )
