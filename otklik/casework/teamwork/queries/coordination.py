"""Queues of the one who assigns, and times measured in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import F, Min, Q, QuerySet
from django.db.models.functions import Coalesce

from otklik.base import clock
from otklik.casework.appeals.models import Appeal, Assignment
from otklik.casework.appeals.queries import visible_to
from otklik.casework.appeals.vocabulary import OPEN_STATUSES
from otklik.casework.teamwork.models import HandBack, Handling
from otklik.casework.teamwork.rules import RECEIPT_DAYS, RECEIPT_OPTION, Waiting, summed
from otklik.casework.teamwork.vocabulary import HandBackState
from otklik.directory.calendars.queries import calendar_for
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access

SAMPLE = 2000
OPEN = [str(status) for status in OPEN_STATUSES]


@dataclass(frozen=True)
class Counts:
    """Rows waiting in each queue."""

    unassigned: int
    handed_back: int
    not_received: int
    urgent: int


def waiting_for_executor(access: Access) -> QuerySet[Appeal]:
    """Open cases without an executor, the longest waiting first; `queued_at` is the start."""
    return (
        visible_to(access)
        .filter(status__in=OPEN, executor_body__isnull=True)
        .annotate(queued_at=Coalesce("registered_at", "received_at"))
        .select_related("topic")
        .defer("search")
        .order_by("queued_at", "pk")
    )


def waiting_times(access: Access, since: datetime) -> Waiting | None:
    """How long cases registered since then waited for their first executor."""
    found = (
        visible_to(access)
        .filter(registered_at__gte=since)
        .annotate(first=Min("questions__assignments__assigned_at"))
        .filter(first__isnull=False)
        .order_by("-registered_at")
        .values_list("registered_at", "first")[:SAMPLE]
    )
    return summed([max(first - start, timedelta()) for start, first in found if start])


def handed_back(access: Access, *, waiting: bool = True) -> QuerySet[HandBack]:
    """Assignments handed back in the cases a person sees, the earliest first."""
    found = HandBack.objects.filter(
        municipality_id=access.municipality_id,
        assignment__question__appeal__in=visible_to(access).values("pk"),
    )
    if waiting:
        found = found.filter(state=HandBackState.WAITING, assignment__withdrawn_at__isnull=True)
    return found.select_related(
        "assignment__body", "assignment__question__appeal", "proposed", "given_to"
    ).order_by("created_at", "pk")


def receipt_deadline(municipality: Municipality, now: datetime) -> datetime:
    """Assignments made before this moment should have been confirmed by now."""
    days = int(municipality.settings.get(RECEIPT_OPTION, RECEIPT_DAYS))
    calendar = calendar_for(municipality.pk)
    day = now.astimezone(municipality.tz).date()
    for _ in range(days):
        day = calendar.previous_working(day - timedelta(days=1))
    return datetime.combine(day, time(), tzinfo=municipality.tz)


def not_received(access: Access, before: datetime) -> QuerySet[Assignment]:
    """Assignments in force, made before this moment, that nobody has taken into work."""
    return (
        Assignment.objects.filter(
            question__appeal__in=visible_to(access).filter(status__in=OPEN).values("pk"),
            withdrawn_at__isnull=True,
            assigned_at__lt=before,
            done_at__isnull=True,
        )
        .filter(Q(handling__isnull=True) | Q(handling__received_at__isnull=True))
        .filter(Q(handling__isnull=True) | Q(handling__reacted_at__isnull=True))
        .select_related("body", "account", "question__appeal")
        .order_by("assigned_at", "pk")
    )


def urgent_passes(access: Access) -> QuerySet[Handling]:
    """Cases passed at once, those without a reaction first, then the newest."""
    return (
        Handling.objects.filter(
            urgent_at__isnull=False,
            assignment__question__appeal__in=visible_to(access).values("pk"),
        )
        .select_related("assignment__body", "assignment__question__appeal")
        .order_by(F("reacted_at").asc(nulls_first=True), "-urgent_at", "-pk")
    )


def coordination_counts(access: Access, municipality: Municipality) -> Counts:
    """How much waits in each queue."""
    before = receipt_deadline(municipality, clock.now())
    urgent = Handling.objects.filter(
        urgent_at__isnull=False,
        reacted_at__isnull=True,
        assignment__question__appeal__in=visible_to(access).values("pk"),
    )
    return Counts(
        unassigned=waiting_for_executor(access).count(),
        handed_back=handed_back(access).count(),
        not_received=not_received(access, before).count(),
        urgent=urgent.count(),
    )
