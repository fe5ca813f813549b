"""Systems without an interface of their own: answers are carried there in a file."""

from __future__ import annotations

from pydantic import Field

from otklik.exchange.channels.connectors.base import (
    AccountCard,
    Capabilities,
    ChannelSettings,
    Connector,
    Probe,
)
from otklik.exchange.channels.connectors.signed import KEY_FIELDS, key_probe
from otklik.exchange.channels.vocabulary import Delivery


class FileSettings(ChannelSettings):
    """`link` with «{number}» leads to the message in the other system."""

    link: str = Field(default="", title="Адрес сообщения, вместо номера — {number}")


class ByFile(Connector):
    """Messages come by import or from a program by a signed webhook; answers leave in a table."""

    capabilities = Capabilities(delivery=Delivery.BY_FILE)
    settings_class = FileSettings
    secret_fields = KEY_FIELDS

    def probe(self, card: AccountCard) -> Probe:
        return key_probe(card)
