"""What a screen on a wall says in large figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Count

from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.directory.organisation.rules import Access
from otklik.insight.cuts.queries import facts_of, overdue
from otklik.insight.cuts.queries.conditions import OPEN
from otklik.insight.cuts.vocabulary import Counted
from otklik.insight.facts.queries import visible_to


@dataclass(frozen=True, kw_only=True)
class Pulse:
    """Cases taken in today; in work and overdue now."""

    today: int
    open: int
    overdue: int


def pulse_of(access: Access, wanted: AppealFilter, *, today: date, now: datetime) -> Pulse:
    """Two statements; raises Forbidden without the right to analysis."""
    taken = replace(wanted, since=today, until=today)
    waiting = visible_to(access).filter(OPEN, is_first=True)
    now_open = waiting.aggregate(all=Count("pk"), late=Count("pk", filter=overdue(now)))
    return Pulse(
        today=facts_of(access, taken, Counted.APPEALS, now).count(),
        open=now_open["all"],
        overdue=now_open["late"],
    )
