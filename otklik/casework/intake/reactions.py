"""What wakes this room: a message that came through a channel."""

from __future__ import annotations

from otklik.casework.intake.jobs import take_message
from otklik.exchange.channels.events import MessageReceived
from otklik.records.journal.subscriptions import on


@on(MessageReceived)
def message_came(event: MessageReceived, *, municipality_id: int | None) -> None:  # noqa: ARG001
    take_message.defer(message_id=event.subject_id)
