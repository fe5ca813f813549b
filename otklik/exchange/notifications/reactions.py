"""What wakes this room: troubles of the exchange."""

from __future__ import annotations

from otklik.base import clock
from otklik.exchange.channels.events import (
    ChannelBroken,
    MessageFailed,
    MessageUnconfirmed,
    OutboundEvent,
)
from otklik.exchange.channels.vocabulary import Purpose
from otklik.exchange.notifications.jobs import tell_of_broken_channel, tell_of_trouble
from otklik.records.journal.subscriptions import on


@on(MessageFailed)
@on(MessageUnconfirmed)
def answer_in_trouble(event: OutboundEvent, *, municipality_id: int | None) -> None:
    if event.purpose == Purpose.ANSWER:
        tell_of_trouble.defer(message_id=event.subject_id, attempt=_now())


@on(ChannelBroken)
def channel_broken(event: ChannelBroken, *, municipality_id: int | None) -> None:
    tell_of_broken_channel.defer(account_id=event.subject_id, since=_now())


def _now() -> int:
    """Names this piece of news, so that the job may run twice and tell once."""
    return int(clock.now().timestamp())
