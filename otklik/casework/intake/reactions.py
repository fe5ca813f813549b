"""What wakes this room: a message that came through a channel, an import too long to wait for."""

from __future__ import annotations

from otklik.casework.appeals.events import AppealRegistered, ExecutorAssigned
from otklik.casework.intake.events import ImportStarted
from otklik.casework.intake.jobs import (
    defer_import,
    take_message,
    tell_approvers,
    tell_author,
    tell_executor,
    tell_low_score,
    tell_unassigned,
)
from otklik.casework.replies.events import ReplyReturned, ReplySubmitted
from otklik.casework.satisfaction.events import ScoreGiven
from otklik.exchange.channels.events import MessageReceived, MessageRevised
from otklik.records.journal.subscriptions import on

ALBUM_SECONDS = 3


@on(MessageReceived)
def message_came(event: MessageReceived, *, municipality_id: int | None) -> None:
    if event.in_parts:
        # An album comes picture by picture; its words may stand under any of them.
        later = take_message.configure(schedule_in={"seconds": ALBUM_SECONDS})
        later.defer(message_id=event.subject_id)
    else:
        take_message.defer(message_id=event.subject_id)


@on(MessageRevised)
def message_changed(event: MessageRevised, **_: object) -> None:
    take_message.defer(message_id=event.subject_id)


@on(ExecutorAssigned)
def executor_assigned(event: ExecutorAssigned, **_: object) -> None:
    tell_executor.defer(appeal_id=event.subject_id, body_id=event.body_id, question=event.question)


@on(AppealRegistered)
def appeal_registered(event: AppealRegistered, **_: object) -> None:
    tell_unassigned.defer(appeal_id=event.subject_id)


@on(ReplySubmitted)
def reply_submitted(event: ReplySubmitted, **_: object) -> None:
    tell_approvers.defer(reply_id=event.subject_id, revision=event.revision)


@on(ReplyReturned)
def reply_returned(event: ReplyReturned, **_: object) -> None:
    tell_author.defer(reply_id=event.subject_id)


@on(ScoreGiven)
def score_given(event: ScoreGiven, **_: object) -> None:
    tell_low_score.defer(survey_id=event.subject_id)


@on(ImportStarted)
def import_started(event: ImportStarted, **_: object) -> None:
    if event.by_worker:
        defer_import(event.subject_id)
