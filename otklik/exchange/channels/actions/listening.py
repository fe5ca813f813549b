"""Waiting at a service with an open connection: a letter is seen within a second or two."""

from __future__ import annotations

import logging

from django.db import transaction
from procrastinate.exceptions import AlreadyEnqueued

from otklik.base.errors import OtklikError
from otklik.exchange.channels.actions.cards import card_of
from otklik.exchange.channels.actions.locks import alone
from otklik.exchange.channels.actions.work import defer_visit
from otklik.exchange.channels.connectors.base import Connector, ConnectorError
from otklik.exchange.channels.connectors.registry import registered
from otklik.exchange.channels.models import ChannelAccount

log = logging.getLogger(__name__)
LISTEN_LOCK = 7_240_400


def heard_accounts() -> list[int]:
    """Enabled accounts of services at which one can wait."""
    kinds = [kind for kind, cls in registered().items() if cls.wait is not Connector.wait]
    found = ChannelAccount.objects.filter(kind__in=kinds, enabled=True)
    return list(found.order_by("pk").values_list("pk", flat=True))


def listen(account_id: int, seconds: float) -> bool | None:
    """Wait at most so long and start a visit when something came; whether it came.

    None: nobody has to wait here (another worker does, the service cannot tell, it fails).
    """
    with alone(LISTEN_LOCK, account_id) as mine:
        if not mine:
            return None
        account = ChannelAccount.objects.get(pk=account_id)
        try:
            serving, card = card_of(account, account.kind)
            came = serving.wait(card, account.cursor, seconds)
        except (ConnectorError, OtklikError) as error:
            # A visit tells it to people; here it would be said every minute.
            log.info("account %s cannot be waited at: %s", account_id, error)
            return None
    if came:
        _visit(account_id)
    return came


def _visit(account_id: int) -> None:
    try:
        with transaction.atomic():
            defer_visit(account_id)
    except AlreadyEnqueued:
        return
