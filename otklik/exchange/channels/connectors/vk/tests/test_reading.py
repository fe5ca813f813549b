"""Recorded events of VK as messages of ours."""

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
from otklik.exchange.channels.connectors.vk.connector import Vk
from otklik.exchange.channels.connectors.vk.reading import READ_LATER
from otklik.exchange.channels.connectors.vk.settings import VkSettings
from otklik.exchange.channels.connectors.vk.tests.conftest import GROUP
from otklik.exchange.channels.vocabulary import InboundKind
from otklik.exchange.vendors.vk.tests.schema.judge import CALLBACKS, faults_of_event

PAYLOADS = Path(__file__).parent / "payloads"
SECRET = "тайна-сообщества"
# Without keys nothing is asked of VK: what the event itself says must do.
CARD = AccountCard(VkSettings(group_id=GROUP, confirmation="4c7f01aa"), {"callback_secret": SECRET})
COMMENT = f"wall-{GROUP}_2790_r2841"


def payload(name: str) -> bytes:
    return (PAYLOADS / f"{name}.json").read_bytes()


def read(name: str) -> Incoming:
    (found,) = Vk().read_event(CARD, payload(name))
    assert found.raw == payload(name) or found.deleted
    return found


def changed(name: str, **fields: Any) -> WebhookRequest:
    return WebhookRequest(json.dumps({**json.loads(payload(name)), **fields}).encode())


@pytest.mark.parametrize("path", sorted(PAYLOADS.glob("*.json")), ids=lambda each: each.stem)
def test_the_recorded_events_are_valid(path: Path) -> None:
    event = json.loads(path.read_bytes())
    if event["type"] in CALLBACKS or event["type"] == "confirmation":
        assert faults_of_event(event) == []


def test_a_comment_keeps_the_post_and_the_way_back() -> None:
    found = read("wall_reply_new")
    assert (found.kind, found.external_id, found.version) == (InboundKind.COMMENT, COMMENT, 0)
    assert found.text == "На Садовой, 5 яма во всю полосу"
    assert found.received_at == datetime.fromtimestamp(1795200000, UTC)
    assert found.sender == "https://vk.com/id502"
    assert found.post is not None
    assert found.post.url == f"https://vk.com/wall-{GROUP}_2790"
    assert found.answer_to == {"post": "2790", "comment": "2841"}
    assert found.url == f"https://vk.com/wall-{GROUP}_2790?reply=2841"
    assert (found.thread_ids, found.ours, found.deleted) == ((), False, False)


def test_an_edit_is_a_later_version_of_the_same() -> None:
    found = read("wall_reply_edit")
    assert (found.external_id, found.version) == (COMMENT, READ_LATER)
    assert found.text.startswith("На Садовой, 5А")


def test_a_branch_names_what_it_answers_nearest_first() -> None:
    found = read("wall_reply_in_thread")
    assert found.thread_ids == (f"wall-{GROUP}_2790_r2850", COMMENT)
    assert found.url.endswith("?reply=2855&thread=2841")


def test_a_deletion_marks() -> None:
    found = read("wall_reply_delete")
    assert (found.external_id, found.deleted, found.text) == (COMMENT, True, "")
    assert read("board_post_delete").deleted


def test_our_own_words_are_not_taken_for_a_message() -> None:
    assert read("wall_reply_by_community").ours
    assert read("message_reply").ours
    assert Vk().read_event(CARD, payload("wall_post_by_community")) == []
    assert Vk().read_event(CARD, payload("message_allow")) == []


def test_what_is_no_photo_stays_as_a_line() -> None:
    text = read("wall_reply_with_video").text
    assert text == "[видео: https://vk.com/video502_456239101]\n[стикер]"


def test_direct_messages_and_their_edits() -> None:
    first, edited = read("message_new"), read("message_edit")
    assert (first.kind, first.external_id, first.version) == (InboundKind.DIRECT, "dm503_118", 0)
    assert (edited.external_id, edited.version) == ("dm503_118", 1795201500)
    assert first.answer_to == {"peer": "503", "message": "118"}


def test_discussions_and_posts_of_citizens_are_public() -> None:
    board, post = read("board_post_new"), read("wall_post_by_citizen")
    assert (board.kind, board.external_id) == (InboundKind.COMMENT, f"topic-{GROUP}_48000001_r31")
    assert (post.kind, post.external_id) == (InboundKind.COMMENT, f"wall-{GROUP}_2900")
    assert post.answer_to == {"post": "2900"}
    settings = VkSettings(group_id=GROUP, boards=False)
    assert Vk().read_event(AccountCard(settings), payload("board_post_new")) == []


def test_the_address_answers_and_names_the_event() -> None:
    reply = Vk().webhook(CARD, WebhookRequest(payload("wall_reply_new")))
    assert (reply.body, reply.event_id) == ("ok", f"{1:040x}")
    confirmed = Vk().webhook(CARD, WebhookRequest(payload("confirmation")))
    assert (confirmed.body, confirmed.event_id) == ("4c7f01aa", "")


@pytest.mark.parametrize(
    "request_",
    [
        changed("wall_reply_new", secret="чужая"),
        changed("wall_reply_new", secret=""),
        changed("confirmation", secret="чужая"),
        changed("wall_reply_new", group_id=GROUP + 1),
        WebhookRequest(b"not json"),
        WebhookRequest(b"[]"),
    ],
)
def test_a_stranger_is_refused(request_: WebhookRequest) -> None:
    with pytest.raises(WebhookRefused):
        Vk().webhook(CARD, request_)


def test_without_a_secret_nothing_is_taken() -> None:
    with pytest.raises(WebhookRefused):
        Vk().webhook(AccountCard(CARD.settings), WebhookRequest(payload("wall_reply_new")))
