"""The connector against the stand-in: reading, answering, posting, probing."""

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
from otklik.exchange.channels.connectors.telegram.connector import TelegramConnector
from otklik.exchange.channels.connectors.telegram.settings import TelegramSettings, hook_secret
from otklik.exchange.channels.vocabulary import Ability, Disposition, SendResult
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
from otklik.exchange.standins.tests.pictures import picture

CONNECTOR = TelegramConnector()
NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
PHOTO = NewFile("опора.jpg", picture(), "image/jpeg")


def fetch(card: AccountCard, cursor: Mapping[str, Any]) -> tuple[list[Incoming], Mapping[str, Any]]:
    with CONNECTOR.fetch(card, cursor) as batch:
        return list(batch.messages()), batch.end()


def answer_to(message: Incoming, text: str, files: tuple[NewFile, ...] = ()) -> Parcel:
    return Parcel(
        key="1",
        recipient=message.sender,
        subject="",
        text=text,
        moment=NOW,
        files=files,
        target=message.answer_to,
    )


def said_in(app: TelegramStandIn, chat: int) -> list[dict[str, Any]]:
    return list(app.world.chats[chat].messages.values())


def test_polling_takes_everything_once_and_keeps_its_place(
    app: TelegramStandIn, card: AccountCard
) -> None:
    with app.changed:
        app.citizens.comment(MARIA, CHANNEL, 1, "Темно")
        app.citizens.write(PETR, PETR, "Яма", [picture(), picture()])
    first, cursor = fetch(card, {})

    assert [each.text for each in first if not each.ours] == ["Темно", "Яма", ""]
    assert first[-1].cursor == cursor
    assert all(each.files for each in first[-2:])
    with app.changed:
        said = app.citizens.write(PETR, PETR, "И ещё")[0]
        app.citizens.correct(PETR, PETR, said["message_id"], "И ещё одна")
    second, cursor = fetch(card, cursor)
    assert [(each.text, bool(each.version)) for each in second] == [
        ("И ещё", False),
        ("И ещё одна", True),
    ]
    assert fetch(card, cursor) == ([], cursor)


def test_more_than_one_page_is_read_in_one_visit(app: TelegramStandIn, card: AccountCard) -> None:
    with app.changed:
        for number in range(250):
            app.citizens.write(PETR, PETR, f"Вопрос {number}")
    messages, _ = fetch(card, {})
    assert [each.text for each in messages[-250:]] == [f"Вопрос {each}" for each in range(250)]


def test_what_cannot_be_understood_waits_for_a_person(
    app: TelegramStandIn, card: AccountCard
) -> None:
    with app.changed:
        app.world.bots[TOKEN].updates = [{"update_id": 5, "message": {"message_id": 1}}]
    messages, cursor = fetch(card, {})

    assert [each.disposition for each in messages] == [Disposition.UNREADABLE]
    assert json.loads(messages[0].raw)["update_id"] == 5
    assert cursor == {"offset": 6}


def test_the_answer_appears_under_the_comment(app: TelegramStandIn, card: AccountCard) -> None:
    with app.changed:
        app.citizens.comment(MARIA, CHANNEL, 1, "Темно")
    comment = fetch(card, {})[0][-1]

    outcome = CONNECTOR.send(card, answer_to(comment, "Починим в среду.", (PHOTO,)))

    shown = said_in(app, DISCUSSION)[-1]
    assert outcome.result == SendResult.SENT
    assert outcome.external_id == f"{DISCUSSION}:{shown['message_id']}"
    assert (shown["caption"], shown["message_thread_id"]) == ("Починим в среду.", 1)
    assert shown["reply_to_message"]["text"] == "Темно"
    assert CONNECTOR.capabilities.can(Ability.REPLY_COMMENT)


