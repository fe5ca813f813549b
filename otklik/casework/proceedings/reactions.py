"""A new case, or a topic named later, may make it a repeat; other words mark cases anew."""

from __future__ import annotations

from otklik.base.events import Event
from otklik.casework.appeals.events import AppealRegistered, TopicSet
from otklik.casework.proceedings import jobs
from otklik.casework.proceedings.events import DefinitionSaved
from otklik.records.journal.subscriptions import on


@on(AppealRegistered)
@on(TopicSet)
def case_told(event: Event, **_: object) -> None:
    if event.case_id is not None:
        jobs.arrived.defer(appeal_id=event.case_id)


@on(DefinitionSaved)
def words_changed(event: DefinitionSaved, *, municipality_id: int | None) -> None:
    if municipality_id is not None:
        jobs.mark_anew.defer(municipality_id=municipality_id)
