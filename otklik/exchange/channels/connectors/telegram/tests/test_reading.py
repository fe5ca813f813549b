"""Updates as Telegram sends them, read into messages for the centre."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiogram.types import Update

from otklik.exchange.channels.connectors.base import ConnectorError, Incoming
from otklik.exchange.channels.connectors.telegram import reading
from otklik.exchange.channels.connectors.telegram.reading import Reader
from otklik.exchange.channels.vocabulary import Disposition, InboundKind
from otklik.exchange.standins.telegram.schema import faults_of
from otklik.exchange.vendors.http import Unreachable
from otklik.exchange.vendors.telegram.errors import BadRequest

PAYLOADS = Path(__file__).parent / "payloads"
NAMES = sorted(path.stem for path in PAYLOADS.glob("*.json"))
BOT = 7000000001


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    reading._posts.forget()


def payload(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((PAYLOADS / f"{name}.json").read_text(encoding="utf-8"))
    return read


class Shelf:
    """Gives every file by its number, or refuses as it is told."""

    def __init__(self, refusal: Exception | None = None) -> None:
        self.refusal = refusal

    def download(self, file_id: str) -> bytes:
        if self.refusal:
            raise self.refusal
        return file_id.encode()


def read(name: str, *, only_comments: bool = False) -> Incoming | None:
    reader = Reader(BOT, Shelf(), only_comments=only_comments)
    return reader.read(payload(name), {"offset": 2})


def surely(name: str) -> Incoming:
    message = read(name)
    assert message is not None
    return message


@pytest.mark.parametrize("name", NAMES)
def test_payloads_are_as_telegram_describes_them(name: str) -> None:
    assert faults_of("Update", payload(name)) == []
    Update.model_validate(payload(name))


def test_a_message_to_the_bot() -> None:
    message = surely("direct")

    assert message.kind == InboundKind.DIRECT
    assert message.external_id == "5101:3"
    assert (message.sender, message.sender_name) == ("tg:5101", "Мария Соколова (@m_sokolova)")
    assert message.received_at == datetime.fromtimestamp(1781000000, UTC)
    assert message.answer_to == {"chat": "5101", "message": "3"}
    assert message.disposition == Disposition.ACCEPTED
    assert message.cursor == {"offset": 2}
    assert json.loads(message.raw) == payload("direct")


def test_a_comment_keeps_the_post_around_it() -> None:
    message, post = surely("comment"), surely("automatic_forward")

    assert message.kind == InboundKind.COMMENT
    assert message.post is not None
    assert message.post.external_id == post.external_id
    assert message.post.text == post.text == "Завтра на Садовой меняют опоры освещения."
    assert message.post.url == "https://t.me/gorod_govorit/7"
    assert message.url == "https://t.me/gorod_govorit/7?comment=12"
    assert message.thread_ids == ()
    assert message.answer_to == {"chat": "-1001000000002", "message": "12", "thread": "10"}


def test_a_comment_to_a_comment_belongs_to_the_same_post() -> None:
    message = surely("comment_to_comment")

    assert message.post is not None
    assert (message.post.external_id, message.post.text) == ("-1001000000002:10", "")
    assert message.thread_ids == ("-1001000000002:12",)
    assert message.url == "https://t.me/c/1000000002/13"
    surely("automatic_forward")
    again = surely("comment_to_comment")
    assert again.post == surely("comment").post
    assert again.url == "https://t.me/gorod_govorit/7?comment=13"


def test_an_edit_is_the_same_message_later() -> None:
    first, edited = surely("comment"), surely("edited_comment")

    assert first.external_id == edited.external_id
    assert first.version == 0
    assert edited.version // 1_000_000 == 1781000090
    assert edited.text.endswith("Темно.")


def test_parts_of_an_album_bear_one_key_and_the_largest_pictures() -> None:
    first, second = surely("album_first"), surely("album_second")

    assert first.album == second.album == "5101:13500000001"
    assert [file.content for file in (*first.files, *second.files)] == [b"large1", b"large2"]
    assert (first.text, second.text) == ("Яма во дворе, три фотографии", "")


@pytest.mark.parametrize("name", ["post", "automatic_forward", "by_anonymous_admin"])
def test_what_the_page_says_itself_is_no_message_of_a_citizen(name: str) -> None:
    message = surely(name)
    assert message.ours
    assert message.disposition == Disposition.ECHO


def test_our_own_answer_is_no_message_of_a_citizen() -> None:
    update = payload("direct")
    update["message"]["from"] = {"id": BOT, "is_bot": True, "first_name": "Отклик"}
    message = Reader(BOT, Shelf()).read(update, {})
    assert message is not None
    assert message.ours


def test_commands_and_other_bots_open_no_case() -> None:
    assert surely("start").disposition == Disposition.AUTOMATIC
    assert surely("by_another_bot").disposition == Disposition.AUTOMATIC
    citizen = surely("by_channel_of_a_citizen")
    assert citizen.disposition == Disposition.ACCEPTED
    assert citizen.sender_name == "Заметки дворника (@dvornik_notes)"
    assert read("joined") is None


def test_talk_of_groups_can_be_left_out() -> None:
    assert read("by_another_bot", only_comments=True) is None
    assert read("comment", only_comments=True) is not None
    assert read("direct", only_comments=True) is not None


def test_places_and_files_too_large_are_told_by_words() -> None:
    assert surely("location").text == "Место на карте: 55.1, 37.2"
    video = surely("large_video")
    assert not video.files
    assert video.text == (
        "Так шумит\n\n[Файл «двор.mp4» больше 20 МБ: Telegram не отдаёт такие ботам.]"
    )


def test_a_file_that_is_gone_is_told_and_one_for_later_is_waited_for() -> None:
    gone = Reader(BOT, Shelf(BadRequest("нет"))).read(payload("album_second"), {})
    assert gone is not None
    assert gone.text == "[Файл «фото-21.jpg» Telegram не отдаёт.]"
    with pytest.raises(ConnectorError):
        Reader(BOT, Shelf(Unreachable("нет связи"))).read(payload("album_second"), {})
