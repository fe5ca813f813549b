"""Grades, returned drafts and crowded streets, within the reach of the right to analysis."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, Sum

from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.queries import start_of
from otklik.casework.replies.models import Reply
from otklik.casework.replies.queries import SUBJECT
from otklik.casework.replies.vocabulary import ReturnReason
from otklik.casework.satisfaction.models import Survey
from otklik.directory.approvals.models import ApprovalStep
from otklik.directory.approvals.vocabulary import StepState
from otklik.directory.organisation.queries import reached
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.reports.queries.counting import Span
from otklik.insight.reports.rules import Returns, Scores, Spot
from otklik.insight.reports.rules.figures import NO_REASON

CROWD = 4
"""Fewer cases of one topic in one street are no crowd."""


def within(access: Access, prefix: str = "") -> Q:
    """Cases this person may count, said of a row that leads to the case by `prefix`."""
    found = Q(**{f"{prefix}municipality_id": access.municipality_id})
    return found & reached(access, Permission.ANALYTICS, prefix)


def scores_of(access: Access, span: Span, zone: ZoneInfo) -> Scores:
    now, before = (_during("answered_at", days, zone) for days in (span.now, span.before))
    scored = Q(score__isnull=False)
    found = Survey.objects.filter(within(access, "appeal__"), now | before).aggregate(
        given=Count("pk", filter=now & scored),
        total=Sum("score", filter=now),
        low=Count("pk", filter=now & Q(score__lte=2)),
        given_before=Count("pk", filter=before & scored),
        total_before=Sum("score", filter=before),
        wants_back=Count("pk", filter=now & Q(wants_reopening=True)),
    )
    return Scores(**{name: value or 0 for name, value in found.items()})


def returns_of(access: Access, span: Span, zone: ZoneInfo) -> Returns:
    """Decisions «return» of the period, by reason; the most frequent first."""
    now, before = (_during("decided_at", days, zone) for days in (span.now, span.before))
    mine = Reply.objects.filter(within(access, "appeal__")).values("pk")
    steps = ApprovalStep.objects.filter(
        now | before,
        municipality_id=access.municipality_id,
        subject=SUBJECT,
        state=StepState.RETURNED,
        subject_id__in=mine,
    )
    edge = start_of(span.since, zone)
    rows = list(steps.values_list("decided_at", "reasons"))
    recent = [reasons for at, reasons in rows if at and at >= edge]
    labels = dict(ReturnReason.choices)
    reasons = Counter(
        str(labels.get(code, NO_REASON)) for codes in recent for code in (codes or [""])
    )
    ordered = sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))
    return Returns(count=len(recent), before=len(rows) - len(recent), reasons=tuple(ordered))


def spots_of(access: Access, span: Span, zone: ZoneInfo) -> list[Spot]:
    """Streets from which many cases of one topic came, the most crowded first."""
    rows = (
        Appeal.objects.filter(
            within(access),
            _during("received_at", span.now, zone),
            topic__isnull=False,
            street__isnull=False,
        )
        .order_by()
        .values(
            "topic__name",
            "street_id",
            "street__kind",
            "street__name",
            "street__settlement__name",
        )
        .annotate(count=Count("pk"))
        .filter(count__gte=CROWD)
        .order_by("-count", "street__name", "topic__name")[:5]
    )
    return [_spot(row) for row in rows]


def _spot(row: Any) -> Spot:
    place = f"{row['street__settlement__name']}, {row['street__kind']} {row['street__name']}"
    return Spot(place=place, topic=row["topic__name"], count=row["count"])


def _during(field: str, days: tuple[Any, Any], zone: ZoneInfo) -> Q:
    first, last = days
    after = start_of(last + timedelta(days=1), zone)
    return Q(**{f"{field}__gte": start_of(first, zone), f"{field}__lt": after})
