"""What moves a term: another topic or procedure, an executor, an answer, a new start."""

from __future__ import annotations

from otklik.base.events import Event
from otklik.casework.appeals import events
from otklik.casework.deadlines import jobs
from otklik.casework.deadlines.events import RecountStarted
from otklik.records.journal.subscriptions import on


@on(events.TopicSet)
@on(events.RegimeConverted)
@on(events.ExecutorAssigned)
@on(events.AssignmentWithdrawn)
@on(events.StatusChanged)
@on(events.AppealReopened)
def case_changed(event: Event, **_: object) -> None:
    if event.case_id is not None:
        jobs.recount.defer(appeal_id=event.case_id)


@on(events.AppealAnswered)
def case_answered(event: Event, **_: object) -> None:
    if event.case_id is not None:
        jobs.meet.defer(appeal_id=event.case_id)


@on(RecountStarted)
def recount_started(event: RecountStarted, **_: object) -> None:
    assert event.subject_id is not None
    jobs.defer_recount(event.subject_id)
