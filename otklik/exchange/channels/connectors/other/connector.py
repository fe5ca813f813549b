"""A system without a folder of its own; its program may send messages and read the answers."""

from __future__ import annotations

from otklik.exchange.channels.connectors.base import AccountCard, Capabilities, Connector, Probe
from otklik.exchange.channels.connectors.registry import register
from otklik.exchange.channels.connectors.signed import KEY_FIELDS, key_probe
from otklik.exchange.channels.vocabulary import ChannelKind, Delivery


@register
class Other(Connector):
    kind = ChannelKind.OTHER
    capabilities = Capabilities(delivery=Delivery.BY_HAND)
    secret_fields = KEY_FIELDS

    def probe(self, card: AccountCard) -> Probe:
        return key_probe(card)
