"""Fetching from channels that are read by us: each message committed before the next."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import DataError, connection, transaction

from otklik.base import clock
from otklik.base.actor import Actor
from otklik.base.errors import OtklikError
from otklik.exchange.channels.actions.cards import card_of
from otklik.exchange.channels.actions.delivery import confirm_sent, report_lost
from otklik.exchange.channels.actions.inbound import accept_message
from otklik.exchange.channels.connectors.base import Batch, ConnectorError, Incoming
from otklik.exchange.channels.connectors.registry import registered
from otklik.exchange.channels.events import ChannelBroken, ChannelRecovered
from otklik.exchange.channels.models import ChannelAccount, OutboundMessage
from otklik.exchange.channels.vocabulary import Delivery, Disposition
from otklik.records.journal.actions import record

log = logging.getLogger(__name__)
ACTOR = Actor.system("Приём сообщений")
POLL_LOCK = 7_240_100
BROKEN_AFTER = 3


@dataclass
class Polled:
    """What one visit to an account brought. `busy`: another worker is there now."""

    new: int = 0
    repeated: int = 0
    set_aside: int = 0
    problem: str = ""
    busy: bool = False


def due_accounts() -> list[int]:
    """Ids of enabled accounts that have to be fetched from."""
    kinds = [
        kind
        for kind, cls in registered().items()
        if cls.capabilities.receives and cls.capabilities.delivery == Delivery.AUTOMATIC
    ]
    return list(
        ChannelAccount.objects.filter(kind__in=kinds, enabled=True)
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def poll_account(account_id: int) -> Polled:
    """Fetch what is new. A failure of the service is kept on the account, not raised.

    One reader per account at a time, held by an advisory lock.
    """
    result = Polled()
    with _only_reader(account_id) as alone:
        if not alone:
            result.busy = True
            return result
        account = ChannelAccount.objects.get(pk=account_id)
        try:
            connector, card = card_of(account, account.kind)
            with connector.fetch(card, account.cursor) as batch:
                _take_all(account, batch, result)
        except (ConnectorError, OtklikError) as error:
            result.problem = str(error)
        _keep_health(account_id, result.problem)
    return result


def _take_all(account: ChannelAccount, batch: Batch, result: Polled) -> None:
    taken = []
    try:
        for incoming in batch.messages():
            _take(account, incoming, result)
            taken.append(incoming)
    finally:
        # Also after a failure: what is committed need not look new in the mailbox.
        if taken:
            batch.confirm(taken)


def _take(account: ChannelAccount, incoming: Incoming, result: Polled) -> None:
    try:
        _store(account, incoming, result)
    except (DataError, ValueError, LookupError, TypeError, AttributeError):
        # One poisonous message must not stop the mailbox: it waits for a person, whole.
        log.exception("message %s of account %s", incoming.external_id, account.pk)
        _set_aside(account, incoming)
        result.set_aside += 1


@transaction.atomic(durable=True)
def _store(account: ChannelAccount, incoming: Incoming, result: Polled) -> None:
    disposition = incoming.disposition
    if _is_ours(account, incoming):
        disposition = Disposition.ECHO
    if disposition == Disposition.BOUNCE and incoming.lost_reason:
        report_lost(
            external_id=incoming.lost,
            municipality_id=account.municipality_id,
            reason=f"Почтовый сервер вернул письмо: {incoming.lost_reason}",
        )
    _, created = accept_message(
        account=account,
        external_id=incoming.external_id,
        kind=incoming.kind,
        received_at=incoming.received_at,
        raw=incoming.raw,
        text=incoming.text,
        sender=incoming.sender,
        sender_name=incoming.sender_name,
        addressee=incoming.addressee,
        subject=incoming.subject,
        quoted=incoming.quoted,
        thread_key=(incoming.thread_ids or (incoming.external_id,))[-1][:500],
        attachments=incoming.files if disposition == Disposition.ACCEPTED else (),
        details={"thread_ids": list(incoming.thread_ids)},
        disposition=disposition,
        reason=incoming.reason,
    )
    _move_cursor(account, incoming)
    if not created:
        result.repeated += 1
    elif disposition == Disposition.ACCEPTED:
        result.new += 1
    else:
        result.set_aside += 1


@transaction.atomic(durable=True)
def _set_aside(account: ChannelAccount, incoming: Incoming) -> None:
    accept_message(
        account=account,
        external_id=f"uid:{'-'.join(str(value) for value in incoming.cursor.values())}",
        kind=incoming.kind,
        received_at=incoming.received_at,
        raw=incoming.raw,
        text="Сообщение не удалось разобрать. Откройте его исходный текст.",
        disposition=Disposition.UNREADABLE,
        reason="ошибка разбора",
    )
    _move_cursor(account, incoming)


def _is_ours(account: ChannelAccount, incoming: Incoming) -> bool:
    """A copy of our own message has come back; it proves that the message went."""
    ours = OutboundMessage.objects.filter(account=account, external_id=incoming.external_id)
    message_id = ours.values_list("pk", flat=True).first()
    if message_id is None:
        return False
    confirm_sent(message_id)
    return True


def _move_cursor(account: ChannelAccount, incoming: Incoming) -> None:
    ChannelAccount.objects.filter(pk=account.pk).update(cursor=dict(incoming.cursor))


@transaction.atomic
def _keep_health(account_id: int, problem: str) -> None:
    account = ChannelAccount.objects.select_for_update().get(pk=account_id)
    account.checked_at = clock.now()
    account.last_error = problem
    failed_before, account.failures = account.failures, account.failures + 1 if problem else 0
    if not problem:
        account.worked_at = account.checked_at
    account.save(update_fields=["checked_at", "worked_at", "last_error", "failures"])
    event: ChannelBroken | ChannelRecovered
    if account.failures == BROKEN_AFTER:
        event = ChannelBroken(subject_id=account.pk, channel_title=account.title, reason=problem)
    elif not problem and failed_before >= BROKEN_AFTER:
        event = ChannelRecovered(subject_id=account.pk, channel_title=account.title)
    else:
        return
    record(event, actor=ACTOR, municipality_id=account.municipality_id)


@contextmanager
def _only_reader(account_id: int) -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [POLL_LOCK, account_id])
        row = cursor.fetchone()
        alone = bool(row and row[0])
    try:
        yield alone
    finally:
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [POLL_LOCK, account_id])
