from __future__ import annotations

from collections.abc import Iterator

import pytest

from otklik.exchange.channels.connectors.base import AccountCard
from otklik.exchange.channels.connectors.max.settings import MaxSettings
from otklik.exchange.standins.max.application import MaxStandIn, make
from otklik.exchange.standins.max.first_state import CHANNEL, TOKEN
from otklik.exchange.standins.serving import served


@pytest.fixture
def app() -> Iterator[MaxStandIn]:
    with served(make()) as running:
        yield running


@pytest.fixture
def card(app: MaxStandIn) -> AccountCard:
    return AccountCard(MaxSettings(api_url=app.url, channel=CHANNEL, timeout=5), {"token": TOKEN})
