"""A centre, and services that it is connected to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from otklik.exchange.channels.actions.webhooks import forget_doors
from otklik.exchange.channels.connectors import registry
from otklik.exchange.standins.max.application import MaxStandIn
from otklik.exchange.standins.ok.application import OkStandIn
from otklik.exchange.standins.serving import served
from otklik.exchange.standins.telegram.application import TelegramStandIn
from otklik.exchange.standins.vk.application import VkStandIn
from otklik.web.desk.tests.conftest import Centre
from otklik.web.desk.tests.conftest import centre as desk_centre
from tests.channels.max_peer import MaxPeer
from tests.channels.ok_peer import OkPeer
from tests.channels.story import Peer, Story, open_story
from tests.channels.telegram_peer import TelegramPeer
from tests.channels.toy import ToyPeer, ToyService, install
from tests.channels.vk_peer import VkPeer

__all__ = ["desk_centre"]


@pytest.fixture
def centre(transactional_db: None) -> Centre:
    made: Centre = desk_centre.__wrapped__(None)  # type: ignore[attr-defined]
    return made


@pytest.fixture
def toy_package(tmp_path: Path) -> Iterator[None]:
    """The toy channel is installed as a package of somebody else."""
    registry._discover.cache_clear()
    yield from install(tmp_path)
    registry._classes.pop("toy", None)
    registry._discover.cache_clear()


@pytest.fixture
def toy(toy_package: None) -> Iterator[ToyPeer]:
    with served(ToyService()) as service:
        yield ToyPeer(service)


NAMES = [
    "toy",
    "telegram",
    "telegram-webhook",
    "max",
    "max-webhook",
    "vk",
    "vk-webhook",
    "vkdirect",
    "vkdirect-webhook",
    "ok",
    "ok-webhook",
]


@pytest.fixture(params=NAMES)
def peer(request: pytest.FixtureRequest) -> Iterator[Peer]:
    """Every service in its turn."""
    name, _, by_webhook = str(request.param).partition("-")
    if name == "toy":
        yield request.getfixturevalue("toy")
    elif name == "telegram":
        with served(TelegramStandIn()) as service:
            yield TelegramPeer(service, by_webhook=bool(by_webhook))
    elif name == "max":
        with served(MaxStandIn()) as max_service:
            yield MaxPeer(max_service, by_webhook=bool(by_webhook))
    elif name == "ok":
        with served(OkStandIn()) as ok_service:
            yield OkPeer(ok_service, by_webhook=bool(by_webhook))
    elif name in ("vk", "vkdirect"):
        with served(VkStandIn()) as vk_service:
            yield VkPeer(vk_service, by_webhook=bool(by_webhook), direct=name == "vkdirect")


@pytest.fixture
def begin(centre: Centre, live_server: Any) -> Iterator[Callable[[Peer], Story]]:
    """Open a story with a peer: the account is set up, events come to a live server."""
    forget_doors()

    def start(peer: Peer) -> Story:
        return open_story(centre, peer, live_server.url)

    yield start
    forget_doors()
