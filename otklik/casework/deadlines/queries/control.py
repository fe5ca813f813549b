"""Where the terms of open cases stand: overdue, due today, due within a week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from django.db.models import Count, Q, QuerySet

from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.queries import visible_to
from otklik.casework.appeals.vocabulary import OPEN_STATUSES
from otklik.casework.deadlines.vocabulary import Urgency
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission


@dataclass(frozen=True, kw_only=True)
class UrgencyCounts:
    """Open cases by where their answer term stands; each case is counted once."""

    overdue: int = 0
    today: int = 0
    week: int = 0
    later: int = 0

    @property
    def total(self) -> int:
        return self.overdue + self.today + self.week + self.later


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """The moments that part the urgencies: now, the end of today, the end of the seventh day."""

    now: datetime
    today: datetime
    week: datetime


def bounds_of(now: datetime, zone: tzinfo) -> Bounds:
    midnight = datetime.combine(now.astimezone(zone).date(), time(), tzinfo=zone)
    return Bounds(now=now, today=midnight + timedelta(days=1), week=midnight + timedelta(days=8))


def control_counts(access: Access, *, now: datetime) -> UrgencyCounts:
    """The counts alone, for the dashboard and the menu: two queries."""
    access = access.require_any(Permission.CONTROL)
    bounds = bounds_of(now, Municipality.objects.get(pk=access.municipality_id).tz)
    counted = {str(urgency): Count("pk", filter=within(urgency, bounds)) for urgency in Urgency}
    return UrgencyCounts(**_open(access).order_by().aggregate(**counted))


def within(urgency: Urgency, bounds: Bounds) -> Q:
    """The condition on `due_at` of an open case."""
    return {
        Urgency.OVERDUE: Q(due_at__lt=bounds.now),
        Urgency.TODAY: Q(due_at__gte=bounds.now, due_at__lt=bounds.today),
        Urgency.WEEK: Q(due_at__gte=bounds.today, due_at__lt=bounds.week),
        Urgency.LATER: Q(due_at__gte=bounds.week),
    }[urgency]


def urgency_of(due_at: datetime, bounds: Bounds) -> Urgency:
    """The same condition for one row already read."""
    if due_at < bounds.now:
        return Urgency.OVERDUE
    if due_at < bounds.today:
        return Urgency.TODAY
    return Urgency.WEEK if due_at < bounds.week else Urgency.LATER


def _open(access: Access) -> QuerySet[Appeal]:
    return visible_to(access).filter(
        status__in=[str(status) for status in OPEN_STATUSES], due_at__isnull=False
    )
