"""The stand-in of VK behind an account of ours."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from PIL import Image

from otklik.exchange.channels.connectors.base import AccountCard, Incoming, NewFile, Parcel
from otklik.exchange.channels.connectors.registry import connector
from otklik.exchange.channels.connectors.vk.connector import Vk
from otklik.exchange.channels.connectors.vk.session import NAMES, POSTS
from otklik.exchange.channels.connectors.vk.settings import VkSettings
from otklik.exchange.standins.serving import served
from otklik.exchange.standins.vk import world
from otklik.exchange.standins.vk.application import VkStandIn, make
from otklik.exchange.standins.vk.state import Community

GROUP = world.COMMUNITY_ID
PERSON = world.ADMIN_ID + 1
KEYS = {
    "community_key": world.COMMUNITY_KEY,
    "service_key": world.SERVICE_KEY,
    "user_key": world.USER_KEY,
    "callback_secret": "тайна-сообщества",
}


@dataclass
class Account:
    """An account of ours at the stand-in, with a visit in one line."""

    vk: VkStandIn
    serving: Vk
    card: AccountCard
    cursor: Mapping[str, Any]

    @property
    def city(self) -> Community:
        return self.vk.world.communities[GROUP]

    def visit(self) -> list[Incoming]:
        with self.serving.fetch(self.card, self.cursor) as batch:
            taken = list(batch.messages())
            batch.confirm(taken)
            self.cursor = batch.end()
        return taken

    def with_keys(self, *names: str, **settings: Any) -> AccountCard:
        """The same account with these keys only."""
        told = self.card.settings.model_dump() | settings
        kept = {name: KEYS[name] for name in names}
        return AccountCard(VkSettings.model_validate(told), kept)


@pytest.fixture
def vk() -> Iterator[VkStandIn]:
    for memory in (NAMES, POSTS):
        memory.forget()
    app = make()
    with served(app):
        yield app


@pytest.fixture
def account(vk: VkStandIn) -> Account:
    serving = connector("vk")
    assert isinstance(serving, Vk)
    settings = VkSettings(group_id=GROUP, api_url=vk.url, timeout=5)
    return Account(vk, serving, AccountCard(settings, KEYS), {})


@pytest.fixture
def picture() -> NewFile:
    kept = io.BytesIO()
    Image.new("RGB", (320, 200), (90, 120, 60)).save(kept, "JPEG")
    return NewFile("яма.jpg", kept.getvalue(), "image/jpeg")


def parcel(text: str, *, key: str = "answer:1", **more: Any) -> Parcel:
    from otklik.base import clock

    told = {"recipient": "", "subject": "", "moment": clock.now(), **more}
    return Parcel(key=key, text=text, **told)
