"""Terms follow the case."""

from __future__ import annotations

from procrastinate.contrib.django import app

from otklik.base.actor import Actor
from otklik.casework.appeals.models import Appeal
from otklik.casework.deadlines import actions
from otklik.casework.deadlines.vocabulary import DeadlineKind


@app.task(name="deadlines.recount", queue="casework")
def recount(appeal_id: int) -> None:
    actions.recount_deadlines(appeal_id=appeal_id)


@app.task(name="deadlines.meet", queue="casework")
def meet(appeal_id: int) -> None:
    """The case was answered: its answer term is kept or missed."""
    answered_at = Appeal.objects.values_list("answered_at", flat=True).get(pk=appeal_id)
    if answered_at is not None:
        actions.meet_deadline(
            actor=Actor.system(),
            appeal_id=appeal_id,
            kind=DeadlineKind.ANSWER,
            met_at=answered_at,
        )
