"""Terms follow the case."""

from __future__ import annotations

from contextlib import suppress
from time import monotonic

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from otklik.base.actor import Actor
from otklik.casework.appeals.models import Appeal
from otklik.casework.deadlines import actions
from otklik.casework.deadlines.actions.recounting import carry_on
from otklik.casework.deadlines.models import Recount
from otklik.casework.deadlines.vocabulary import DeadlineKind, RecountState

_SECONDS = 60.0


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


@app.task(name="deadlines.recount_all", queue="imports", retry=3)
def recount_all(recount_id: int) -> None:
    """Count the running terms of a municipality on for about a minute, then hand over."""
    until = monotonic() + _SECONDS
    run = carry_on(recount_id=recount_id, on_step=lambda _: monotonic() < until)
    if run.state == RecountState.RUNNING:
        defer_recount(recount_id)


@app.periodic(cron="*/3 * * * *")
@app.task(name="deadlines.resume_recounts", queue="imports", queueing_lock="resume_recounts")
def resume_recounts(timestamp: int) -> None:
    """Take up recounts whose worker died; a chunk done twice changes nothing."""
    for pk in Recount.objects.filter(state=RecountState.RUNNING).values_list("pk", flat=True):
        defer_recount(pk)


def defer_recount(recount_id: int) -> None:
    """Queue the recount's next job, unless one waits already."""
    name = f"recount-{recount_id}"
    with suppress(AlreadyEnqueued):
        recount_all.configure(lock=name, queueing_lock=name).defer(recount_id=recount_id)
