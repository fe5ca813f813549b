"""What the term of forwarding waits for: questions that nobody answers yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from otklik.casework.appeals.models import Appeal, Assignment, Question
from otklik.casework.appeals.vocabulary import Result


@dataclass(frozen=True, slots=True)
class Forwarding:
    """`waiting`: a question is neither sent on nor given to anybody here; `sent_at`: the last
    one that was sent on (59-ФЗ, art. 8 parts 3 and 4)."""

    waiting: bool = False
    sent_at: datetime | None = None


def forwarding_of(appeal_ids: Iterable[int]) -> dict[int, Forwarding]:
    """By case; one query, none for no cases."""
    ids = list(appeal_ids)
    if not ids:
        return {}
    given = Assignment.objects.filter(question=OuterRef("pk"), withdrawn_at__isnull=True)
    rows = Question.objects.filter(appeal_id__in=ids).values_list(
        "appeal_id", "result", "answered_at", Exists(given)
    )
    found: dict[int, Forwarding] = {}
    for appeal_id, result, answered_at, taken in rows.order_by():
        before = found.get(appeal_id, Forwarding())
        sent = answered_at if result == Result.TRANSFERRED else None
        moments = [moment for moment in (before.sent_at, sent) if moment is not None]
        found[appeal_id] = Forwarding(
            waiting=before.waiting or not (result or taken),
            sent_at=max(moments, default=None),
        )
    return found


def undecided(case: Appeal) -> list[int]:
    """Numbers of such questions of a card, whose questions and assignments are read already."""
    return [
        question.number
        for question in case.questions.all()
        if not question.result
        and all(one.withdrawn_at is not None for one in question.assignments.all())
    ]
