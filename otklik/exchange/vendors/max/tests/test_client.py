"""The client against the stand-in; bodies are judged by the published description."""

from __future__ import annotations

import json

import httpx
import pytest

from otklik.exchange.standins.failures import Trouble
from otklik.exchange.standins.max.application import MaxStandIn
from otklik.exchange.standins.max.first_state import (
    BOT_ID,
    CHANNEL,
    MARIA,
    MARIAS_DIALOGUE,
    NEIGHBOURS,
    TOKEN,
)
from otklik.exchange.standins.max.tests.judge import problems
from otklik.exchange.standins.max.world import COMMENT_EDIT
from otklik.exchange.standins.tests.pictures import picture
from otklik.exchange.vendors.http import HttpSettings, OutcomeUnknown
from otklik.exchange.vendors.max.client import Max, Target, max_bot
from otklik.exchange.vendors.max.errors import (
    BadRequest,
    Forbidden,
    MaxError,
    NotFound,
    TokenDead,
    TooLate,
    TooOften,
)

KINDS = ("message_created", "message_edited")


class Recorder(httpx.HTTPTransport):
    """Sends on and keeps what was sent."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[httpx.Request] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.sent.append(request)
        return super().handle_request(request)


def test_every_body_is_as_described(app: MaxStandIn) -> None:
    recorder = Recorder()
    with max_bot(TOKEN, HttpSettings(app.url), recorder) as bot:
        photo = bot.upload("image", "яма.jpg", picture())
        paper = bot.upload("file", "ответ.pdf", b"%PDF-1.4")
        video = bot.upload("video", "двор.mp4", b"mp4")
        said = bot.send(Target(chat_id=NEIGHBOURS), "Починим", [photo, paper, video])
        mid = said["body"]["mid"]
        bot.send(Target(chat_id=NEIGHBOURS), "В среду", reply_to=mid)
        bot.edit(mid, "Починим завтра")
        bot.edit(mid, "Починим завтра", [])
        bot.delete(mid)
        bot.subscribe("https://otklik.example.org/max", "tayna-42", KINDS)
        bot.unsubscribe("https://otklik.example.org/max")

    judged = 0
    for request in recorder.sent:
        schema = {"/messages": "NewMessageBody", "/subscriptions": "SubscriptionRequestBody"}
        name = schema.get(request.url.path)
        if name and request.method in ("POST", "PUT"):
            assert problems(name, json.loads(request.content)) == []
            judged += 1
        shown = request.headers.get("Authorization")
        assert shown == (None if request.url.path.startswith("/upload/") else TOKEN)
    assert judged == 5
    assert {call.status for call in app.calls} == {200}


def test_reading(app: MaxStandIn, bot: Max) -> None:
    post = next(iter(app.world.chats[CHANNEL].messages))
    with app.changed:
        app.citizens.look(post, 40)
        comment = app.citizens.comment(MARIA, post, "Темно").mid
        app.citizens.write(MARIA, MARIAS_DIALOGUE, "Яма", [picture()])

    assert bot.me()["user_id"] == BOT_ID
    chats, marker = bot.chats(count=2)
    assert [each["type"] for each in chats] == ["dialog", "channel"]
    assert [each["type"] for each in bot.chats(marker=marker)[0]] == ["chat"]
    assert bot.chat(CHANNEL)["title"] == "Город говорит"
    assert "write" in bot.membership(CHANNEL)["permissions"]
    assert bot.messages(CHANNEL)[0]["stat"] == {"views": 40}
    assert bot.messages_by_ids([post, "mid.gone"])[0]["body"]["mid"] == post
    assert bot.message(post)["body"]["mid"] == post
    assert [each["body"]["mid"] for each in bot.comments(post)] == [comment]
    assert bot.comment(post, comment)["body"]["text"] == "Темно"
    updates, marker = bot.updates(None, KINDS)
    photo = updates[-1]["message"]["body"]["attachments"][0]
    assert bot.download(photo["payload"]["url"]) == picture()
    assert bot.updates(marker, KINDS) == ([], marker)
    assert bot.subscriptions() == []
    assert {call.status for call in app.calls} == {200}


def test_comments_are_written_changed_and_taken_back(app: MaxStandIn, bot: Max) -> None:
    post = next(iter(app.world.chats[CHANNEL].messages))
    with app.changed:
        question = app.citizens.comment(MARIA, post, "Когда?").mid
    answer = bot.send_comment(post, "В среду.", reply_to=question)
    mid = answer["body"]["mid"]

    assert answer["link"]["message"]["mid"] == question
    bot.edit_comment(post, mid, "В четверг.")
    assert bot.comment(post, mid)["body"]["text"] == "В четверг."
    app.world.found(post)[1].comments[-1].at -= COMMENT_EDIT + 1
    with pytest.raises(TooLate, match="timeout_exceeded"):
        bot.edit_comment(post, mid, "В пятницу.")
    bot.delete_comment(post, mid)
    assert [each["body"]["mid"] for each in bot.comments(post)] == [question]


def test_a_file_still_processed_is_waited_for(app: MaxStandIn) -> None:
    waited: list[float] = []
    app.slow_files = 2
    with max_bot(TOKEN, HttpSettings(app.url), pause=waited.append) as bot:
        said = bot.send(
            Target(chat_id=NEIGHBOURS), "Вот", [bot.upload("image", "а.jpg", picture())]
        )

    assert waited == [1, 2]
    assert len(said["body"]["attachments"]) == 1


def test_each_refusal_has_its_kind(app: MaxStandIn, bot: Max) -> None:
    with pytest.raises(NotFound):
        bot.send(Target(user_id=MARIA), "Здравствуйте!")
    with pytest.raises(BadRequest, match="не та длина"):
        bot.send(Target(chat_id=NEIGHBOURS), "а" * 4001)
    with app.changed:
        app.citizens.start(MARIA)
        app.citizens.stop(MARIA)
    with pytest.raises(Forbidden, match="suspended"):
        bot.send(Target(user_id=MARIA), "Здравствуйте!")
    app.failures.order(Trouble.RATE, seconds=9)
    with pytest.raises(TooOften, match="9 с") as often:
        bot.me()
    assert often.value.retry_after == 9
    app.failures.order(Trouble.REVOKED)
    with pytest.raises(TokenDead):
        bot.me()
    with pytest.raises(MaxError, match="https"):
        bot.download("http://192.168.0.1/admin")
    with pytest.raises(ValueError, match="либо"):
        bot.send(Target(), "Кому?")


@pytest.mark.parametrize("trouble", [Trouble.LOST_REPLY, Trouble.CUT, Trouble.SLOW])
def test_a_reply_that_is_lost_is_no_failure(app: MaxStandIn, trouble: Trouble) -> None:
    app.failures.order(trouble, seconds=0.5)
    with (
        max_bot(TOKEN, HttpSettings(app.url, read_timeout=0.1)) as bot,
        pytest.raises(OutcomeUnknown) as caught,
    ):
        bot.send(Target(chat_id=NEIGHBOURS), "Дошло ли?")

    assert TOKEN not in str(caught.value)
    said = [each.text for each in app.world.chats[NEIGHBOURS].messages.values()]
    assert said == ["Дошло ли?"]
