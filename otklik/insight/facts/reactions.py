"""Facts follow every event that changes what is counted."""

from __future__ import annotations

from otklik.base.events import Event
from otklik.casework.appeals import events as cases
from otklik.casework.deadlines import events as terms
from otklik.casework.intake import events as intake
from otklik.casework.proceedings import events as proceedings
from otklik.casework.replies import events as replies
from otklik.casework.satisfaction import events as scores
from otklik.directory.organisation import events as organisation
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
@on(cases.FastTrackSet)
@on(cases.RepeatLinked)
@on(cases.RepeatUnlinked)
@on(cases.RepetitionMarked)
@on(cases.ExternalUpdated)
@on(terms.DeadlineSet)
@on(terms.DeadlineExtended)
@on(terms.ExtensionWithdrawn)
@on(terms.DeadlinePaused)
@on(terms.DeadlineResumed)
@on(terms.ExecutorTermSet)
@on(terms.ExecutorTermWithdrawn)
@on(terms.ExecutorTermWinnerSet)
@on(proceedings.Decided)
@on(proceedings.ComplainedSet)
@on(proceedings.SignatoriesSet)
@on(replies.ReplyDrafted)
@on(replies.QuestionReviewed)
@on(replies.ReplySubmitted)
@on(replies.ReplyReturned)
@on(replies.ReplySent)
@on(scores.ScoreGiven)
def case_changed(event: Event, *, municipality_id: int | None = None, **_: object) -> None:
    if event.case_id is not None and municipality_id is not None:
        jobs.follow_case(municipality_id, event.case_id)


@on(intake.AppealsImported)
def batch_imported(
    event: intake.AppealsImported, *, municipality_id: int | None = None, **_: object
) -> None:
    touched = [*event.created, *event.updated]
    if touched and municipality_id is not None:
        jobs.refresh_facts.defer(municipality_id=municipality_id, appeal_ids=touched)


@on(cases.ThemesFollowed)
@on(terms.RecountFinished)
def many_changed(event: Event, *, municipality_id: int | None = None, **_: object) -> None:
    if municipality_id is not None:
        jobs.rebuild_facts.defer(municipality_id=municipality_id)


@on(organisation.BlockChanged)
@on(organisation.PresetApplied)
def blocks_changed(event: Event, *, municipality_id: int | None = None, **_: object) -> None:
    if municipality_id is not None:
        jobs.follow_blocks.defer(municipality_id=municipality_id)
