"""One statement counts the cases of the note in every side at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from otklik.casework.appeals.vocabulary import OPEN_STATUSES, Regime, Status
from otklik.insight.facts.models import QuestionFact
from otklik.insight.reports.rules import Counts, Group

_OPEN = Q(status__in=[str(status) for status in OPEN_STATUSES])
_ANSWERED = Q(status=str(Status.ANSWERED))


@dataclass(frozen=True, kw_only=True)
class Span:
    """The period and the one before it, inclusive local dates."""

    since: date
    until: date
    before_since: date
    before_until: date

    @property
    def now(self) -> tuple[date, date]:
        return self.since, self.until

    @property
    def before(self) -> tuple[date, date]:
        return self.before_since, self.before_until


def counted_groups(
    facts: QuerySet[QuestionFact], span: Span, at: datetime, soon: datetime
) -> list[Group]:
    """Cases (first questions) of both periods and those in work, alike in every side.

    Terms from `at` to `soon` are near.
    """
    rows = (
        facts.filter(is_first=True)
        .filter(_concerned(span))
        .order_by()
        .values("channel", "regime", "body_id", "topic_id", "settlement_id")
        .annotate(**_measures(span, at, soon))
    )
    return [_group(row) for row in rows]


def by_day(facts: QuerySet[QuestionFact], span: Span) -> list[tuple[date, int]]:
    """Received on every day of the period, days without any included."""
    rows = (
        facts.filter(is_first=True, received_on__range=span.now)
        .order_by()
        .values("received_on")
        .annotate(count=Count("pk"))
    )
    found = {row["received_on"]: row["count"] for row in rows}
    days = [span.since + timedelta(days=n) for n in range((span.until - span.since).days + 1)]
    return [(day, found.get(day, 0)) for day in days]


def standing(span: Span) -> Q:
    """In work at the end of the period: open still, or answered only later."""
    later = _ANSWERED & Q(answered_on__gt=span.until)
    return Q(received_on__lte=span.until) & (_OPEN | later)


def _concerned(span: Span) -> Q:
    whole = (span.before_since, span.until)
    answered = _ANSWERED & Q(answered_on__range=whole)
    return Q(received_on__range=whole) | answered | standing(span)


def _measures(span: Span, at: datetime, soon: datetime) -> dict[str, Any]:
    received, before = Q(received_on__range=span.now), Q(received_on__range=span.before)
    answered = _ANSWERED & Q(answered_on__range=span.now)
    answered_before = _ANSWERED & Q(answered_on__range=span.before)
    late, in_work = Q(answered_at__gt=F("due_at")), standing(span)
    conditions = {
        "received": received,
        "before": before,
        "answered": answered,
        "answered_before": answered_before,
        "late": answered & late,
        "late_before": answered_before & late,
        "in_work": in_work,
        "overdue": in_work & Q(due_at__lt=at),
        "due_soon": in_work & Q(due_at__gte=at, due_at__lt=soon),
        "repeated": received & Q(repeated=True),
        "repeated_before": before & Q(repeated=True),
    }
    return {f"n_{name}": Count("pk", filter=found) for name, found in conditions.items()}


def _group(row: Any) -> Group:
    return Group(
        channel=row["channel"],
        law59=row["regime"] == Regime.LAW59,
        body=row["body_id"],
        topic=row["topic_id"],
        settlement=row["settlement_id"],
        counts=Counts(**{name[2:]: row[name] for name in row if name.startswith("n_")}),
    )
