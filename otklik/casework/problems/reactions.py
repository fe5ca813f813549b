"""What wakes this room: a new case, its topic or place, an import, a word over all answers."""

from __future__ import annotations

from otklik.base.events import Event
from otklik.casework.appeals.events import AppealRegistered, PlaceSet, TopicSet
from otklik.casework.intake.events import AppealsImported
from otklik.casework.problems.events import AnswerToAllStarted
from otklik.casework.problems.jobs import defer_many, defer_propose, defer_stages
from otklik.records.journal.subscriptions import on


@on(AppealRegistered)
@on(TopicSet)
@on(PlaceSet)
def case_known(event: Event, **_: object) -> None:
    if event.case_id is not None:
        defer_propose(event.case_id)


@on(AppealsImported)
def batch_imported(event: AppealsImported, **_: object) -> None:
    if event.created:
        defer_many(event.created)


@on(AnswerToAllStarted)
def answer_started(event: AnswerToAllStarted, **_: object) -> None:
    defer_stages(event.subject_id)
