"""Webhooks come with their secret until they are taken; the page writes as a citizen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from werkzeug.wrappers import Request, Response

from otklik.exchange.standins.base import StandIn
from otklik.exchange.standins.serving import served
from otklik.exchange.standins.telegram.application import TelegramStandIn
from otklik.exchange.standins.telegram.first_state import (
    CHANNEL,
    DISCUSSION,
    MARIA,
    PETR,
    TOKEN,
)
from otklik.exchange.standins.telegram.schema import faults_of_call, faults_of_result
from otklik.exchange.standins.tests.pictures import picture


class Receiver(StandIn):
    def set_up(self) -> None:
        self.refuse = 0
        self.received: list[dict[str, Any]] = []
        self.secrets: set[str | None] = set()
        self.route("POST", "/hook", self.hook, call="hook")

    def hook(self, request: Request) -> Response:
        self.secrets.add(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        if self.refuse:
            self.refuse -= 1
            return Response(status=500)
        self.received.append(request.get_json())
        return Response(status=200)


@contextmanager
def hooked(app: TelegramStandIn) -> Iterator[Receiver]:
    with served(Receiver()) as receiver:
        call(app, "setWebhook", url=f"{receiver.url}/hook", secret_token="tayna-42")
        app.deliveries.again_after = 0.01
        yield receiver


def call(app: TelegramStandIn, method: str, **values: object) -> Any:
    told = httpx.post(f"{app.url}/bot{TOKEN}/{method}", json=values).json()
    assert told["ok"], told
    assert faults_of_result(method, told["result"]) == []
    return told["result"]


def test_the_webhook_gets_everything_until_it_takes_it(app: TelegramStandIn) -> None:
    with hooked(app) as receiver:
        assert app.deliveries.flush()
        receiver.refuse = 2
        with app.changed:
            app.citizens.comment(MARIA, CHANNEL, 1, "Темно")
        assert app.deliveries.flush()

        assert receiver.secrets == {"tayna-42"}
        assert [each["message"]["text"] for each in receiver.received[-1:]] == ["Темно"]
        info = call(app, "getWebhookInfo")
        assert info["pending_update_count"] == 0
        assert "500" in info["last_error_message"]


def test_parts_of_an_album_can_come_late(app: TelegramStandIn) -> None:
    app.telling.hold_albums = True
    with app.changed:
        app.citizens.write(MARIA, DISCUSSION, "Двор", [picture(), picture(), picture()])
    waiting = call(app, "getUpdates")
    assert len([each for each in waiting if "photo" in each.get("message", {})]) == 1

    with app.changed:
        app.telling.release()
    told = [each.get("message", {}) for each in call(app, "getUpdates")]
    parts = [each for each in told if "photo" in each]
    assert len(parts) == 3
    assert len({each["media_group_id"] for each in parts}) == 1


@pytest.mark.parametrize(
    ("method", "values", "problem"),
    [
        ("sendMessage", {"chat_id": 1}, "нет обязательного поля text"),
        ("sendMessage", {"chat_id": 1, "text": 5}, "нужен String"),
        ("sendMessage", {"chat_id": 1, "text": "?", "reply_to": 4}, "лишнее поле reply_to"),
        (
            "sendMessage",
            {"chat_id": 1, "text": "?", "reply_parameters": {"message": 4}},
            "лишнее поле message",
        ),
        ("sendMediaGroup", {"chat_id": 1, "media": [{"type": "photo"}]}, "поля media"),
    ],
)
def test_wrong_parameters_are_refused(
    app: TelegramStandIn, method: str, values: dict[str, object], problem: str
) -> None:
    assert any(problem in each for each in faults_of_call(method, values))
    told = httpx.post(f"{app.url}/bot{TOKEN}/{method}", json=values)
    assert told.status_code == 400
    assert problem in told.json()["description"]


def test_one_writes_answers_and_corrects_on_the_page(app: TelegramStandIn) -> None:
    def act(**fields: object) -> httpx.Response:
        return httpx.post(f"{app.url}/standin/act", data=fields, follow_redirects=True)

    photos = {"photos": ("яма.jpg", picture(), "image/jpeg")}
    httpx.post(
        f"{app.url}/standin/act",
        data={"act": "write", "person": PETR, "chat": PETR, "text": "Яма <b>на</b> Лесной"},
        files=photos,
    )
    act(act="write", person=MARIA, chat=DISCUSSION, text="Темно", reply_to=1)
    page = act(act="correct", person=MARIA, chat=DISCUSSION, message=2, text="Очень темно").text

    assert "Яма &lt;b&gt;на&lt;/b&gt; Лесной" in page
    assert "Очень темно" in page
    assert "ответ на № 1, исправлено" in page
    shown = re.search(r'src="(/standin/file/[^"]+)"', page)
    assert shown
    assert httpx.get(app.url + shown[1]).content == picture()
    refused = act(act="correct", person=PETR, chat=DISCUSSION, message=2, text="?")
    assert refused.status_code == 400
