"""The stand-in keeps to the published description and to the customs of MAX."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest

from otklik.exchange.standins.max.application import MaxStandIn
from otklik.exchange.standins.max.first_state import (
    CHANNEL,
    MARIA,
    MARIAS_DIALOGUE,
    NEIGHBOURS,
    PETR,
    PETRS_DIALOGUE,
    TOKEN,
)
from otklik.exchange.standins.max.schema import faults_of
from otklik.exchange.standins.max.tests.judge import problems
from otklik.exchange.standins.max.world import COMMENT_EDIT, DIALOGUE_EDIT
from otklik.exchange.standins.tests.pictures import picture

KNOWN = {"Authorization": TOKEN}


def ask(app: MaxStandIn, method: str, path: str, **extra: Any) -> httpx.Response:
    return httpx.request(method, app.url + path, headers=KNOWN, timeout=10, **extra)


def test_every_update_and_answer_is_as_described(app: MaxStandIn) -> None:
    with app.changed:
        app.citizens.start(PETR)
        said = app.citizens.write(MARIA, MARIAS_DIALOGUE, "Яма", [picture()])
        app.citizens.write(PETR, NEIGHBOURS, "И у нас", reply_to="")
        app.citizens.correct(MARIA, said.mid, "Большая яма")
        app.citizens.write(MARIA, MARIAS_DIALOGUE, "Вот эта", reply_to=said.mid)
        app.citizens.take_back(MARIA, said.mid)
        app.citizens.post(CHANNEL, "Опоры поставлены", [picture()])
        app.citizens.stop(PETR)

    told = ask(app, "GET", "/updates", params={"timeout": 0}).json()

    assert {each["update_type"] for each in told["updates"]} == {
        "bot_started",
        "message_created",
        "message_edited",
        "message_removed",
        "bot_stopped",
    }
    assert problems("UpdateList", told) == []
    for each in told["updates"]:
        assert problems("Update", each) == []
        assert faults_of("Update", each) == []
    for path, schema in (
        ("/me", "User"),
        ("/chats", "ChatList"),
        (f"/chats/{CHANNEL}", "Chat"),
        (f"/chats/{CHANNEL}/members/me", "ChatMember"),
        (f"/messages?chat_id={CHANNEL}", "MessageList"),
        ("/subscriptions", "GetSubscriptionsResult"),
    ):
        assert problems(schema, ask(app, "GET", path).json()) == [], path


def test_polling_goes_by_the_marker_and_is_silent_beside_a_webhook(app: MaxStandIn) -> None:
    with app.changed:
        app.citizens.write(MARIA, NEIGHBOURS, "Раз")
    first = ask(app, "GET", "/updates", params={"timeout": 0}).json()
    again = ask(app, "GET", "/updates", params={"timeout": 0}).json()
    assert first == again
    after = {"timeout": 0, "marker": first["marker"]}
    assert ask(app, "GET", "/updates", params=after).json()["updates"] == []

    hook = {"url": f"{app.url}/nobody", "secret": "tayna-42"}
    assert ask(app, "POST", "/subscriptions", json=hook).json() == {"success": True}
    with app.changed:
        app.citizens.write(MARIA, NEIGHBOURS, "Два")
    assert ask(app, "GET", "/updates", params=after).json()["updates"] == []


@pytest.mark.parametrize(
    ("method", "path", "body", "code"),
    [
        ("POST", f"/messages?chat_id={NEIGHBOURS}", {"text": "а" * 4001}, "proto.payload"),
        ("POST", f"/messages?chat_id={NEIGHBOURS}", {"text": "а", "reply": 1}, "proto.payload"),
        ("POST", "/messages", {"text": "а"}, "proto.payload"),
        ("POST", "/messages?chat_id=много", {"text": "а"}, "proto.payload"),
        ("POST", f"/messages?chat_id={NEIGHBOURS}&to=1", {"text": "а"}, "proto.payload"),
        ("POST", "/uploads?type=photo", None, "proto.payload"),
        ("POST", "/subscriptions", {"url": "http://example.org"}, "proto.payload"),
        (
            "POST",
            f"/messages?chat_id={NEIGHBOURS}",
            {"text": "а", "attachments": [{"type": "image", "payload": {"token": "чужой"}}]},
            "proto.payload",
        ),
    ],
)
def test_wrong_requests_are_refused(
    app: MaxStandIn, method: str, path: str, body: object, code: str
) -> None:
    told = ask(app, method, path, json=body)
    assert (told.status_code, told.json()["code"]) == (400, code)
    assert problems("Error", told.json()) == []


def test_the_token_stands_in_the_header_alone(app: MaxStandIn) -> None:
    for headers in ({}, {"Authorization": f"Bearer {TOKEN}"}):
        told = httpx.get(f"{app.url}/me", params={"access_token": TOKEN}, headers=headers)
        assert told.status_code == 401


def test_old_words_cannot_be_changed(app: MaxStandIn) -> None:
    post = next(iter(app.world.chats[CHANNEL].messages))
    with app.changed:
        app.citizens.start(MARIA)
    to = {"chat_id": MARIAS_DIALOGUE}
    said = ask(app, "POST", "/messages", params=to, json={"text": "А"}).json()["message"]
    comment = ask(app, "POST", f"/messages/{post}/comments", json={"text": "Б"}).json()["message"]
    dialogue = app.world.chats[MARIAS_DIALOGUE].messages[said["body"]["mid"]]
    dialogue.at -= DIALOGUE_EDIT + 1
    app.world.chats[CHANNEL].messages[post].comments[0].at -= COMMENT_EDIT + 1

    edit = {"message_id": said["body"]["mid"]}
    assert not ask(app, "PUT", "/messages", params=edit, json={"text": "В"}).json()["success"]
    told = ask(
        app,
        "PUT",
        f"/messages/{post}/comments",
        params={"comment_id": comment["body"]["mid"]},
        json={"text": "В"},
    )
    assert (told.status_code, told.json()["code"]) == (422, "comments.timeout_exceeded")


def test_one_writes_comments_and_corrects_on_the_page(app: MaxStandIn) -> None:
    post = next(iter(app.world.chats[CHANNEL].messages))

    def act(**fields: object) -> httpx.Response:
        return httpx.post(f"{app.url}/standin/act", data=fields, follow_redirects=True)

    httpx.post(
        f"{app.url}/standin/act",
        data={"act": "write", "person": PETR, "chat": PETRS_DIALOGUE, "text": "Яма <b>тут</b>"},
        files={"photos": ("яма.jpg", picture(), "image/jpeg")},
    )
    act(act="comment", person=MARIA, chat=CHANNEL, message=post, text="Темно")
    mid = app.world.chats[CHANNEL].messages[post].comments[0].mid
    page = act(act="correct", person=MARIA, chat=CHANNEL, message=mid, text="Очень темно").text

    assert "Яма &lt;b&gt;тут&lt;/b&gt;" in page
    assert "Очень темно" in page
    shown = re.search(r'src="(/standin/file/\d+)"', page)
    assert shown
    assert httpx.get(app.url + shown[1]).content == picture()