def test_an_answer_to_what_was_taken_away_stays_under_the_post(
    app: TelegramStandIn, card: AccountCard
) -> None:
    with app.changed:
        said = app.citizens.comment(MARIA, CHANNEL, 1, "Темно")[0]
    comment = fetch(card, {})[0][-1]
    with app.changed:
        app.citizens.take_back(MARIA, DISCUSSION, said["message_id"])

    assert CONNECTOR.send(card, answer_to(comment, "Починим.")).result == SendResult.SENT
    assert said_in(app, DISCUSSION)[-1]["reply_to_message"]["is_automatic_forward"]


def test_long_words_with_papers_go_before_their_files(
    app: TelegramStandIn, card: AccountCard
) -> None:
    with app.changed:
        app.citizens.write(PETR, PETR, "Где отчёт?")
    question = fetch(card, {})[0][-1]
    paper = NewFile("отчёт.pdf", b"%PDF-1.4", "application/pdf")
    app.failures.order(Trouble.BROKEN, call="sendDocument")

    outcome = CONNECTOR.send(card, answer_to(question, "Отчёт. " * 200, (PHOTO, PHOTO, paper)))

    assert outcome.result == SendResult.SENT
    assert outcome.detail == "Текст отправлен, но не ушли файлы: отчёт.pdf."
    kinds = ["photo" if "photo" in each else "text" for each in said_in(app, PETR)[1:]]
    assert kinds == ["text", "photo", "photo"]


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
def test_troubles_are_told_apart(
    app: TelegramStandIn, card: AccountCard, trouble: Trouble, result: SendResult, times: int
) -> None:
    app.failures.order(trouble, seconds=30)
    parcel = Parcel("1", "", "", "Ответ", NOW, target={"chat": str(DISCUSSION)})

    outcome = CONNECTOR.send(card, parcel)

    assert outcome.result == result
    assert outcome.retry_after == (30 if trouble == Trouble.RATE else 0)
    assert TOKEN not in outcome.detail
    said = [each.get("text") for each in said_in(app, DISCUSSION)]
    assert said.count("Ответ") == times


def test_who_cannot_be_written_to_is_said_so(app: TelegramStandIn, card: AccountCard) -> None:
    stranger = Parcel("1", f"tg:{MARIA}", "", "Здравствуйте!", NOW)
    nowhere = Parcel("1", "Мария", "", "Здравствуйте!", NOW)
    assert "не начинал с ним переписку" in CONNECTOR.send(card, stranger).detail
    assert CONNECTOR.send(card, nowhere).result == SendResult.REFUSED
    with app.changed:
        app.citizens.start(MARIA, app.world.bots[TOKEN])
    assert CONNECTOR.send(card, stranger).result == SendResult.SENT


def test_a_group_that_moved_is_followed(app: TelegramStandIn, card: AccountCard) -> None:
    with app.changed:
        app.citizens.write(MARIA, NEIGHBOURS, "Кто вывозит снег?")
    question = fetch(card, {})[0][-1]
    with app.changed:
        app.talk.move(app.world.chats[NEIGHBOURS], -1001000000099)

    outcome = CONNECTOR.send(card, answer_to(question, "Вывезем завтра."))
    assert outcome.result == SendResult.SENT
    assert outcome.external_id.startswith("-1001000000099:")


def test_posts_of_the_channel(app: TelegramStandIn, card: AccountCard) -> None:
    outcome = CONNECTOR.publish(card, Post("1", "Опоры поставлены", [PHOTO, PHOTO]))

    assert outcome.result == SendResult.SENT
    assert outcome.external_id == f"{CHANNEL}:2"
    assert outcome.url == "https://t.me/gorod_govorit/2"
    assert said_in(app, CHANNEL)[1]["caption"] == "Опоры поставлены"
    later = Post("2", "Завтра", publish_at=NOW + timedelta(hours=1), moment=NOW)
    waiting = CONNECTOR.publish(card, later)
    assert (waiting.result, waiting.retry_after) == (SendResult.POSTPONED, 3600)
    bare = replace(card, settings=TelegramSettings(api_url=app.url))
    assert CONNECTOR.publish(bare, later).result == SendResult.REFUSED
    back = [each for each in fetch(card, {})[0] if "Опоры" in each.text]
    assert [each.disposition for each in back] == [Disposition.ECHO]


