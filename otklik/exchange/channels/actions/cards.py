"""An account's row as the connector sees it."""

from __future__ import annotations

from otklik.exchange.channels.connectors.base import AccountCard, ChannelSettings, Connector
from otklik.exchange.channels.connectors.registry import connector
from otklik.exchange.channels.models import ChannelAccount
from otklik.exchange.channels.queries import secret_of
from otklik.exchange.channels.queries.checking import checked_settings


def card_of(account: ChannelAccount | None, kind: str) -> tuple[Connector, AccountCard]:
    """The connector and what it needs to know; raise Refused when settings are not whole."""
    serving = connector(kind)
    if account is None:
        return serving, AccountCard(settings=ChannelSettings())
    return serving, AccountCard(
        settings=checked_settings(serving, account.settings), secret=secret_of(account)
    )
