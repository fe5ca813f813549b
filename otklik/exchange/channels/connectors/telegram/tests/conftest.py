from __future__ import annotations

from collections.abc import Iterator

import pytest

from otklik.exchange.channels.connectors.base import AccountCard
from otklik.exchange.channels.connectors.telegram.settings import TelegramSettings
from otklik.exchange.standins.serving import served
from otklik.exchange.standins.telegram.application import TelegramStandIn, make
from otklik.exchange.standins.telegram.first_state import TOKEN


@pytest.fixture
def app() -> Iterator[TelegramStandIn]:
    with served(make()) as running:
        yield running


@pytest.fixture
def card(app: TelegramStandIn) -> AccountCard:
    settings = TelegramSettings(api_url=app.url, channel="@gorod_govorit", timeout=5)
    return AccountCard(settings, {"token": TOKEN})
