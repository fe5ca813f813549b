from __future__ import annotations

from collections.abc import Iterator

import pytest

from otklik.exchange.standins.max.application import MaxStandIn, make
from otklik.exchange.standins.serving import served


@pytest.fixture
def app() -> Iterator[MaxStandIn]:
    with served(make()) as running:
        yield running
