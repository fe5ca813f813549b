"""Clients come to us: they report by POST and find the answer in `status_notes` of the request."""

from __future__ import annotations

from otklik.exchange.channels.connectors.base import (
    AccountCard,
    Capabilities,
    Connector,
    Parcel,
    SendOutcome,
)
from otklik.exchange.channels.connectors.open311.settings import Open311Settings
from otklik.exchange.channels.connectors.registry import register
from otklik.exchange.channels.vocabulary import ChannelKind, Delivery, SendResult


@register
class Open311(Connector):
    kind = ChannelKind.OPEN311
    capabilities = Capabilities(delivery=Delivery.ON_PAGE, receives=True)
    settings_class = Open311Settings

    def send(self, card: AccountCard, parcel: Parcel) -> SendOutcome:
        return SendOutcome(SendResult.DELIVERED, "Ответ виден в Open311 без персональных данных.")
