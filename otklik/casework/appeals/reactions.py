"""Cases follow the themes that the centre gives to topics."""

from __future__ import annotations

from otklik.base.events import Event
from otklik.casework.appeals import jobs
from otklik.directory.topics import events as topics
from otklik.records.journal.subscriptions import on


@on(topics.TopicThemesSaid)
def themes_changed(event: Event, *, municipality_id: int | None = None, **_: object) -> None:
    if municipality_id is not None:
        jobs.follow.defer(municipality_id=municipality_id)
