"""Turns of tokens and the breaker of failing services, shared by all processes."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.db import transaction

from otklik.base import clock
from otklik.exchange.channels.connectors.base import AccountCard, Connector
from otklik.exchange.channels.models import Pace
from otklik.exchange.channels.rules.pacing import SHORT, pause_of, slot


def print_of(connector: Connector, card: AccountCard) -> str:
    """A token's print: enough to know it again, of no use to anybody else; empty without one."""
    token = connector.token(card)
    if not token:
        return ""
    return hashlib.sha256(f"{connector.kind}\0{token}".encode()).hexdigest()


@transaction.atomic
def turn(connector: Connector, token: str) -> timedelta:
    """How long to wait before using the token. A short wait is a turn taken; after a long one
    ask again."""
    rate, burst = connector.capabilities.rate, connector.capabilities.burst
    if not token:
        return timedelta()
    now = clock.now()
    pace = _pace(token)
    if pace.closed_until and pace.closed_until > now:
        return pace.closed_until - now
    if not rate:
        return timedelta()
    wait, ready_at = slot(pace.ready_at, now, rate=rate, burst=burst)
    if wait <= SHORT:
        pace.ready_at = ready_at
        pace.save(update_fields=["ready_at"])
    return wait


@transaction.atomic
def note_outcome(token: str, *, worked: bool, retry_after: float = 0) -> None:
    """Success opens the way; failures on end close it for longer and longer; a service that names
    a pause gets it."""
    if not token:
        return
    now = clock.now()
    pace = _pace(token)
    if worked:
        if not pace.failures and pace.closed_until is None:
            return
        pace.failures, pace.closed_until = 0, None
    else:
        pace.failures += 1
        pause = max(pause_of(pace.failures), timedelta(seconds=retry_after))
        pace.closed_until = now + pause if pause else None
    pace.save(update_fields=["failures", "closed_until"])


def _pace(token: str) -> Pace:
    pace, _ = Pace.objects.select_for_update().get_or_create(
        token=token, defaults={"ready_at": clock.now()}
    )
    return pace
