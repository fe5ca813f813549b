"""What wakes this room: the fate of its messages."""

from __future__ import annotations

from otklik.casework.replies.jobs import note_delivery
from otklik.exchange.channels.events import (
    MessageCancelled,
    MessageFailed,
    MessagePublished,
    MessageSent,
    MessageUnconfirmed,
    OutboundEvent,
)
from otklik.exchange.channels.vocabulary import Purpose
from otklik.records.journal.subscriptions import on


@on(MessageSent)
@on(MessagePublished)
@on(MessageFailed)
@on(MessageUnconfirmed)
@on(MessageCancelled)
def message_moved(event: OutboundEvent, *, municipality_id: int | None) -> None:
    if event.purpose == Purpose.ANSWER:
        note_delivery.defer(outbound_id=event.subject_id)
