"""The client against the stand-in, which refuses whatever the specification does not know."""

from __future__ import annotations

import httpx
import pytest

from otklik.exchange.standins.failures import Trouble
from otklik.exchange.standins.telegram.application import TelegramStandIn
from otklik.exchange.standins.telegram.first_state import (
    BOT_ID,
    CHANNEL,
    DISCUSSION,
    MARIA,
    NEIGHBOURS,
    PETR,
    TOKEN,
)
from otklik.exchange.standins.telegram.schema import faults_of_call
from otklik.exchange.standins.tests.pictures import picture
from otklik.exchange.vendors.http import HttpSettings, OutcomeUnknown, ServiceError
from otklik.exchange.vendors.telegram.client import Photo, Telegram, telegram
from otklik.exchange.vendors.telegram.errors import (
    BadRequest,
    ChatMoved,
    Forbidden,
    TakenByAnother,
    TokenDead,
    TooOften,
)

PHOTO = Photo("яма.jpg", picture())
KINDS = ("message", "edited_message", "channel_post")


def test_every_method_is_called_as_the_specification_says(
    app: TelegramStandIn, bot: Telegram
) -> None:
    said = bot.send_message(DISCUSSION, "В среду.", reply_to=1)
    bot.edit_message_text(DISCUSSION, said["message_id"], "В четверг.")
    bot.delete_message(DISCUSSION, said["message_id"])
    shown = bot.send_photo(CHANNEL, PHOTO, "Сделано")
    bot.edit_message_caption(CHANNEL, shown["message_id"], "Сделано к сроку")
    album = bot.send_media_group(CHANNEL, [PHOTO, PHOTO], "Было и стало")
    assert len(album) == 2
    paper = bot.send_document(DISCUSSION, Photo("акт.pdf", b"%PDF-1.4", "application/pdf"), 1)
    assert bot.download(paper["document"]["file_id"]) == b"%PDF-1.4"
    assert bot.download(shown["photo"][-1]["file_id"]) == PHOTO.content
    assert bot.get_me()["id"] == BOT_ID
    assert bot.get_chat(CHANNEL)["linked_chat_id"] == DISCUSSION
    assert bot.get_chat_member(CHANNEL, BOT_ID)["can_post_messages"] is True
    assert bot.get_chat_member_count(CHANNEL) == 3
    assert len(bot.get_chat_administrators(CHANNEL)) == 1
    bot.set_webhook(f"{app.url}/nobody", "tayna", KINDS)
    assert bot.get_webhook_info()["url"] == f"{app.url}/nobody"
    bot.delete_webhook()
    assert isinstance(bot.get_updates(None, KINDS), list)

    assert {call.status for call in app.calls} == {200}
    assert len({call.name for call in app.calls}) == 18


def test_updates_are_confirmed_by_the_offset(app: TelegramStandIn, bot: Telegram) -> None:
    with app.changed:
        app.citizens.write(PETR, PETR, "Раз")
        app.citizens.write(PETR, PETR, "Два")
    updates = bot.get_updates(None, KINDS)
    last = updates[-1]["update_id"]

    assert [each["message"]["text"] for each in updates[-2:]] == ["Раз", "Два"]
    assert bot.get_updates(last, KINDS) == updates[-1:]
    assert bot.get_updates(last + 1, KINDS) == []
    assert bot.get_updates(None, KINDS) == []


def test_each_refusal_has_its_kind(app: TelegramStandIn, bot: Telegram) -> None:
    with pytest.raises(Forbidden, match="initiate"):
        bot.send_message(MARIA, "Здравствуйте!")
    with pytest.raises(BadRequest, match="chat not found"):
        bot.send_message(404, "?")
    with app.changed:
        app.talk.move(app.world.chats[NEIGHBOURS], -1001000000099)
    with pytest.raises(ChatMoved) as moved:
        bot.send_message(NEIGHBOURS, "?")
    assert moved.value.chat_id == -1001000000099
    app.failures.order(Trouble.RATE, seconds=17)
    with pytest.raises(TooOften, match="17 с") as often:
        bot.get_me()
    assert often.value.retry_after == 17
    app.failures.order(Trouble.REVOKED)
    with pytest.raises(TokenDead, match="BotFather"):
        bot.get_me()
    bot.set_webhook(f"{app.url}/nobody", "tayna", KINDS)
    with pytest.raises(TakenByAnother):
        bot.get_updates(None, KINDS)


@pytest.mark.parametrize("trouble", [Trouble.LOST_REPLY, Trouble.CUT, Trouble.SLOW])
def test_a_reply_that_is_lost_is_no_failure(app: TelegramStandIn, trouble: Trouble) -> None:
    app.failures.order(trouble, seconds=0.5)
    with (
        telegram(TOKEN, HttpSettings(app.url, read_timeout=0.1)) as bot,
        pytest.raises(OutcomeUnknown),
    ):
        bot.send_message(DISCUSSION, "Дошло ли?")

    said = [each.get("text") for each in app.world.chats[DISCUSSION].messages.values()]
    assert said.count("Дошло ли?") == 1


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, text="<html>вход в сеть</html>"),
        httpx.Response(200, json=["не то"]),
        httpx.Response(200, json={"ok": True, "result": 5}),
        httpx.Response(503, text=""),
    ],
)
def test_what_is_no_answer_of_telegram_is_not_taken_for_one(answer: httpx.Response) -> None:
    transport = httpx.MockTransport(lambda request: answer)
    with telegram(TOKEN, transport=transport) as bot, pytest.raises(OutcomeUnknown) as caught:
        bot.send_message(1, "?")

    assert TOKEN not in str(caught.value)


def test_a_foreign_token_is_told(app: TelegramStandIn) -> None:
    with (
        telegram("1:chuzhoy", HttpSettings(app.url)) as bot,
        pytest.raises(ServiceError) as caught,
    ):
        bot.get_me()
    assert isinstance(caught.value, TokenDead)
    assert "chuzhoy" not in str(caught.value)


def test_a_picture_alone_is_no_album(bot: Telegram) -> None:
    with pytest.raises(ValueError, match="от 2 до 10"):
        bot.send_media_group(CHANNEL, [PHOTO])


def test_the_judge_itself_refuses_what_is_wrong() -> None:
    assert faults_of_call("sendMessage", {"chat_id": 1, "text": "?"}) == []
    assert faults_of_call("sendMessage", {"chat_id": True, "text": "?"}) != []
    assert faults_of_call("sendPhoto", {"chat_id": 1}, ["photo"]) == []
    assert faults_of_call("sendPhoto", {"chat_id": 1}) != []
