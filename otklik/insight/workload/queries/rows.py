"""The parts behind a number of occupancy: as many rows as the number says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from otklik.casework.appeals.models import Assignment
from otklik.directory.organisation.rules import Access
from otklik.insight.facts.models import AssignmentFact, QuestionFact
from otklik.insight.workload.queries.reach import answers, assignments, waiting


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Whose work: of bodies (None: all within reach), of a person in them, or given to none."""

    body_ids: Sequence[int] | None = None
    account_id: int | None = None
    nobody: bool = False


def given_rows(
    access: Access, wanted: Wanted, since: date, until: date
) -> QuerySet[AssignmentFact]:
    found = assignments(access).filter(assigned_on__range=(since, until), withdrawn_at__isnull=True)
    return found.filter(_whose(wanted)).order_by("-assigned_at", "-pk")


def done_rows(access: Access, wanted: Wanted, since: date, until: date) -> QuerySet[QuestionFact]:
    """Questions answered by these as main executors."""
    found = answers(access).filter(answered_on__range=(since, until), body_id__isnull=False)
    return found.filter(_whose(wanted)).order_by("-answered_at", "-pk")


def waiting_rows(
    access: Access, wanted: Wanted, *, late_at: datetime | None = None
) -> QuerySet[Assignment]:
    """What waits now; with `late_at` only what was due before it."""
    found = waiting(access).filter(_whose(wanted))
    if late_at is not None:
        found = found.filter(
            Q(due_at__lt=late_at) | Q(due_at=None, question__appeal__due_at__lt=late_at)
        )
    term = Coalesce("due_at", "question__appeal__due_at")
    found = found.select_related("question__appeal").defer("question__appeal__search")
    return found.annotate(term=term).order_by("term", "pk")


def _whose(wanted: Wanted) -> Q:
    found = Q()
    if wanted.body_ids is not None:
        found &= Q(body_id__in=wanted.body_ids)
    if wanted.account_id is not None:
        found &= Q(account_id=wanted.account_id)
    if wanted.nobody:
        found &= Q(account_id__isnull=True)
    return found
