"""A letter on paper: staff print it, send it and mark it."""

from __future__ import annotations

from otklik.exchange.channels.connectors.base import Capabilities, Connector
from otklik.exchange.channels.connectors.registry import register
from otklik.exchange.channels.vocabulary import ChannelKind, Delivery


@register
class Paper(Connector):
    kind = ChannelKind.PAPER
    capabilities = Capabilities(delivery=Delivery.BY_HAND, files=True)
