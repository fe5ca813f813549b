"""The answer is on the citizen's page as soon as it is released: nothing travels anywhere."""

from __future__ import annotations

from otklik.exchange.channels.connectors.base import (
    AccountCard,
    Capabilities,
    Connector,
    Parcel,
    SendOutcome,
)
from otklik.exchange.channels.connectors.portal.settings import PortalSettings
from otklik.exchange.channels.connectors.registry import register
from otklik.exchange.channels.vocabulary import ChannelKind, Delivery, SendResult


@register
class Portal(Connector):
    kind = ChannelKind.PORTAL
    settings_class = PortalSettings
    capabilities = Capabilities(delivery=Delivery.ON_PAGE, receives=True, files=True)

    def send(self, card: AccountCard, parcel: Parcel) -> SendOutcome:
        return SendOutcome(SendResult.DELIVERED, "Ответ виден на странице заявителя.")
