"""What will come in four weeks, and how busy it will make those who take it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count

from otklik.directory.organisation.rules import Access
from otklik.insight.workload.queries.occupancy import BodyLoad, Occupancy
from otklik.insight.workload.queries.reach import assignments
from otklik.insight.workload.rules.forecast import AHEAD, LONGEST, Forecast, foretell
from otklik.insight.workload.rules.level import Load


@dataclass(frozen=True)
class Ahead:
    """`share` is the level of occupancy expected over the four weeks; None where none is known."""

    forecast: Forecast
    hours: float
    effort: float

    @property
    def share(self) -> float | None:
        return self.effort / self.hours if self.forecast.known and self.hours > 0 else None


def ahead(
    access: Access, found: Occupancy, load: Load, bodies: Sequence[BodyLoad] | None = None
) -> Ahead:
    """The forecast for these bodies of `found`, or for everything within reach; one query.

    `load` is theirs: new work is taken to be as heavy as that of the last weeks.
    """
    today = found.until + timedelta(days=1)
    rows = assignments(access).filter(
        assigned_on__range=(today - timedelta(days=7 * LONGEST), found.until),
        withdrawn_at__isnull=True,
    )
    if bodies is not None:
        rows = rows.filter(body_id__in=[one.pk for one in bodies])
    counts: dict[date, int] = dict(
        rows.order_by().values_list("assigned_on").annotate(count=Count("pk"))
    )
    forecast = foretell(
        counts,
        today=today,
        first=min(counts, default=today),
        working=found.calendar.is_working,
    )
    if not forecast.known:
        return Ahead(forecast, 0.0, 0.0)
    wanted = found.bodies if bodies is None else bodies
    last = found.until + timedelta(days=7 * AHEAD)
    mean = load.covered / load.given if load.given else 0.0
    return Ahead(forecast, found.hours_ahead(today, last, wanted), forecast.expected * mean)
