"""Fetching from channels that are read by us: each message committed before the next."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta

from django.db import DataError, transaction
from django.db.models import Q

from otklik.base import clock
from otklik.base.actor import Actor
from otklik.base.errors import OtklikError
from otklik.exchange.channels.actions import pacing
from otklik.exchange.channels.actions.cards import card_of
from otklik.exchange.channels.actions.locks import alone
from otklik.exchange.channels.actions.taking import Taken, set_aside, take_incoming
from otklik.exchange.channels.connectors.base import (
    AccountCard,
    Batch,
    Connector,
    ConnectorError,
    Incoming,
)
from otklik.exchange.channels.connectors.registry import registered
from otklik.exchange.channels.events import ChannelBroken, ChannelRecovered
from otklik.exchange.channels.models import ChannelAccount
from otklik.exchange.channels.rules.pacing import pause_of
from otklik.exchange.channels.rules.visits import next_interval
from otklik.exchange.channels.vocabulary import Delivery
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
    """Ids of enabled accounts whose next visit is due."""
    kinds = [
        kind
        for kind, cls in registered().items()
        if cls.capabilities.receives and cls.capabilities.delivery == Delivery.AUTOMATIC
    ]
    return list(
        ChannelAccount.objects.filter(kind__in=kinds, enabled=True)
        .filter(Q(poll_at__isnull=True) | Q(poll_at__lte=clock.now()))
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def poll_account(account_id: int) -> Polled:
    """Fetch what is new. A failure of the service is kept on the account, not raised.

    One reader per token at a time, held by an advisory lock: two would steal from one another.
    """
    result = Polled()
    account = ChannelAccount.objects.get(pk=account_id)
    token = ""
    try:
        serving, card = card_of(account, account.kind)
        token = pacing.print_of(serving, card)
    except OtklikError as error:
        result.problem = str(error)
    number = int(token[:7], 16) if token else account_id
    with alone(POLL_LOCK, number) as mine:
        if not mine:
            result.busy = True
            return result
        if not result.problem:
            account.refresh_from_db()
            _visit(account, serving, card, result)
        _keep_health(account_id, result)
    return result


def _visit(account: ChannelAccount, serving: Connector, card: AccountCard, result: Polled) -> None:
    try:
        with serving.fetch(card, account.cursor) as batch:
            _take_all(account, batch, result)
            end = batch.end()
            if end:
                ChannelAccount.objects.filter(pk=account.pk).update(cursor=dict(end))
    except (ConnectorError, OtklikError) as error:
        result.problem = str(error)


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
    taken = take_incoming(account, incoming)
    _move_cursor(account, incoming)
    if taken is Taken.REPEATED:
        result.repeated += 1
    elif taken is Taken.NEW:
        result.new += 1
    else:
        result.set_aside += 1


@transaction.atomic(durable=True)
def _set_aside(account: ChannelAccount, incoming: Incoming) -> None:
    number = "-".join(str(value) for value in incoming.cursor.values())
    set_aside(account, external_id=f"uid:{number or incoming.external_id}", incoming=incoming)
    _move_cursor(account, incoming)


def _move_cursor(account: ChannelAccount, incoming: Incoming) -> None:
    if incoming.cursor:
        ChannelAccount.objects.filter(pk=account.pk).update(cursor=dict(incoming.cursor))


@transaction.atomic
def _keep_health(account_id: int, result: Polled) -> None:
    problem = result.problem
    account = ChannelAccount.objects.select_for_update().get(pk=account_id)
    account.checked_at = clock.now()
    account.last_error = problem
    failed_before, account.failures = account.failures, account.failures + 1 if problem else 0
    if not problem:
        account.worked_at = account.checked_at
    _plan_visit(account, result)
    account.save(
        update_fields=[
            "checked_at",
            "worked_at",
            "last_error",
            "failures",
            "poll_at",
            "poll_every",
        ]
    )
    event: ChannelBroken | ChannelRecovered
    if account.failures == BROKEN_AFTER:
        event = ChannelBroken(subject_id=account.pk, channel_title=account.title, reason=problem)
    elif not problem and failed_before >= BROKEN_AFTER:
        event = ChannelRecovered(subject_id=account.pk, channel_title=account.title)
    else:
        return
    record(event, actor=ACTOR, municipality_id=account.municipality_id)


def _plan_visit(account: ChannelAccount, result: Polled) -> None:
    """Often while people write, seldom at rest, more and more seldom while it fails."""
    account.poll_every = next_interval(
        account.poll_every,
        found_new=bool(result.new),
        has_webhook=account.settings.get("by_webhook", False) is True,
    )
    pause = max(timedelta(seconds=account.poll_every), pause_of(account.failures))
    account.poll_at = clock.now() + pause