def test_a_webhook_is_taken_from_telegram_alone(app: TelegramStandIn, card: AccountCard) -> None:
    assert CONNECTOR.connect_webhook(card, f"{app.url}/hooks/1/key/").works
    hook = app.world.bots[TOKEN].webhook
    assert hook is not None
    header = {"x-telegram-bot-api-secret-token": hook.secret}
    with app.changed:
        app.citizens.comment(MARIA, CHANNEL, 1, "Темно", [picture()])
    body = json.dumps(app.world.bots[TOKEN].updates[-1]).encode()

    reply = CONNECTOR.webhook(card, WebhookRequest(body, header))
    message = CONNECTOR.read_event(card, body)[0]

    assert hook.secret == hook_secret(card)
    assert reply.event_id == str(json.loads(body)["update_id"])
    assert (message.text, len(message.files), dict(message.cursor)) == ("Темно", 1, {})
    for wrong in ({}, {"x-telegram-bot-api-secret-token": "чужой"}):
        with pytest.raises(WebhookRefused):
            CONNECTOR.webhook(card, WebhookRequest(body, wrong))
    with pytest.raises(WebhookRefused):
        CONNECTOR.webhook(card, WebhookRequest(b"[]", header))
    app.failures.order(Trouble.BROKEN, call="getFile")
    with pytest.raises(ConnectorError):
        CONNECTOR.read_event(card, body)
    with pytest.raises(ConnectorError, match="вебхук"):
        fetch(card, {})


def test_each_right_is_named_with_its_mend(app: TelegramStandIn, card: AccountCard) -> None:
    assert {each.right: each.problem for each in CONNECTOR.probe(card).findings} == {
        "войти с токеном бота": "",
        "забирать сообщения опросом": "",
        "видеть канал @gorod_govorit": "",
        "публиковать в канале": "",
        "читать комментарии под публикациями": "",
    }
    app.world.chats[CHANNEL].rights[BOT_ID] = set()
    app.world.chats[DISCUSSION].admins.clear()
    app.world.bots[TOKEN].webhook = None
    hooked = replace(card, settings=card.settings.model_copy(update={"by_webhook": True}))
    found = CONNECTOR.probe(hooked)
    assert found.works
    lacking = {each.right: each.mend for each in found.findings if each.problem}
    assert set(lacking) == {
        "получать события сразу",
        "публиковать в канале",
        "читать комментарии под публикациями",
    }
    assert "Администраторы" in lacking["читать комментарии под публикациями"]
    app.world.chats[CHANNEL].linked = None
    assert "Обсуждение" in CONNECTOR.probe(card).findings[-1].mend
    app.failures.order(Trouble.REVOKED)
    dead = CONNECTOR.probe(card)
    assert not dead.works
    assert "@BotFather" in dead.findings[0].mend
    assert not CONNECTOR.probe(replace(card, secret={})).works


def test_a_webhook_that_cannot_be_delivered_is_seen(
    app: TelegramStandIn, card: AccountCard
) -> None:
    hooked = replace(card, settings=card.settings.model_copy(update={"by_webhook": True}))
    with pytest.raises(ConnectorError, match="не записан"):
        fetch(hooked, {})
    CONNECTOR.connect_webhook(hooked, f"{app.url}/nobody")
    bot = app.world.bots[TOKEN]
    with app.changed:
        app.changed.wait_for(lambda: bool(bot.last_error), timeout=10)
    with pytest.raises(ConnectorError, match="404"):
        fetch(hooked, {})
    assert "доставить" in "".join(each.problem for each in CONNECTOR.probe(hooked).findings)
    bot.last_error_at -= 7200
    assert fetch(hooked, {}) == ([], {})
    assert not any(each.problem for each in CONNECTOR.probe(hooked).findings)
