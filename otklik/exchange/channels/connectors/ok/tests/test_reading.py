"""Recorded comments and events of OK as messages of ours."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from otklik.exchange.channels.connectors.base import (
    AccountCard,
    Incoming,
    WebhookRefused,
    WebhookRequest,
)
from otklik.exchange.channels.connectors.ok import reading
from otklik.exchange.channels.connectors.ok.connector import Ok
from otklik.exchange.channels.connectors.ok.session import Session
from otklik.exchange.channels.connectors.ok.settings import OkSettings
from otklik.exchange.channels.vocabulary import Ability, InboundKind

PAYLOADS = Path(__file__).parent / "payloads"
GROUP = "70000000000017"
CARD = AccountCard(OkSettings(group_id=GROUP))
TOPIC = "156000000000001"


def payload(name: str) -> bytes:
    return (PAYLOADS / f"{name}.json").read_bytes()


def comment(name: str) -> Incoming:
    thing: dict[str, Any] = json.loads(payload(name))
    return reading.comment(Session(CARD), thing, TOPIC, "Ярмарка в субботу.")


def test_a_message_to_the_group() -> None:
    (found,) = Ok().read_event(CARD, payload("message"))
    assert (found.kind, found.text) == (InboundKind.DIRECT, "Нет света во дворе")
    assert found.external_id == "mid:C8262d9a8802.15cea67d78d2059"
    assert (found.sender_name, found.sender) == (
        "Виктор Самойлов",
        "https://ok.ru/profile/560000000002",
    )
    assert found.answer_to == {"chat": "chat:C8262d9a8802"}
    assert found.raw == payload("message")
    (linked,) = Ok().read_event(CARD, payload("message_with_link"))
    assert linked.text == "[ссылка: https://example.org/svet]"


def test_our_own_words_are_not_taken_for_a_message() -> None:
    (found,) = Ok().read_event(CARD, payload("message_of_group"))
    assert found.ours
    assert comment("comment_of_group").ours
    assert Ok().read_event(CARD, payload("chat_renamed")) == ()


def test_a_comment_keeps_its_post_and_its_moment() -> None:
    found = comment("comment")
    assert found.external_id == f"topic{TOPIC}_cMTc2MDAwMDAwMDE="
    assert found.received_at.astimezone(UTC) == datetime(2026, 11, 21, 16, 40, 5, tzinfo=UTC)
    assert found.post is not None
    assert found.post.text == "Ярмарка в субботу."
    assert found.url == f"https://ok.ru/group/{GROUP}/topic/{TOPIC}"
    answer = comment("comment_answering")
    assert answer.thread_ids == (found.external_id,)
    assert answer.received_at.microsecond == 500_000
    gone = comment("comment_removed")
    assert (gone.deleted, gone.external_id) == (True, found.external_id)


def test_the_event_is_named_by_the_message() -> None:
    reply = Ok().webhook(CARD, WebhookRequest(payload("message")))
    assert reply.event_id == "mid:C8262d9a8802.15cea67d78d2059"
    renamed = Ok().webhook(CARD, WebhookRequest(payload("chat_renamed")))
    assert len(renamed.event_id) == 64


@pytest.mark.parametrize("body", [b"not json", b"[1]", b'{"type":"other"}'])
def test_a_stranger_is_refused(body: bytes) -> None:
    with pytest.raises(WebhookRefused):
        Ok().webhook(CARD, WebhookRequest(body))


def test_writing_comments_is_not_promised() -> None:
    assert not Ok.capabilities.can(Ability.REPLY_COMMENT)
    assert Ok.capabilities.can(Ability.READ_COMMENTS)
