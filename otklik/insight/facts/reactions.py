"""Facts follow every event that changes what is counted."""

from __future__ import annotations

from otklik.base.events import Event
from otklik.casework.appeals import events as cases
from otklik.casework.deadlines import events as terms
from otklik.casework.intake import events as intake
from otklik.casework.replies import events as replies
from otklik.casework.satisfaction import events as scores
from otklik.insight.facts import jobs
from otklik.records.journal.subscriptions import on


@on(cases.AppealRegistered)
@on(cases.TopicSet)
@on(cases.ThemeMarked)
@on(cases.QuestionAdded)
@on(cases.QuestionDropped)
@on(cases.PlaceSet)
@on(cases.ExecutorAssigned)
@on(cases.AssignmentWithdrawn)
@on(cases.StatusChanged)
@on(cases.AppealAnswered)
@on(cases.AppealReopened)
@on(cases.RegimeConverted)
@on(cases.RepeatLinked)
@on(cases.ExternalUpdated)
@on(terms.DeadlineSet)
@on(terms.DeadlineExtended)
@on(terms.DeadlineResumed)
@on(replies.ReplySubmitted)
@on(scores.ScoreGiven)
@on(replies.ReplyReturned)
@on(replies.ReplySent)
def case_changed(event: Event, *, municipality_id: int | None = None, **_: object) -> None:
    if event.case_id is not None and municipality_id is not None:
        jobs.refresh_facts.defer(municipality_id=municipality_id, appeal_ids=[event.case_id])


@on(intake.AppealsImported)
def batch_imported(
    event: intake.AppealsImported, *, municipality_id: int | None = None, **_: object
) -> None:
    touched = [*event.created, *event.updated]
    if touched and municipality_id is not None:
        jobs.refresh_facts.defer(municipality_id=municipality_id, appeal_ids=touched)


@on(cases.ThemesFollowed)
def themes_followed(event: Event, *, municipality_id: int | None = None, **_: object) -> None:
    if municipality_id is not None:
        jobs.rebuild_facts.defer(municipality_id=municipality_id)
