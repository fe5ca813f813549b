from __future__ import annotations

from collections.abc import Iterator

import pytest

from otklik.exchange.standins.max.application import MaxStandIn, make
from otklik.exchange.standins.max.first_state import TOKEN
from otklik.exchange.standins.serving import served
from otklik.exchange.vendors.http import HttpSettings
from otklik.exchange.vendors.max.client import Max, max_bot


@pytest.fixture
def app() -> Iterator[MaxStandIn]:
    with served(make()) as running:
        yield running


@pytest.fixture
def bot(app: MaxStandIn) -> Iterator[Max]:
    with max_bot(TOKEN, HttpSettings(app.url, read_timeout=5), pause=lambda _: None) as client:
        yield client
