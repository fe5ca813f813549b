"""Signed messages of other systems: once, whole, unchanged by repeats, and answered."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from otklik.base import clock
from otklik.casework.appeals.actions import NewAppeal
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Regime, Status
from otklik.casework.intake.actions import take, take_message
from otklik.casework.replies.actions import send_reply
from otklik.casework.replies.actions.send import note_delivery
from otklik.casework.replies.models import Reply
from otklik.exchange.channels.actions import deliver, export_answers, set_up_account
from otklik.exchange.channels.models import ChannelAccount, InboundMessage
from otklik.records.attachments.models import Attachment
from otklik.records.journal.models import Entry, PersonalRead
from otklik.web.api.tests.conftest import Place, sign

KEY = "ключ-колл-центра-2026"
CALL = {
    "id": "К-1",
    "at": "2026-03-05T10:00:00+03:00",
    "phone": "+7 900 000-11-22",
    "name": "Иванова Мария Петровна",
    "text": "На улице Садовой большая яма",
    "operator": "Оператор 7",
    "recording": "https://calls.test/1.mp3",
}
MESSAGE = {
    "id": "АГ-77",
    "at": "2026-03-05T10:00:00+03:00",
    "text": "Во дворе не горит фонарь",
    "author": {"name": "Петров Иван Ильич", "email": "petrov@example.test"},
    "address": "Лесное, улица Мира, 3",
    "url": "https://region.test/77",
}


@pytest.fixture(autouse=True)
def later() -> Iterator[None]:
    with clock.frozen(datetime.fromisoformat("2026-03-05T10:05:00+03:00")):
        yield


def now() -> int:
    return int(clock.now().timestamp())


def connect(place: Place, kind: str, key: str = KEY, title: str = "Канал") -> ChannelAccount:
    return set_up_account(
        access=place.system, kind=kind, title=title, secret={"webhook_key": key},
        basis="решение руководителя от 02.03.2026",
    )  # fmt: skip


def send(path: str, content: object, *, key: str = KEY, at: int | None = None) -> Any:
    body = json.dumps(content, ensure_ascii=False).encode()
    headers = sign(key, body, now() if at is None else at)
    return Client().post(
        quote(f"/api/intake/{path}"), body, content_type="application/json", headers=headers
    )


def ask(path: str, key: str = KEY) -> Any:
    url = quote(f"/api/intake/{path}")
    response = Client().get(url, headers=sign(key, url.encode(), now()))
    return json.loads(response.content) if response.status_code == 200 else response.status_code


def taken() -> Appeal:
    """What the worker makes of the newest message."""
    message = InboundMessage.objects.latest("id")
    case = take_message(message_id=message.pk)
    assert case
    return case


@pytest.mark.parametrize("times", [1, 4])
def test_a_call_becomes_a_case_once(place: Place, times: int) -> None:
    connect(place, "hotline122")
    answers = [send("call", CALL) for _ in range(times)]
    assert [one.status_code for one in answers] == [202] + [200] * (times - 1)
    assert InboundMessage.objects.count() == 1
    case = taken()
    assert taken().pk == case.pk
    assert (case.channel, case.regime) == ("hotline122", "hotline")
    assert case.applicant.phone == "+7 900 000-11-22"
    assert case.applicant.name == "Иванова Мария Петровна"
    assert case.received_at == datetime.fromisoformat("2026-03-05T10:00:00+03:00")
    assert "https://calls.test/1.mp3" in case.text
    stored = InboundMessage.objects.get()
    assert stored.details["operator"] == "Оператор 7"
    assert json.loads(stored.original) == CALL


def test_an_edit_is_a_revision_and_an_old_text_sent_again_is_not(place: Place) -> None:
    connect(place, "hotline122")
    assert send("call", CALL, at=now() - 20).status_code == 202
    case = taken()
    changed = {**CALL, "text": "На улице Садовой две ямы"}
    edited = send("call", changed, at=now() - 10)
    assert json.loads(edited.content)["revision"] == 2
    assert taken().pk == case.pk
    # Somebody who has overheard the first request repeats it word for word.
    send("call", CALL, at=now() - 20)
    assert InboundMessage.objects.filter(disposition="accepted").count() == 2
    assert ask("hotline122/К-1")["revision"] == 2
    assert Appeal.objects.count() == 1


@pytest.mark.clause("tuapse:3.1.7")
def test_active_citizen_sends_messages_and_reads_the_answers(place: Place) -> None:
    connect(place, "active_citizen", title="Активный гражданин")
    photo = {"name": "фонарь.txt", "content": base64.b64encode(b"light").decode()}
    response = send("message/active_citizen", {**MESSAGE, "files": [photo]})
    assert response.status_code == 202
    assert ask("active_citizen/АГ-77")["case"] is None
    case = taken()
    assert (case.channel, case.place) == ("active_citizen", "Лесное, улица Мира, 3")
    assert case.applicant.email == "petrov@example.test"
    assert Attachment.objects.get().file_name == "фонарь.txt"
    told = ask("active_citizen/АГ-77")
    assert told["case"]["number"] == case.number
    assert told["answers"] == []
    assert not PersonalRead.objects.exists()
    reply = answer(place, case, "Фонарь починили 4 марта.")
    assert [one["text"] for one in ask("active_citizen/АГ-77")["answers"]] == [
        "Фонарь починили 4 марта."
    ]
    assert PersonalRead.objects.get().case_ids == [case.pk]
    file = export_answers(access=place.system, kind="active_citizen", form="csv")
    assert '"АГ-77";"Фонарь починили 4 марта."' in file.content.decode("utf-8-sig")
    url = {"url": "https://region.test/77#answer"}
    shown = [send("placement/active_citizen/АГ-77", url) for _ in range(2)]
    assert [json.loads(one.content)["placed"] for one in shown] == [1, 0]
    note_delivery(outbound_id=reply.outbound_id or 0)
    assert ask("active_citizen/АГ-77")["case"]["status"] == "answered"
    assert "https://region.test/77#answer" in Entry.objects.get(name="MessagePublished").sentence


def answer(place: Place, case: Appeal, text: str) -> Reply:
    """A signed answer leaves the house; where it goes is for the channel."""
    reply = Reply.objects.create(
        appeal=case, status="signed", text=text, author_label="Служба", revision=1,
        created_at=clock.now(), signed_at=clock.now(), signed_label="Глава",
    )  # fmt: skip
    Appeal.objects.filter(pk=case.pk).update(status=Status.APPROVED)
    sent = send_reply(access=place.system, reply_id=reply.pk, undo=timedelta(0))
    deliver(sent.outbound_id or 0)
    return sent


def test_a_message_that_came_by_file_before_is_the_same_case(place: Place) -> None:
    connect(place, "active_citizen")
    known = take(
        access=place.system,
        new=NewAppeal(
            regime=Regime.PORTAL, channel=Channel.ACTIVE_CITIZEN, text="Фонарь",
            received_at=clock.now(), external_system="active_citizen", external_number="АГ-77",
        ),
    )  # fmt: skip
    assert send("message/active_citizen", MESSAGE).status_code == 202
    assert taken().pk == known.pk
    assert ask("active_citizen/АГ-77")["case"]["number"] == known.number
    assert send("placement/active_citizen/АГ-78", {}).status_code == 404


@pytest.mark.clause("ust-kubinsky:4.7.3")
def test_a_further_system_is_connected_by_its_settings_alone(place: Place) -> None:
    connect(place, "other", title="Портал области")
    assert "решение руководителя" in Entry.objects.get(name="ChannelSetUp").sentence
    assert send("message/other", MESSAGE).status_code == 202
    assert taken().channel == "other"


def test_the_key_tells_which_centre_is_meant(place: Place) -> None:
    from otklik.directory.organisation.models import Municipality
    from otklik.directory.organisation.rules import Access

    other = Municipality.objects.create(
        slug="drugoy", name="Другой округ", short_name="Другой", kind="settlement", region="Край"
    )
    connect(place, "hotline122")
    set_up_account(
        access=Access.system(other.pk), kind="hotline122", title="122",
        secret={"webhook_key": "другой-ключ-подписи"},
    )  # fmt: skip
    assert send("call", CALL, key="другой-ключ-подписи").status_code == 202
    assert InboundMessage.objects.get().municipality_id == other.pk
    assert ask("hotline122/К-1") == 404
    assert ask("hotline122/К-1", key="другой-ключ-подписи")["id"] == "К-1"


def test_what_is_not_signed_now_by_a_known_key_stays_outside(place: Place) -> None:
    account = connect(place, "hotline122")
    connect(place, "active_citizen", key="короткий", title="Короткий ключ")
    body = json.dumps(CALL).encode()
    good = sign(KEY, body, now())
    stale = sign(KEY, body, now() - 600)
    ahead = sign(KEY, body, now() + 600)
    moved = {**good, "X-Otklik-Timestamp": str(now() - 5)}
    for headers in ({}, {"X-Otklik-Timestamp": "вчера"}, stale, ahead, moved):
        response = Client().post("/api/intake/call", body, "application/json", headers=headers)
        assert response.status_code == 401
        assert json.loads(response.content)["error"]["mend"]
    tampered = Client().post(
        "/api/intake/call", body.replace(b"1", b"2"), "application/json", headers=good
    )
    assert tampered.status_code == 401
    assert send("call", CALL, key="чужой-ключ-подписи").status_code == 401
    assert send("message/active_citizen", MESSAGE, key="короткий").status_code == 401
    assert send("message/email", MESSAGE).status_code == 404
    assert send("message/pigeon", MESSAGE).status_code == 404
    ChannelAccount.objects.filter(pk=account.pk).update(enabled=False)
    assert send("call", CALL).status_code == 401
    assert not InboundMessage.objects.exists()


def test_a_signature_of_one_question_does_not_answer_another(place: Place) -> None:
    connect(place, "hotline122")
    send("call", CALL)
    headers = sign(KEY, b"/api/intake/hotline122/X", now())
    assert Client().get("/api/intake/hotline122/К-1", headers=headers).status_code == 401


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"id": ""}, "id"),
        ({"at": "2026-03-05T10:00:00"}, "at"),
        ({"at": "2026-03-06T10:00:00+03:00"}, "at"),
        ({"text": "  "}, "text"),
        ({"recording": "javascript:alert(1)"}, "recording"),
        ({"phone": 8900}, "phone"),
    ],
)
def test_wrong_fields_of_a_call_are_named(
    place: Place, change: dict[str, object], field: str
) -> None:
    connect(place, "hotline122")
    refused = send("call", {**CALL, **change})
    assert refused.status_code == 422
    assert [one["field"] for one in json.loads(refused.content)["error"]["fields"]] == [field]


def test_a_file_that_is_no_base64_or_a_half_point_is_refused(place: Place) -> None:
    connect(place, "other")
    bad = {**MESSAGE, "files": [{"name": "а.jpg", "content": "*"}]}
    assert send("message/other", bad).status_code == 422
    assert send("message/other", {**MESSAGE, "lat": 59.0}).status_code == 422
    assert send("message/other", {**MESSAGE, "lat": 59.0, "lon": 39.0}).status_code == 202
    assert (taken().lat, taken().lon) == (59.0, 39.0)
