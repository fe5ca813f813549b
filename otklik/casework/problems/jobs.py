"""Looking at new cases, answers to all, spikes: carried out by the worker."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from procrastinate.contrib.django import app

from otklik.base import clock
from otklik.casework.appeals.models import Appeal
from otklik.casework.problems import actions
from otklik.casework.problems.models import AnswerStage
from otklik.casework.problems.vocabulary import StageState
from otklik.directory.organisation.models import Municipality

CHUNK = 200
AFTER_RULES = -5
"""A lower priority than that of the jobs that file and route the case."""
FRESH = timedelta(days=14)
"""An import of years brings no new trouble."""


@app.task(name="problems.propose", queue="default", retry=3)
def propose(appeal_id: int) -> None:
    actions.propose(appeal_id=appeal_id)


@app.task(name="problems.propose_many", queue="imports", retry=3)
def propose_many(appeal_ids: list[int]) -> None:
    """Those of a batch that came lately; each in a transaction of its own."""
    fresh = Appeal.objects.filter(pk__in=appeal_ids, received_at__gte=clock.now() - FRESH)
    for appeal_id in fresh.order_by("received_at", "pk").values_list("pk", flat=True):
        actions.propose(appeal_id=appeal_id)


def defer_propose(appeal_id: int) -> None:
    propose.configure(priority=AFTER_RULES).defer(appeal_id=appeal_id)


def defer_many(appeal_ids: Sequence[int]) -> None:
    for start in range(0, len(appeal_ids), CHUNK):
        propose_many.configure(priority=AFTER_RULES).defer(
            appeal_ids=list(appeal_ids[start : start + CHUNK])
        )


@app.task(name="problems.carry_out", queue="casework", retry=3)
def carry_out(stage_id: int) -> None:
    actions.carry_out(stage_id=stage_id)


def defer_stages(problem_id: int) -> None:
    """Stages of a problem that wait, each by one worker at a time."""
    waiting = AnswerStage.objects.filter(run__problem_id=problem_id).exclude(state=StageState.DONE)
    for pk in waiting.values_list("pk", flat=True):
        carry_out.configure(lock=f"answer-all-{pk}").defer(stage_id=pk)


@app.periodic(cron="*/5 * * * *")
@app.task(name="problems.resume", queue="casework", queueing_lock="problems.resume")
def resume(timestamp: int) -> None:
    """Stages whose worker died; repeats are harmless."""
    left = AnswerStage.objects.exclude(state=StageState.DONE)
    for pk in left.values_list("run__problem_id", flat=True).distinct():
        defer_stages(pk)


@app.periodic(cron="7 * * * *")
@app.task(name="problems.notice_spikes", queue="default", queueing_lock="problems.notice_spikes")
def notice_spikes(timestamp: int) -> None:
    """Every hour of the local day."""
    for municipality_id in Municipality.objects.values_list("pk", flat=True):
        actions.notice_spikes(municipality_id=municipality_id, now=clock.now())
