"""How soon a case is looked at, and how long it waits for an executor (ust-kubinsky:4.6.v.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    Aggregate,
    Case,
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce, Greatest, Least

from otklik.casework.appeals.models import Appeal, Assignment
from otklik.casework.appeals.queries import start_of, visible_to
from otklik.casework.appeals.vocabulary import OPEN_STATUSES, Channel
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission

WAITING = 50


class Median(Aggregate):
    """The middle of durations; half of the cases were sooner."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


@dataclass(frozen=True, kw_only=True)
class Reaction:
    """Of one channel: `first` until anything was done, `waited` until an executor was named."""

    name: str
    count: int
    first: timedelta | None
    waited: timedelta | None
    longest: timedelta | None


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """An open case nobody holds, and since when."""

    appeal: Appeal
    waits: timedelta


@dataclass(frozen=True, kw_only=True)
class Reactions:
    lines: Sequence[Reaction]
    total: Reaction
    waiting: Sequence[Waiting]
    waiting_count: int


def reactions(access: Access, *, since: date, until: date, now: datetime) -> Reactions:
    """Of the cases that came in the period, both days included: five queries.

    The first reaction is the first naming of an executor or the answer, whichever came sooner.
    Raises Forbidden without the right to control terms.
    """
    access = access.require_any(Permission.CONTROL)
    zone = Municipality.objects.get(pk=access.municipality_id).tz
    came = visible_to(access).filter(
        received_at__gte=start_of(since, zone),
        received_at__lt=start_of(until + timedelta(days=1), zone),
    )
    measured = _measured(came)
    labels = {one.value: str(one.label) for one in Channel}
    rows = measured.order_by().values("channel").annotate(**_figures())
    lines = [_line(labels.get(row["channel"], row["channel"]), row) for row in rows]
    waiting = _unassigned(access)
    return Reactions(
        lines=sorted(lines, key=lambda one: (-one.count, one.name)),
        total=_line("Всего", measured.order_by().aggregate(**_figures())),
        waiting=[_waits(one, now) for one in waiting[:WAITING]],
        waiting_count=waiting.count(),
    )


def reaction_of(appeal: Appeal) -> Reaction | None:
    """The same of one case, for its card, of its questions. None while nothing has been done."""
    given = [one.assigned_at for each in appeal.questions.all() for one in each.assignments.all()]
    named = min(given, default=None)
    done = [one for one in (named, appeal.answered_at) if one is not None]
    if not done:
        return None
    began = appeal.registered_at or appeal.received_at
    return Reaction(
        name=appeal.number,
        count=1,
        first=max(min(done), appeal.received_at) - appeal.received_at,
        waited=max(named, began) - began if named is not None else None,
        longest=None,
    )


def _measured(found: QuerySet[Appeal]) -> QuerySet[Appeal]:
    named = (
        Assignment.objects.filter(question__appeal=OuterRef("pk"))
        .order_by()
        .values("question__appeal")
        .annotate(at=Min("assigned_at"))
        .values("at")
    )
    began = Coalesce("registered_at", "received_at")
    looked_at = Q(named_at__isnull=False) | Q(answered_at__isnull=False)
    # What came by an import may have been named or answered before it was registered here.
    first = _span(Greatest(Least("named_at", "answered_at"), "received_at"), F("received_at"))
    waited = _span(Greatest("named_at", began), began)
    return found.annotate(named_at=Subquery(named)).annotate(
        first=_when(looked_at, first), waited=_when(Q(named_at__isnull=False), waited)
    )


def _span(end: Any, start: Any) -> Any:
    return ExpressionWrapper(end - start, output_field=DurationField())


def _when(condition: Q, span: Any) -> Case:
    """Nothing where nothing was done: PostgreSQL's GREATEST passes over what is absent."""
    return Case(When(condition, then=span), output_field=DurationField())


def _figures() -> dict[str, Aggregate]:
    return {
        "count": Count("pk"),
        "middle": Median("first"),
        "wait": Median("waited"),
        "longest": Max("waited"),
    }


def _line(name: str, row: Any) -> Reaction:
    return Reaction(
        name=name,
        count=row["count"],
        first=row["middle"],
        waited=row["wait"],
        longest=row["longest"],
    )


def _unassigned(access: Access) -> QuerySet[Appeal]:
    return (
        visible_to(access)
        .filter(status__in=[str(status) for status in OPEN_STATUSES], executor_body__isnull=True)
        .select_related("topic")
        .defer("search", "text")
        .order_by("received_at", "pk")
    )


def _waits(appeal: Appeal, now: datetime) -> Waiting:
    began = appeal.registered_at or appeal.received_at
    return Waiting(appeal=appeal, waits=max(now - began, timedelta()))
