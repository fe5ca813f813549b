"""The connector against the stand-in: reading, answering, posting, counting, probing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from otklik.exchange.channels.connectors.base import (
    AccountCard,
    ConnectorError,
    Incoming,
    NewFile,
    Parcel,
    Post,
    WebhookRefused,
    WebhookRequest,
)
from otklik.exchange.channels.connectors.max.connector import MaxConnector
from otklik.exchange.channels.connectors.max.settings import MaxSettings, hook_secret
from otklik.exchange.channels.vocabulary import Disposition, InboundKind, SendResult
from otklik.exchange.standins.failures import Trouble
from otklik.exchange.standins.max.application import MaxStandIn
from otklik.exchange.standins.max.first_state import (
    CHANNEL,
    MARIA,
    MARIAS_DIALOGUE,
    NEIGHBOURS,
    PETR,
    TOKEN,
)
from otklik.exchange.standins.max.world import Said
from otklik.exchange.standins.tests.pictures import picture

CONNECTOR = MaxConnector()
PHOTO = NewFile("опора.jpg", picture(), "image/jpeg")


def now() -> datetime:
    return datetime.now(UTC)


def fetch(card: AccountCard, cursor: Mapping[str, Any]) -> tuple[list[Incoming], Mapping[str, Any]]:
    """A visit that stored everything."""
    with CONNECTOR.fetch(card, cursor) as batch:
        taken = list(batch.messages())
        batch.confirm(taken)
        return taken, batch.end()


def answer_to(message: Incoming, text: str, files: tuple[NewFile, ...] = ()) -> Parcel:
    return Parcel(
        key="1",
        recipient=message.sender,
        subject="",
        text=text,
        moment=now(),
        files=files,
        target=message.answer_to,
    )


def first_post(app: MaxStandIn) -> Said:
    return next(iter(app.world.chats[CHANNEL].messages.values()))


def test_one_visit_brings_messages_and_comments_once(app: MaxStandIn, card: AccountCard) -> None:
    post = first_post(app)
    with app.changed:
        app.citizens.write(MARIA, MARIAS_DIALOGUE, "Яма", [picture()])
        comment = app.citizens.comment(PETR, post.mid, "Темно")
        app.citizens.comment(MARIA, post.mid, "И у нас", comment.mid)
    messages, cursor = fetch(card, {})

    told = [each for each in messages if not each.ours]
    assert [(each.kind, each.text) for each in told] == [
        (InboundKind.DIRECT, "Яма"),
        (InboundKind.COMMENT, "Темно"),
        (InboundKind.COMMENT, "И у нас"),
    ]
    assert told[0].files[0].content == picture()
    around = told[1].post
    assert around is not None
    assert (around.external_id, around.text) == (post.mid, post.text)
    assert told[1].url == around.url != ""
    assert told[2].thread_ids == (told[1].external_id,)
    assert fetch(card, cursor)[0] == []

    with app.changed:
        app.citizens.correct(PETR, comment.mid, "Темно у школы")
    again, _ = fetch(card, cursor)
    assert [(each.external_id, each.text) for each in again] == [
        (told[1].external_id, "Темно у школы")
    ]


def test_a_visit_that_broke_off_is_made_again(app: MaxStandIn, card: AccountCard) -> None:
    with app.changed:
        app.citizens.comment(PETR, first_post(app).mid, "Темно")
    with CONNECTOR.fetch(card, {}) as batch:
        assert [each.text for each in batch.messages()][-1] == "Темно"
    assert [each.text for each in fetch(card, {})[0]][-1] == "Темно"


def test_more_comments_than_a_page(app: MaxStandIn, card: AccountCard) -> None:
    post = first_post(app)
    with app.changed:
        for number in range(120):
            app.citizens.comment(PETR, post.mid, f"Вопрос {number}").at += number
    comments = [each.text for each in fetch(card, {})[0] if each.post]
    assert comments == [f"Вопрос {number}" for number in range(120)]


def test_the_answer_appears_under_the_comment(app: MaxStandIn, card: AccountCard) -> None:
    with app.changed:
        app.citizens.comment(MARIA, first_post(app).mid, "Темно")
    comment = fetch(card, {})[0][-1]

    outcome = CONNECTOR.send(card, answer_to(comment, "Починим в среду.", (PHOTO,)))

    shown = first_post(app).comments[-1]
    assert outcome.result == SendResult.SENT
    assert outcome.detail == "Текст отправлен, но не ушли файлы: опора.jpg."
    assert outcome.external_id == f"{first_post(app).mid}/{shown.mid}"
    assert (shown.text, (shown.link or {})["type"]) == ("Починим в среду.", "reply")
    assert CONNECTOR.was_sent(card, outcome.external_id)
    assert not CONNECTOR.was_sent(card, f"{first_post(app).mid}/cid.none")


def test_the_answer_appears_in_the_dialogue_with_its_photo(
    app: MaxStandIn, card: AccountCard
) -> None:
    with app.changed:
        said = app.citizens.write(MARIA, MARIAS_DIALOGUE, "Яма")
    question = next(each for each in fetch(card, {})[0] if each.text == "Яма")
    app.slow_files = 0

    outcome = CONNECTOR.send(card, answer_to(question, "Заделали.", (PHOTO,)))

    shown = list(app.world.chats[MARIAS_DIALOGUE].messages.values())[-1]
    assert (outcome.result, outcome.external_id) == (SendResult.SENT, shown.mid)
    assert len(shown.attachments or ()) == 1
    with app.changed:
        app.citizens.take_back(MARIA, said.mid)
    removed = [each for each in fetch(card, {})[0] if each.deleted]
    assert {each.external_id for each in removed} == {said.mid}
    assert CONNECTOR.send(card, answer_to(question, "Ещё раз.")).result == SendResult.SENT


@pytest.mark.parametrize(
    ("trouble", "result", "times"),
    [
        (Trouble.RATE, SendResult.POSTPONED, 0),
        (Trouble.REVOKED, SendResult.POSTPONED, 0),
        (Trouble.BROKEN, SendResult.UNKNOWN, 0),
        (Trouble.LOST_REPLY, SendResult.UNKNOWN, 1),
        (Trouble.CUT, SendResult.UNKNOWN, 1),
    ],
)
def test_troubles_are_told_apart_and_found_by_reading(
    app: MaxStandIn, card: AccountCard, trouble: Trouble, result: SendResult, times: int
) -> None:
    app.failures.order(trouble, seconds=30)
    parcel = Parcel("1", "", "", "Ответ", now(), target={"chat": str(NEIGHBOURS)})

    outcome = CONNECTOR.send(card, parcel)

    assert outcome.result == result
    assert outcome.retry_after == (30 if trouble == Trouble.RATE else 0)
    said = [each for each in app.world.chats[NEIGHBOURS].messages.values() if each.text == "Ответ"]
    assert len(said) == times
    assert CONNECTOR.find_sent(card, parcel) == (said[0].mid if said else "")


def test_a_lost_comment_of_ours_is_found_by_reading(app: MaxStandIn, card: AccountCard) -> None:
    with app.changed:
        app.citizens.comment(MARIA, first_post(app).mid, "Темно")
        app.citizens.comment(MARIA, first_post(app).mid, "Починим.")
    comment = fetch(card, {})[0][-2]
    parcel = answer_to(comment, "Починим.")
    assert CONNECTOR.find_sent(card, parcel) == ""
    app.failures.order(Trouble.CUT)
    assert CONNECTOR.send(card, parcel).result == SendResult.UNKNOWN
    assert CONNECTOR.find_sent(card, parcel).endswith(first_post(app).comments[-1].mid)


def test_files_that_did_not_go_hold_the_message_back(app: MaxStandIn, card: AccountCard) -> None:
    app.failures.order(Trouble.CUT, call="upload")
    parcel = Parcel("1", "", "", "Ответ", now(), files=[PHOTO], target={"chat": str(NEIGHBOURS)})
    outcome = CONNECTOR.send(card, parcel)
    assert (outcome.result, len(app.world.chats[NEIGHBOURS].messages)) == (
        SendResult.POSTPONED,
        0,
    )


def test_who_cannot_be_written_to_is_said_so(app: MaxStandIn, card: AccountCard) -> None:
    stranger = Parcel("1", f"max:{MARIA}", "", "Здравствуйте!", now())
    assert "не начинал с ним переписку" in CONNECTOR.send(card, stranger).detail
    assert CONNECTOR.send(card, replace(stranger, recipient="Мария")).result == SendResult.REFUSED
    with app.changed:
        app.citizens.start(MARIA)
    assert CONNECTOR.send(card, stranger).result == SendResult.SENT


def test_posts_of_the_channel_and_their_views(app: MaxStandIn, card: AccountCard) -> None:
    outcome = CONNECTOR.publish(card, Post("1", "Опоры поставлены", [PHOTO, PHOTO]))
    with app.changed:
        app.citizens.look(outcome.external_id, 340)

    assert outcome.result == SendResult.SENT
    assert outcome.url.startswith("https://max.ru/gorod_govorit/")
    told = CONNECTOR.stats(card, [outcome.external_id, "mid.gone"])
    assert [(each.external_id, each.views, each.likes) for each in told] == [
        (outcome.external_id, 340, None)
    ]
    back = [each for each in fetch(card, {})[0] if each.text == "Опоры поставлены"]
    assert [each.disposition for each in back] == [Disposition.ECHO]
    later = Post("2", "Завтра", publish_at=now() + timedelta(hours=1), moment=now())
    assert CONNECTOR.publish(card, later).result == SendResult.POSTPONED
    bare = replace(card, settings=MaxSettings(api_url=app.url))
    assert CONNECTOR.publish(bare, later).result == SendResult.REFUSED


def test_a_webhook_is_taken_from_max_alone(app: MaxStandIn, card: AccountCard) -> None:
    with app.changed:
        app.citizens.write(MARIA, MARIAS_DIALOGUE, "Яма", [picture()])
    body = json.dumps(app.world.updates[-1][1]).encode()
    assert CONNECTOR.connect_webhook(card, f"{app.url}/hooks/1/key/").works
    secret = app.world.subscriptions[0].secret
    header = {"x-max-bot-api-secret": secret}

    reply = CONNECTOR.webhook(card, WebhookRequest(body, header))

    assert secret == hook_secret(card)
    assert reply.event_id.startswith("message_created:mid.")
    assert [len(each.files) for each in CONNECTOR.read_event(card, body)] == [1]
    for wrong in ({}, {"x-max-bot-api-secret": "чужой"}):
        with pytest.raises(WebhookRefused):
            CONNECTOR.webhook(card, WebhookRequest(body, wrong))
    with pytest.raises(WebhookRefused):
        CONNECTOR.webhook(card, WebhookRequest(b"[]", header))
    with pytest.raises(ConnectorError, match="вебхук"):
        fetch(card, {})


def test_beside_a_webhook_comments_are_still_read(app: MaxStandIn, card: AccountCard) -> None:
    hooked = replace(card, settings=card.settings.model_copy(update={"by_webhook": True}))
    with pytest.raises(ConnectorError, match="адреса"):
        fetch(hooked, {})
    CONNECTOR.connect_webhook(hooked, f"{app.url}/nobody")
    with app.changed:
        app.citizens.comment(MARIA, first_post(app).mid, "Темно")
        app.citizens.write(PETR, NEIGHBOURS, "Снег")
    assert [each.text for each in fetch(hooked, {})[0]] == ["Темно"]


def test_each_right_is_named_with_its_mend(app: MaxStandIn, card: AccountCard) -> None:
    found = CONNECTOR.probe(card)
    assert found.works
    assert [each.right for each in found.findings] == [
        "войти с токеном бота",
        "забирать сообщения опросом",
        "видеть канал «Город говорит»",
        "публиковать и отвечать в канале",
        "читать комментарии под публикациями",
        "читать статистику публикаций",
    ]
    assert not any(each.problem for each in found.findings)
    app.world.chats[CHANNEL].permissions = ("write",)
    lacking = [each for each in CONNECTOR.probe(card).findings if each.problem]
    assert [each.right for each in lacking] == [
        "читать комментарии под публикациями",
        "читать статистику публикаций",
    ]
    assert "«Читать все сообщения»" in lacking[0].mend
    assert fetch(card, {})[1]["comments"] == {}
    unknown = replace(card, settings=MaxSettings(api_url=app.url))
    assert CONNECTOR.probe(unknown).findings[-1].right.endswith(f"его номер {CHANNEL}")
    app.failures.order(Trouble.REVOKED)
    assert "Получить токен" in CONNECTOR.probe(card).findings[0].mend
    assert not CONNECTOR.probe(replace(card, secret={})).works
    no_root = MaxSettings(api_url=app.url, ca_file="/нет/root.pem")
    assert (
        "Нет файла корневого сертификата"
        in CONNECTOR.probe(AccountCard(no_root, {"token": TOKEN})).problem
    )


def test_what_cannot_be_understood_waits_for_a_person(app: MaxStandIn, card: AccountCard) -> None:
    with app.changed:
        broken = {"update_type": "message_created", "timestamp": 1, "message": {}}
        app.world.updates = [(5, broken)]
    messages, cursor = fetch(card, {})
    assert [each.disposition for each in messages] == [Disposition.UNREADABLE]
    assert cursor["marker"] == 6
