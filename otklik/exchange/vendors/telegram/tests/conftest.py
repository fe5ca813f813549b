from __future__ import annotations

from collections.abc import Iterator

import pytest

from otklik.exchange.standins.serving import served
from otklik.exchange.standins.telegram.application import TelegramStandIn, make
from otklik.exchange.standins.telegram.first_state import TOKEN
from otklik.exchange.vendors.http import HttpSettings
from otklik.exchange.vendors.telegram.client import Telegram, telegram


@pytest.fixture
def app() -> Iterator[TelegramStandIn]:
    with served(make()) as running:
        yield running


@pytest.fixture
def bot(app: TelegramStandIn) -> Iterator[Telegram]:
    with telegram(TOKEN, HttpSettings(app.url, read_timeout=5)) as client:
        yield client
