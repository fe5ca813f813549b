from __future__ import annotations

from collections.abc import Iterator

import pytest

from otklik.exchange.standins.serving import served
from otklik.exchange.standins.telegram.application import TelegramStandIn, make


@pytest.fixture
def app() -> Iterator[TelegramStandIn]:
    with served(make()) as running:
        yield running
