"""Personal reception: the answer is told or handed over, staff mark it."""

from __future__ import annotations

from otklik.exchange.channels.connectors.base import Capabilities, Connector
from otklik.exchange.channels.connectors.registry import register
from otklik.exchange.channels.vocabulary import ChannelKind, Delivery


@register
class Reception(Connector):
    kind = ChannelKind.RECEPTION
    capabilities = Capabilities(delivery=Delivery.BY_HAND, files=True)
