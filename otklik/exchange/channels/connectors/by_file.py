"""Systems without an interface of their own: answers are carried there in a file."""

from __future__ import annotations

from pydantic import Field

from otklik.exchange.channels.connectors.base import Capabilities, ChannelSettings, Connector
from otklik.exchange.channels.vocabulary import Delivery


class FileSettings(ChannelSettings):
    """`link` with «{number}» leads to the message in the other system."""

    link: str = Field(default="", title="Адрес сообщения, вместо номера — {number}")


class ByFile(Connector):
    """Messages come by import, answers leave in a table, staff mark them as placed."""

    capabilities = Capabilities(delivery=Delivery.BY_FILE)
    settings_class = FileSettings
