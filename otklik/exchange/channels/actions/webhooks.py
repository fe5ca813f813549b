"""Events that services send: kept at once, read afterwards, each by itself.

The request only writes one row. Whatever dies after it, the row waits and is taken up again.
"""

from __future__ import annotations

import hmac
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Q
from procrastinate.exceptions import AlreadyEnqueued

from otklik.base import clock
from otklik.base.errors import NotFound, OtklikError
from otklik.exchange.channels.actions.cards import card_of
from otklik.exchange.channels.actions.locks import alone
from otklik.exchange.channels.actions.taking import Taken, set_aside, take_incoming
from otklik.exchange.channels.actions.work import defer_events, events_deferred
from otklik.exchange.channels.connectors.base import (
    AccountCard,
    Connector,
    ConnectorError,
    Incoming,
    WebhookReply,
    WebhookRequest,
)
from otklik.exchange.channels.models import ChannelAccount, ChannelEvent
from otklik.exchange.channels.vocabulary import Disposition, EventState, InboundKind

log = logging.getLogger(__name__)
EVENTS_LOCK = 7_240_200
CARD_SECONDS = 10.0
AT_ONCE = 200
MOST_TRIES = 12
KEPT = timedelta(days=7)
SAVE = """
INSERT INTO channels_channelevent
    (account_id, event_id, body, received_at, state, tries, error)
VALUES (%s, %s, %s, %s, 'waiting', 0, '')
ON CONFLICT (account_id, event_id) DO NOTHING
"""
NOBODY = "Такого адреса для событий нет."


@dataclass(frozen=True)
class _Door:
    """What a request needs, remembered for some seconds: 200 requests a second ask the same."""

    serving: Connector
    card: AccountCard
    hook_key: str
    until: float


_doors: dict[int, _Door] = {}
_doors_lock = Lock()


def receive(*, account_id: int, hook_key: str, request: WebhookRequest) -> WebhookReply:
    """Check a request, keep its event, say what to answer. A repeat is kept once.

    Raises NotFound for an unknown address or a channel that is off; WebhookRefused.
    """
    door = _door(account_id)
    if not hmac.compare_digest(door.hook_key.encode(), hook_key.encode()):
        raise NotFound(NOBODY)
    reply = door.serving.webhook(door.card, request)
    if reply.event_id:
        with connection.cursor() as cursor:
            event_id = reply.event_id[:200]
            cursor.execute(SAVE, [account_id, event_id, request.body, clock.now()])
            fresh = cursor.rowcount == 1
        if fresh:
            wake(account_id)
    return reply


def wake(account_id: int) -> None:
    """Make sure that a job will read what waits; one that has not begun yet is enough."""
    if events_deferred(account_id):
        return
    try:
        with transaction.atomic():
            defer_events(account_id)
    except AlreadyEnqueued:
        return


def forget_doors() -> None:
    """Let changed settings be read at once in this process."""
    with _doors_lock:
        _doors.clear()


def _door(account_id: int) -> _Door:
    now = time.monotonic()
    with _doors_lock:
        known = _doors.get(account_id)
    if known is not None and known.until > now:
        return known
    account = ChannelAccount.objects.filter(pk=account_id, enabled=True).first()
    if account is None:
        raise NotFound(NOBODY)
    serving, card = card_of(account, account.kind)
    made = _Door(serving, card, account.hook_key, now + CARD_SECONDS)
    with _doors_lock:
        _doors[account_id] = made
    return made


def take_events(account_id: int) -> int:
    """Read every event that waits, oldest first; how many were read. One reader per account."""
    with alone(EVENTS_LOCK, account_id) as mine:
        return _read_all(account_id) if mine else 0


def accounts_with_events() -> list[int]:
    """Accounts in which something waits and is due: left by a dead worker, or to be tried again."""
    now = clock.now()
    due = ChannelEvent.objects.filter(state=EventState.WAITING).filter(
        Q(next_at__isnull=True) | Q(next_at__lte=now)
    )
    return list(due.order_by("account_id").values_list("account_id", flat=True).distinct())


def forget_events() -> int:
    """Remove events read long ago: what came of them stands in the inbox."""
    old = ChannelEvent.objects.filter(state=EventState.DONE, received_at__lt=clock.now() - KEPT)
    return old.delete()[0]


def _read_all(account_id: int) -> int:
    account = ChannelAccount.objects.get(pk=account_id)
    serving, card = card_of(account, account.kind)
    done = 0
    last = 0
    while ids := _waiting(account_id, last):
        for event_id in ids:
            done += _read_one(account, serving, card, event_id)
        last = ids[-1]
    return done


def _waiting(account_id: int, after: int) -> list[int]:
    now = clock.now()
    due = ChannelEvent.objects.filter(
        Q(next_at__isnull=True) | Q(next_at__lte=now),
        account_id=account_id,
        state=EventState.WAITING,
        pk__gt=after,
    )
    return list(due.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])


def _read_one(
    account: ChannelAccount, serving: Connector, card: AccountCard, event_id: int
) -> bool:
    event = ChannelEvent.objects.get(pk=event_id)
    body = bytes(event.body)
    try:
        messages = serving.read_event(card, body)
        _store(account, event, messages)
    except (ConnectorError, OtklikError) as error:
        if event.tries + 1 < MOST_TRIES:
            _try_later(event, str(error))
            return False
        _give_up(account, event, body)
    except (OperationalError, InterfaceError):
        raise  # the database is away: the event is as good as before
    except Exception:
        # One poisonous event must not hold up all that follow it in this account.
        log.exception("event %s of account %s", event.pk, account.pk)
        _give_up(account, event, body)
    return True


@transaction.atomic(durable=True)
def _store(account: ChannelAccount, event: ChannelEvent, messages: Sequence[Incoming]) -> None:
    taken = [take_incoming(account, each) for each in messages]
    ChannelEvent.objects.filter(pk=event.pk).update(state=EventState.DONE, error="")
    if Taken.NEW in taken:
        ChannelAccount.objects.filter(pk=account.pk).update(
            worked_at=clock.now(), checked_at=clock.now()
        )


@transaction.atomic(durable=True)
def _try_later(event: ChannelEvent, error: str) -> None:
    """The service could not be asked now: the event waits."""
    event.tries += 1
    event.error = error[:500]
    event.next_at = clock.now() + timedelta(seconds=min(5 * 2**event.tries, 3600))
    event.save(update_fields=["tries", "error", "next_at"])


@transaction.atomic(durable=True)
def _give_up(account: ChannelAccount, event: ChannelEvent, body: bytes) -> None:
    """What cannot be read is shown to a person whole."""
    unread = Incoming(
        kind=InboundKind.DIRECT,
        external_id=f"event:{event.event_id}",
        received_at=event.received_at,
        raw=body,
        cursor={},
        disposition=Disposition.UNREADABLE,
    )
    set_aside(account, external_id=unread.external_id, incoming=unread)
    ChannelEvent.objects.filter(pk=event.pk).update(
        state=EventState.FAILED, error="Событие не удалось разобрать."
    )
