"""What waits for whose decision, and how a subject was decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from otklik.directory.approvals.models import ApprovalRoute, ApprovalStep
from otklik.directory.approvals.rules import DEFAULT_STEPS
from otklik.directory.approvals.vocabulary import StepState
from otklik.directory.organisation.rules import Access


def steps_of(subject: str, subject_ids: Iterable[int]) -> QuerySet[ApprovalStep]:
    return ApprovalStep.objects.filter(subject=subject, subject_id__in=list(subject_ids))


def waiting_for(access: Access, subject: str) -> QuerySet[ApprovalStep]:
    """Pending steps whose right this person holds (the subject's own room narrows by body)."""
    rights = [p for p in ("approve", "sign") if access.may(p)]
    return ApprovalStep.objects.filter(
        municipality_id=access.municipality_id,
        subject=subject,
        state=StepState.PENDING,
        permission__in=rights,
    )


def route_of(
    municipality_id: int, subject: str, usual: Sequence[dict[str, str]] = DEFAULT_STEPS
) -> list[dict[str, str]]:
    """The steps that a new round will have: the centre's own, else the usual ones."""
    route = ApprovalRoute.objects.filter(municipality_id=municipality_id, subject=subject).first()
    return list(route.steps) if route else [dict(step) for step in usual]
