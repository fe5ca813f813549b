"""When a message is tried again and when the system gives up."""

from __future__ import annotations

from datetime import timedelta

from otklik.exchange.channels.vocabulary import OutboundState, SendResult

PAUSES = tuple(timedelta(minutes=each) for each in (1, 5, 15, 60, 180, 360, 720))
MAX_ATTEMPTS = len(PAUSES) + 1
# Longer than any time-out of a connector: past it the sender is dead, not slow.
LEASE = timedelta(minutes=10)
RECONCILE_AFTER = (timedelta(minutes=1), timedelta(minutes=15), timedelta(hours=2))

STATE_OF = {
    SendResult.SENT: OutboundState.SENT,
    SendResult.DELIVERED: OutboundState.DELIVERED,
    SendResult.TO_CARRY: OutboundState.TO_CARRY,
    SendResult.REFUSED: OutboundState.FAILED,
    SendResult.UNKNOWN: OutboundState.UNCONFIRMED,
}


def state_after(result: SendResult, attempts: int) -> OutboundState:
    """The state that follows from a result; `attempts` counts the one just made."""
    if result == SendResult.POSTPONED:
        return OutboundState.FAILED if attempts >= MAX_ATTEMPTS else OutboundState.QUEUED
    return STATE_OF[result]


def pause_after(attempts: int) -> timedelta:
    """How long to wait after this many refused attempts (≥ 1)."""
    return PAUSES[min(max(attempts, 1), len(PAUSES)) - 1]
