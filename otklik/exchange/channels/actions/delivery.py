"""Sending from the outbox: claim, send, conclude, each in a transaction of its own.

Between claim and conclusion only a lease stands. When the sender dies there, nobody knows whether
the message left: it becomes UNCONFIRMED, is looked for in the channel, and is never sent again
except by a person.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from otklik.base import clock
from otklik.base.actor import Actor
from otklik.base.errors import OtklikError
from otklik.exchange.channels.actions import pacing
from otklik.exchange.channels.actions.cards import card_of
from otklik.exchange.channels.actions.work import defer_delivery, defer_reconciliation
from otklik.exchange.channels.connectors.base import (
    AccountCard,
    ChannelSettings,
    Connector,
    NewFile,
    Parcel,
    SendOutcome,
)
from otklik.exchange.channels.connectors.registry import ByHand
from otklik.exchange.channels.events import (
    MessageFailed,
    MessageReadyToCarry,
    MessageSent,
    MessageUnconfirmed,
    OutboundEvent,
)
from otklik.exchange.channels.models import DeliveryAttempt, OutboundMessage
from otklik.exchange.channels.rules.outbox import (
    LEASE,
    MAX_ATTEMPTS,
    RECONCILE_AFTER,
    pause_after,
    state_after,
)
from otklik.exchange.channels.rules.pacing import SHORT
from otklik.exchange.channels.vocabulary import (
    DONE_STATES,
    WAITING_STATES,
    ChannelKind,
    Delivery,
    OutboundState,
    Purpose,
    SendResult,
)
from otklik.records.attachments.models import Attachment
from otklik.records.attachments.queries import content_of
from otklik.records.journal.actions import record

log = logging.getLogger(__name__)
ACTOR = Actor.system("Отправка")
# Jobs may have died with their worker: rows due for this long are taken up again.
FORGOTTEN = timedelta(minutes=2)
LOST_SENDER = "Программа остановилась во время отправки."


@dataclass(frozen=True)
class _Claim:
    message: OutboundMessage
    attempt: int
    connector: Connector
    card: AccountCard
    parcel: Parcel
    token: str
    wait: timedelta


def deliver(message_id: int) -> str:
    """Send one message if it is due and nobody else does; the state it is in afterwards.

    Any repeat of this call is harmless: only a row that waits can be claimed.
    """
    claimed = _claim(message_id)
    if isinstance(claimed, str):
        return claimed
    outcome = _send(claimed)
    state = _conclude(claimed, outcome)
    worked = outcome.result not in (SendResult.POSTPONED, SendResult.UNKNOWN)
    pacing.note_outcome(claimed.token, worked=worked, retry_after=outcome.retry_after)
    return state


def reconcile(message_id: int) -> str:
    """Look for an unconfirmed message in the channel; found means sent, not found means unknown.

    Only a service that does a repeat of the same key once is asked again.
    """
    message = OutboundMessage.objects.select_related("account").get(pk=message_id)
    if message.state != OutboundState.UNCONFIRMED:
        return message.state
    connector, card = card_of(message.account, message.channel)
    if message.external_id and connector.was_sent(card, message.external_id):
        return confirm_sent(message_id)
    found = connector.find_sent(card, _parcel(message, _tried_at(message)))
    if found:
        return confirm_sent(message_id, external_id=found)
    if connector.capabilities.repeatable and message.attempts < MAX_ATTEMPTS:
        return _again(message_id)
    return message.state


def _tried_at(message: OutboundMessage) -> datetime:
    """The moment of the first attempt: what is older cannot be this message."""
    first = message.attempts_made.order_by("number").values_list("started_at", flat=True).first()
    return first or message.created_at


@transaction.atomic
def _again(message_id: int) -> str:
    message = OutboundMessage.objects.select_for_update().get(pk=message_id)
    if message.state == OutboundState.UNCONFIRMED:
        message.state, message.send_after = OutboundState.QUEUED, clock.now()
        message.save(update_fields=["state", "send_after"])
        defer_delivery(message.pk, message.send_after)
    return message.state


@transaction.atomic
def confirm_sent(message_id: int, *, external_id: str = "") -> str:
    """The channel itself has shown the message: it went."""
    message = OutboundMessage.objects.select_for_update().get(pk=message_id)
    if message.state == OutboundState.UNCONFIRMED:
        message.external_id = external_id or message.external_id
        _finish(message, OutboundState.SENT, "")
        message.save()
        _announce(message, OutboundState.SENT, clock.now())
    return message.state


@transaction.atomic
def report_lost(*, external_id: str, municipality_id: int, reason: str) -> bool:
    """The channel says that a message did not arrive after all; whether it was one of ours."""
    message = (
        OutboundMessage.objects.select_for_update()
        .filter(external_id=external_id, municipality_id=municipality_id)
        .first()
    )
    if message is None or message.state not in (*DONE_STATES, OutboundState.UNCONFIRMED):
        return message is not None
    message.state, message.last_error = OutboundState.FAILED, reason
    message.save(update_fields=["state", "last_error"])
    _tell(MessageFailed, message, reason=reason)
    return True


def sweep_outbox(limit: int = 200) -> int:
    """Take up what dead workers left: expired leases and forgotten jobs; how many there were."""
    now = clock.now()
    expired = OutboundMessage.objects.filter(state=OutboundState.SENDING, lease_until__lt=now)
    ids = list(expired.values_list("pk", flat=True)[:limit])
    for message_id in ids:
        _expire(message_id, now)
    forgotten = OutboundMessage.objects.filter(
        state__in=WAITING_STATES, send_after__lt=now - FORGOTTEN
    )
    waiting = list(forgotten.order_by("send_after").values_list("pk", flat=True)[:limit])
    for message_id in waiting:
        defer_delivery(message_id, now)
    return len(ids) + len(waiting)


@transaction.atomic(durable=True)
def _claim(message_id: int) -> _Claim | str:
    now = clock.now()
    message = (
        OutboundMessage.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("account", "follows")
        .filter(Q(pk=message_id))
        .first()
    )
    if message is None or message.state not in WAITING_STATES or message.send_after > now:
        return message.state if message else ""
    if message.follows is not None and message.follows.state not in DONE_STATES:
        return message.state  # the part before it will call
    try:
        connector, card = _carrier(message)
        parcel = _parcel(message, now)
    except OtklikError as error:
        return _refuse(message, f"{error} {error.mend}".strip())
    token = pacing.print_of(connector, card)
    wait = pacing.turn(connector, token)
    if wait > SHORT:
        return _later(message, now + wait)
    message.attempts += 1
    message.state, message.lease_until = OutboundState.SENDING, now + LEASE
    # Known before sending, so that an echo or a report finds its row even if we die here.
    message.external_id = connector.external_id(card, message.key) or message.external_id
    message.save()
    DeliveryAttempt.objects.create(message=message, number=message.attempts, started_at=now)
    return _Claim(message, message.attempts, connector, card, parcel, token, wait)


def _carrier(message: OutboundMessage) -> tuple[Connector, AccountCard]:
    """Who takes the message there: the service's own connector, or a person where the program does
    not know under which words of the citizen it belongs (a case that came by file)."""
    connector, card = card_of(message.account, message.channel)
    placed = message.account is not None and bool(message.target)
    if message.channel == ChannelKind.EMAIL or placed:
        return connector, card
    if connector.capabilities.delivery != Delivery.AUTOMATIC:
        return connector, card
    return ByHand(message.channel), AccountCard(settings=ChannelSettings())


def _later(message: OutboundMessage, at: datetime) -> str:
    """Not its turn yet: no attempt is counted."""
    message.send_after = at
    message.save(update_fields=["send_after"])
    defer_delivery(message.pk, at)
    return message.state


def _send(claimed: _Claim) -> SendOutcome:
    if claimed.wait:
        time.sleep(claimed.wait.total_seconds())
    try:
        return claimed.connector.send(claimed.card, claimed.parcel)
    except Exception:
        # Whatever broke, it may have broken after the message went out.
        log.exception("connector %s failed", claimed.message.channel)
        return SendOutcome(SendResult.UNKNOWN, "Ошибка программы во время отправки.")


@transaction.atomic(durable=True)
def _conclude(claimed: _Claim, outcome: SendOutcome) -> str:
    now = clock.now()
    message = OutboundMessage.objects.select_for_update().get(pk=claimed.message.pk)
    DeliveryAttempt.objects.filter(message=message, number=claimed.attempt).update(
        finished_at=now, result=outcome.result, detail=outcome.detail
    )
    stale = message.attempts != claimed.attempt or message.state not in (
        OutboundState.SENDING,
        OutboundState.UNCONFIRMED,
    )
    if stale:
        return message.state
    state = state_after(outcome.result, message.attempts)
    message.external_id = outcome.external_id[:500] or message.external_id
    message.external_url = outcome.url[:1000] or message.external_url
    _finish(message, state, outcome.detail)
    if state == OutboundState.QUEUED:
        pause = timedelta(seconds=outcome.retry_after) or pause_after(message.attempts)
        message.send_after = now + pause
        defer_delivery(message.pk, message.send_after)
    message.save()
    _announce(message, state, now)
    return state


@transaction.atomic(durable=True)
def _expire(message_id: int, now: datetime) -> None:
    message = OutboundMessage.objects.select_for_update().get(pk=message_id)
    if message.state != OutboundState.SENDING or not message.lease_until:
        return
    if message.lease_until < now:
        _finish(message, OutboundState.UNCONFIRMED, LOST_SENDER)
        message.save()
        _announce(message, OutboundState.UNCONFIRMED, now)


def _refuse(message: OutboundMessage, reason: str) -> str:
    _finish(message, OutboundState.FAILED, reason)
    message.save()
    _tell(MessageFailed, message, reason=reason)
    return message.state


def _finish(message: OutboundMessage, state: OutboundState, detail: str) -> None:
    message.state, message.lease_until = state, None
    if state in DONE_STATES:
        message.sent_at, message.last_error = clock.now(), ""
    else:
        message.last_error = "" if state == OutboundState.TO_CARRY else detail


def _announce(message: OutboundMessage, state: OutboundState, now: datetime) -> None:
    if state in DONE_STATES:
        _tell(MessageSent, message, delivered=state == OutboundState.DELIVERED)
        for part in message.followed_by.filter(state__in=WAITING_STATES):
            defer_delivery(part.pk, max(part.send_after, now))
    elif state == OutboundState.TO_CARRY:
        _tell(MessageReadyToCarry, message)
    elif state == OutboundState.FAILED:
        _tell(MessageFailed, message, reason=message.last_error)
    elif state == OutboundState.UNCONFIRMED:
        _tell(MessageUnconfirmed, message, reason=message.last_error)
        for pause in RECONCILE_AFTER:
            defer_reconciliation(message.pk, now + pause)


def _tell(event: type[OutboundEvent], message: OutboundMessage, **more: Any) -> None:
    told = event(
        subject_id=message.pk,
        case_id=message.case_id,
        channel=message.channel,
        purpose=message.purpose,
        recipient=message.recipient,
        **more,
    )
    record(told, actor=ACTOR, municipality_id=message.municipality_id)


def _parcel(message: OutboundMessage, moment: datetime) -> Parcel:
    files = Attachment.objects.filter(
        pk__in=message.attachment_ids, municipality_id=message.municipality_id
    )
    return Parcel(
        key=message.key,
        recipient=message.recipient,
        subject=message.subject,
        text=message.text,
        html=message.html,
        moment=moment,
        files=[NewFile(each.file_name, content_of(each), each.content_type) for each in files],
        reply_to=tuple(message.reply_to),
        automatic=message.purpose in (Purpose.RECEIPT, Purpose.NOTICE),
        target=message.target,
    )
