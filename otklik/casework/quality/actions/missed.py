"""Missed terms come into the register by themselves (dedovichi:13.8, ust-kubinsky:4.11)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from otklik.base.actor import Actor
from otklik.casework.appeals.models import Assignment
from otklik.casework.appeals.vocabulary import OPEN_STATUSES, AssignmentRole
from otklik.casework.deadlines.models import Deadline
from otklik.casework.deadlines.vocabulary import DeadlineKind, DeadlineState
from otklik.casework.quality.events import MissedTermsNoted
from otklik.casework.quality.models import Finding
from otklik.casework.quality.vocabulary import FindingState, Sort, Source
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Municipality
from otklik.records.journal.actions import record

CHUNK = 1000
LABEL = "Учёт сроков"
OF_THE_EXECUTOR = (DeadlineKind.ANSWER, DeadlineKind.INTERIM, DeadlineKind.FINAL)


def note_missed_terms(*, municipality_id: int, now: datetime) -> tuple[int, int]:
    """Put every missed term into the register once; (new ones, late ones met since).

    A term counts as missed when it was met late or is still open after its end. A reopened case
    begins a new term, which can be missed anew. Repeating it changes nothing.
    """
    town = Municipality.objects.get(pk=municipality_id)
    added = 0
    while found := list(_unnoted(municipality_id, now)[:CHUNK]):
        new = _note(town, found, now)
        added += new
        if not new:
            break
    with transaction.atomic():
        met = _note_met(municipality_id)
        if added or met:
            record(
                MissedTermsNoted(subject_id=municipality_id, added=added, met=met),
                actor=Actor.system(LABEL),
                municipality_id=municipality_id,
            )
    return added, met


def missed(now: datetime) -> Q:
    """The condition on a deadline: met late, or running after its end in an open case."""
    running = Q(
        state=DeadlineState.RUNNING,
        due_at__lt=now,
        appeal__status__in=[str(status) for status in OPEN_STATUSES],
    )
    return Q(state=DeadlineState.MET_LATE) | running


def same_run(restarted_at: Any) -> Q:
    """The finding is of the run of its deadline that began then."""
    return Q(run_from=restarted_at) | Q(run_from__isnull=True, deadline__restarted_at__isnull=True)


def _unnoted(municipality_id: int, now: datetime) -> QuerySet[Deadline]:
    """Missed terms whose present run is not in the register."""
    known = Finding.objects.filter(same_run(OuterRef("restarted_at")), deadline=OuterRef("pk"))
    return (
        Deadline.objects.filter(missed(now), municipality_id=municipality_id)
        .filter(~Exists(known))
        .select_related("appeal")
        .annotate(holder=Subquery(_holder("body_id")), person_id=Subquery(_holder("account_id")))
        .order_by("pk")
    )


def _holder(column: str) -> Any:
    """Who answered for the case when the term ended; else whoever was the next to hold it."""
    return (
        Assignment.objects.filter(
            question__appeal_id=OuterRef("appeal_id"),
            role=AssignmentRole.MAIN,
        )
        .filter(Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=OuterRef("due_at")))
        .order_by("assigned_at", "pk")
        .values(column)[:1]
    )


@transaction.atomic
def _note(town: Municipality, found: Sequence[Deadline], now: datetime) -> int:
    names = _names(found)
    rows = [_row(deadline, names, town.tz, now) for deadline in found]
    before = Finding.objects.filter(municipality=town, sort=Sort.LATE).count()
    Finding.objects.bulk_create(rows, ignore_conflicts=True)
    return Finding.objects.filter(municipality=town, sort=Sort.LATE).count() - before


def _row(deadline: Deadline, names: dict[int, str], zone: ZoneInfo, now: datetime) -> Finding:
    executor = deadline.kind in OF_THE_EXECUTOR
    holder = getattr(deadline, "holder", None) or deadline.appeal.executor_body_id
    person = getattr(deadline, "person_id", None) if executor else None
    done, said = deadline.state == DeadlineState.MET_LATE, deadline.explanation
    return Finding(
        municipality_id=deadline.municipality_id,
        sort=Sort.LATE,
        kind=deadline.kind,
        appeal_id=deadline.appeal_id,
        body_id=holder if executor else None,
        person_id=person,
        person_label=names.get(person or 0, ""),
        essence=str(said.get("text") or said.get("sentence") or ""),
        source=Source.TERMS,
        state=FindingState.MENDED if done else FindingState.OPEN,
        happened_on=deadline.due_at.astimezone(zone).date(),
        found_at=now,
        found_by=LABEL,
        deadline=deadline,
        due_at=deadline.due_at,
        met_at=deadline.met_at if done else None,
        run_from=deadline.restarted_at,
    )


def _names(found: Sequence[Deadline]) -> dict[int, str]:
    held = (getattr(deadline, "person_id", None) for deadline in found)
    ids = {pk for pk in held if pk is not None}
    return {account.pk: account.short_name for account in Account.objects.filter(pk__in=ids)}


def _note_met(municipality_id: int) -> int:
    """What was still open when it was noted and has been met since."""
    late = Deadline.objects.filter(pk=OuterRef("deadline_id"), state=DeadlineState.MET_LATE)
    waiting = Finding.objects.filter(
        municipality_id=municipality_id,
        sort=Sort.LATE,
        met_at__isnull=True,
        deadline__state=DeadlineState.MET_LATE,
    ).filter(same_run(F("deadline__restarted_at")))
    pks = list(waiting.values_list("pk", flat=True))
    return Finding.objects.filter(pk__in=pks).update(
        met_at=Subquery(late.values("met_at")[:1]), state=FindingState.MENDED
    )
