"""An account's row as the connector sees it."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from otklik.base.errors import Refused
from otklik.exchange.channels.connectors.base import AccountCard, ChannelSettings, Connector
from otklik.exchange.channels.connectors.registry import connector
from otklik.exchange.channels.models import ChannelAccount
from otklik.exchange.channels.queries import secret_of


def card_of(account: ChannelAccount | None, kind: str) -> tuple[Connector, AccountCard]:
    """The connector and what it needs to know; raise Refused when settings are not whole."""
    serving = connector(kind)
    if account is None:
        return serving, AccountCard(settings=ChannelSettings())
    return serving, AccountCard(
        settings=checked_settings(serving, account.settings), secret=secret_of(account)
    )


def checked_settings(serving: Connector, values: dict[str, Any]) -> ChannelSettings:
    """Settings of the connector's own type; raise Refused naming every wrong field in Russian."""
    try:
        return serving.settings_class.model_validate(values)
    except ValidationError as error:
        fields = serving.settings_class.model_fields
        wrong = []
        for each in error.errors():
            name = str(each["loc"][0]) if each["loc"] else ""
            title = fields[name].title if name in fields else name
            wrong.append(f"«{title}»" if title else str(each["msg"]).partition(", ")[2])
        raise Refused(
            f"Настройки канала заполнены неверно: {', '.join(dict.fromkeys(wrong))}.",
            "Исправьте эти поля и сохраните снова.",
        ) from error
