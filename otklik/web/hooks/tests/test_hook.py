"""What strangers and services may put through the door for events."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.exchange.channels import actions
from otklik.exchange.channels.actions.webhooks import forget_doors
from otklik.exchange.channels.connectors.base import AccountCard, Incoming
from otklik.exchange.channels.connectors.telegram.connector import TelegramConnector
from otklik.exchange.channels.connectors.telegram.settings import TelegramSettings, hook_secret
from otklik.exchange.channels.models import ChannelAccount, ChannelEvent, InboundMessage
from otklik.exchange.channels.vocabulary import Disposition

TOKEN = "7000000001:token-of-this-test"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


@pytest.fixture
def account(db: None) -> Iterator[ChannelAccount]:
    forget_doors()
    place = Municipality.objects.create(
        slug="ozersk", name="Озёрский район", short_name="Озёрский", kind="district", region="—"
    )
    yield actions.set_up_account(
        access=Access.system(place.pk),
        kind="telegram",
        title="Бот",
        settings={"by_webhook": True},
        secret={"token": TOKEN},
    )
    forget_doors()


def address(account: ChannelAccount, key: str = "") -> str:
    return f"/hooks/{account.pk}/{key or account.hook_key}/"


def proof() -> dict[str, str]:
    card = AccountCard(settings=TelegramSettings(), secret={"token": TOKEN})
    return {HEADER: hook_secret(card)}


def post(where: str, body: bytes, headers: Mapping[str, str]) -> int:
    answer = Client().post(where, data=body, content_type="application/json", headers=headers)
    return answer.status_code


def update(number: int, text: str = "На Садовой яма") -> bytes:
    person = {"id": 5, "is_bot": False, "first_name": "Мария"}
    chat = {"id": 5, "type": "private", "first_name": "Мария"}
    message: dict[str, Any] = {"message_id": number, "date": 1_780_000_000, "from": person}
    return json.dumps(
        {"update_id": number, "message": {**message, "chat": chat, "text": text}}
    ).encode()


def test_an_event_is_kept_once_by_few_queries(account: ChannelAccount) -> None:
    assert post(address(account), update(1), proof()) == 200
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert post(address(account), update(1), proof()) == 200
    assert len(captured) == 1
    with CaptureQueriesContext(connection) as captured:
        assert post(address(account), update(2), proof()) == 200
    assert len(captured) == 2
    assert ChannelEvent.objects.count() == 2


@pytest.mark.parametrize(
    "body",
    [b"", b"null", b"[]", b"{}", b"\xff\xfe", b'{"update_id": null}', b"[" * 100_000],
    ids=["empty", "null", "list", "nothing", "no text", "no number", "nested"],
)
def test_a_body_that_is_no_event_is_refused_and_not_kept(
    account: ChannelAccount, body: bytes
) -> None:
    assert post(address(account), body, proof()) == 403
    assert not ChannelEvent.objects.exists()


def test_strangers_learn_nothing(account: ChannelAccount) -> None:
    assert post(address(account, "guessed"), update(1), proof()) == 404
    assert post(f"/hooks/{account.pk + 1}/{account.hook_key}/", update(1), proof()) == 404
    assert post(address(account), update(1), {HEADER: "wrong"}) == 403
    assert post(address(account), update(1), {}) == 403
    assert post(address(account), b" " * 1_048_577, proof()) == 413
    assert Client().get(address(account)).status_code == 405
    ChannelAccount.objects.update(enabled=False)
    forget_doors()
    assert post(address(account), update(1), proof()) == 404
    assert not ChannelEvent.objects.exists()


def test_a_poisonous_event_waits_for_a_person_and_holds_nobody_up(
    account: ChannelAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = TelegramConnector.read_event

    def read(self: TelegramConnector, card: AccountCard, body: bytes) -> Sequence[Incoming]:
        if json.loads(body)["update_id"] == 1:
            raise RuntimeError("a fault of the connector")
        return real(self, card, body)

    monkeypatch.setattr(TelegramConnector, "read_event", read)
    for number in (1, 2):
        assert post(address(account), update(number), proof()) == 200
    actions.take_events(account.pk)
    states = dict(ChannelEvent.objects.values_list("event_id", "state"))
    assert states == {"1": "failed", "2": "done"}
    bad, good = InboundMessage.objects.order_by("pk")
    assert (bad.disposition, good.text) == (Disposition.UNREADABLE, "На Садовой яма")
    assert json.loads(bad.original)["update_id"] == 1
