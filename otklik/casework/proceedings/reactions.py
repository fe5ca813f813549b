"""A new case, or a topic named later, may make it a repeat."""

from __future__ import annotations

from otklik.base.events import Event
from otklik.casework.appeals.events import AppealRegistered, TopicSet
from otklik.casework.proceedings import jobs
from otklik.records.journal.subscriptions import on


@on(AppealRegistered)
@on(TopicSet)
def case_told(event: Event, **_: object) -> None:
    if event.case_id is not None:
        jobs.arrived.defer(appeal_id=event.case_id)
