"""What wakes this room: a message that came through a channel, an import too long to wait for."""

from __future__ import annotations

from otklik.casework.intake.events import ImportStarted
from otklik.casework.intake.jobs import defer_import, take_message
from otklik.exchange.channels.events import MessageReceived
from otklik.records.journal.subscriptions import on


@on(MessageReceived)
def message_came(event: MessageReceived, *, municipality_id: int | None) -> None:
    take_message.defer(message_id=event.subject_id)


@on(ImportStarted)
def import_started(event: ImportStarted, **_: object) -> None:
    if event.by_worker:
        defer_import(event.subject_id)
