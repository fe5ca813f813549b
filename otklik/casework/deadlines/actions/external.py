"""Terms that another system already set for its own messages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from otklik.casework.appeals.models import Appeal
from otklik.casework.deadlines.models import Deadline
from otklik.casework.deadlines.rules import Rule
from otklik.casework.deadlines.vocabulary import (
    EXTERNAL,
    CountedFrom,
    DeadlineKind,
    DeadlineState,
    EndShift,
    Unit,
)

_BATCH = 1000


@transaction.atomic
def adopt_terms(*, terms: Mapping[int, datetime], source: str) -> list[int]:
    """Take the answer's term of the other system for cases by id; returns ids of cases moved.

    Terms that were extended, paused or set by hand here stay as they are.
    """
    appeals = Appeal.objects.filter(pk__in=terms).defer("search", "text").in_bulk()
    known = {
        row.appeal_id: row
        for row in Deadline.objects.filter(appeal_id__in=terms, kind=DeadlineKind.ANSWER)
    }
    rows, moved = [], []
    for pk, appeal in appeals.items():
        before = known.get(pk)
        if before is not None and (_is_own(before) or before.due_at == terms[pk]):
            continue
        rows.append(_deadline(appeal, terms[pk], source, before))
        appeal.due_at = terms[pk]
        moved.append(appeal)
    Deadline.objects.bulk_create(
        rows,
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["appeal", "kind"],
        update_fields=[
            "rule",
            "due_at",
            "legal_due_at",
            "explanation",
            "state",
            "met_at",
            "starts_at",
        ],
    )
    Appeal.objects.bulk_update(moved, ["due_at"], batch_size=_BATCH)
    return [appeal.pk for appeal in moved]


def _is_own(deadline: Deadline) -> bool:
    return bool(deadline.extended_days or deadline.pauses or deadline.paused_on)


def _deadline(appeal: Appeal, due_at: datetime, source: str, before: Deadline | None) -> Deadline:
    said = f"Срок взят из выгрузки: {source}."
    starts_at = appeal.received_at
    done = appeal.answered_at
    state = DeadlineState.RUNNING if appeal.is_open else DeadlineState.CANCELLED
    if done:
        state = DeadlineState.MET if done <= due_at else DeadlineState.MET_LATE
    return Deadline(
        municipality_id=appeal.municipality_id,
        appeal_id=appeal.pk,
        kind=DeadlineKind.ANSWER,
        rule=_rule(starts_at, due_at, source).snapshot(),
        starts_at=starts_at,
        due_at=due_at,
        legal_due_at=before.legal_due_at if before else due_at,
        explanation={
            "sentence": said,
            "steps": [{"name": "term", "text": said, "date": due_at.date().isoformat()}],
        },
        state=state,
        met_at=done,
    )


def _rule(starts_at: datetime, due_at: datetime, source: str) -> Rule:
    """The other system's term in the form of a rule, so that an extension can be counted on it."""
    return Rule(
        slug=EXTERNAL,
        kind=DeadlineKind.ANSWER,
        unit=Unit.CALENDAR_DAYS,
        amount=max(1, (due_at.date() - starts_at.date()).days),
        counted_from=CountedFrom.RECEIPT,
        end_shift=EndShift.AS_IS,
        article=source[:300],
    )
