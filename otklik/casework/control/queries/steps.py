"""Steps of escalation as the settings show them, and whom they told of a case."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count

from otklik.casework.control.models import EscalationStep, Told
from otklik.casework.control.vocabulary import Side, StepUnit
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission


def steps_of(access: Access) -> list[EscalationStep]:
    """Steps in force, the earliest first, with how often each has told anybody."""
    access = access.require_any(Permission.SET_UP)
    found = (
        EscalationStep.objects.filter(municipality_id=access.municipality_id, is_active=True)
        .select_related("role", "account")
        .annotate(times=Count("told"))
    )
    return sorted(found, key=_place)


def _place(step: EscalationStep) -> tuple[float, int]:
    """Hours to the end of the term, a working day taken for eight."""
    hours = step.amount * (8 if step.unit == StepUnit.DAYS else 1)
    return (-hours if step.side == Side.BEFORE else hours + 0.5), step.pk


def told_of(appeal_id: int) -> Sequence[Told]:
    """Who was told of the term of a case and when, newest first; the case itself was checked."""
    rows = Told.objects.filter(appeal_id=appeal_id).select_related("step__role", "account")
    return list(rows[:20])
