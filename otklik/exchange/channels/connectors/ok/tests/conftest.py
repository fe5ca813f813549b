"""The stand-in of OK behind an account of ours."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from PIL import Image

from otklik.base import clock
from otklik.exchange.channels.connectors.base import AccountCard, Incoming, NewFile, Parcel
from otklik.exchange.channels.connectors.ok.connector import Ok
from otklik.exchange.channels.connectors.ok.session import NAMES
from otklik.exchange.channels.connectors.ok.settings import OkSettings
from otklik.exchange.channels.connectors.registry import connector
from otklik.exchange.standins.ok import state
from otklik.exchange.standins.ok.application import OkStandIn, make
from otklik.exchange.standins.serving import served

PERSON = "560000000002"
KEYS = {
    "application_secret": state.APPLICATION_SECRET,
    "access_token": state.ACCESS_TOKEN,
    "bot_token": state.BOT_TOKEN,
}


@dataclass
class Account:
    """An account of ours at the stand-in, with a visit in one line."""

    ok: OkStandIn
    serving: Ok
    card: AccountCard
    cursor: Mapping[str, Any]

    @property
    def topic(self) -> state.Topic:
        return next(iter(self.ok.world.topics.values()))

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
        return AccountCard(OkSettings.model_validate(told), kept)


@pytest.fixture
def ok() -> Iterator[OkStandIn]:
    NAMES.forget()
    app = make()
    with served(app):
        yield app


@pytest.fixture
def account(ok: OkStandIn) -> Account:
    serving = connector("ok")
    assert isinstance(serving, Ok)
    settings = OkSettings(
        group_id=state.GROUP_ID,
        application_key=state.APPLICATION_KEY,
        api_url=ok.url,
        timeout=5,
    )
    return Account(ok, serving, AccountCard(settings, KEYS), {})


@pytest.fixture
def picture() -> NewFile:
    kept = io.BytesIO()
    Image.new("RGB", (64, 48), (10, 60, 90)).save(kept, "PNG")
    return NewFile("двор.png", kept.getvalue(), "image/png")


def parcel(text: str, *, key: str = "answer:1", **more: Any) -> Parcel:
    told = {"recipient": "", "subject": "", "moment": clock.now(), **more}
    return Parcel(key=key, text=text, **told)
