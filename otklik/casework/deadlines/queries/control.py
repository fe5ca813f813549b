"""Control of terms: what is overdue, due today, due within a week, and with whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from typing import Any

from django.db.models import Count, Q, QuerySet

from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.queries import visible_to
from otklik.casework.appeals.vocabulary import OPEN_STATUSES
from otklik.casework.deadlines.vocabulary import Urgency
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission

PAGE = 50
Cursor = tuple[datetime, int]


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
class BodyCounts:
    """The counts of one body; `body_id` is None for cases nobody holds yet."""

    body_id: int | None
    name: str
    counts: UrgencyCounts


@dataclass(frozen=True, kw_only=True)
class ControlPage:
    """`after` is the cursor of the next page, None on the last one."""

    counts: UrgencyCounts
    bodies: Sequence[BodyCounts]
    rows: Sequence[Appeal]
    after: Cursor | None


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """The moments that part the urgencies: now, the end of today, the end of the seventh day."""

    now: datetime
    today: datetime
    week: datetime


def bounds_of(now: datetime, zone: tzinfo) -> Bounds:
    midnight = datetime.combine(now.astimezone(zone).date(), time(), tzinfo=zone)
    return Bounds(now=now, today=midnight + timedelta(days=1), week=midnight + timedelta(days=8))


def control(
    access: Access,
    *,
    now: datetime,
    urgency: Urgency | None = None,
    body_id: int | None = None,
    after: Cursor | None = None,
    limit: int = PAGE,
) -> ControlPage:
    """One page of open cases by remaining time, with the counts above it.

    Three queries whatever the number of rows. Raises Forbidden without the
    right to control terms.
    """
    access.require_any(Permission.CONTROL)
    bounds = bounds_of(now, _zone(access))
    bodies = _by_body(access, bounds)
    rows = _open(access)
    if urgency is not None:
        rows = rows.filter(within(urgency, bounds))
    if body_id is not None:
        rows = rows.filter(executor_body_id=body_id)
    if after is not None:
        rows = rows.filter(Q(due_at__gt=after[0]) | Q(due_at=after[0], pk__gt=after[1]))
    found = list(
        rows.select_related("executor_body", "topic", "settlement", "applicant")
        .defer("search")
        .order_by("due_at", "pk")[: limit + 1]
    )
    page = found[:limit]
    last = page[-1] if len(found) > limit else None
    return ControlPage(
        counts=_summed(bodies),
        bodies=bodies,
        rows=page,
        after=None if last is None or last.due_at is None else (last.due_at, last.pk),
    )


def control_counts(access: Access, *, now: datetime) -> UrgencyCounts:
    """The counts alone, for the dashboard and the menu: two queries."""
    access.require_any(Permission.CONTROL)
    return _summed(_by_body(access, bounds_of(now, _zone(access))))


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


def _by_body(access: Access, bounds: Bounds) -> list[BodyCounts]:
    counted = {str(urgency): Count("pk", filter=within(urgency, bounds)) for urgency in Urgency}
    rows = (
        _open(access)
        .order_by()
        .values("executor_body_id", "executor_body__name", "executor_body__short_name")
        .annotate(**counted)
    )
    found = [_body_counts(row) for row in rows]
    return sorted(found, key=lambda body: (-body.counts.overdue, -body.counts.total, body.name))


def _body_counts(row: Mapping[str, Any]) -> BodyCounts:
    return BodyCounts(
        body_id=row["executor_body_id"],
        name=row["executor_body__short_name"] or row["executor_body__name"] or "без исполнителя",
        counts=UrgencyCounts(**{str(urgency): row[str(urgency)] for urgency in Urgency}),
    )


def _summed(bodies: Sequence[BodyCounts]) -> UrgencyCounts:
    return UrgencyCounts(
        **{
            str(urgency): sum(getattr(body.counts, str(urgency)) for body in bodies)
            for urgency in Urgency
        }
    )


def _zone(access: Access) -> tzinfo:
    return Municipality.objects.get(pk=access.municipality_id).tz
