"""Answers in the bot's conversations, topics of the group, and looking for what may have gone.

OK knows no key of repetition: after an unknown outcome the place is read, nothing is sent twice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

from otklik.exchange.channels.connectors.base import Figures, Parcel, Post, SendOutcome
from otklik.exchange.channels.connectors.ok import reading
from otklik.exchange.channels.connectors.ok.session import Session
from otklik.exchange.channels.vocabulary import SendResult
from otklik.exchange.vendors.http import ServiceError, Unreachable
from otklik.exchange.vendors.ok import topics
from otklik.exchange.vendors.ok.client import NewFile
from otklik.exchange.vendors.ok.errors import (
    DeadToken,
    NeedsPerson,
    OkError,
    RetryLater,
    RightMissing,
)

SOON = 30.0
BACK = 120_000  # milliseconds by which OK's clock may differ from ours
REACH_OF = 30
BY_HAND = (
    "Одноклассники принимают комментарии группы только на сайте: скопируйте ответ, откройте "
    "публикацию и разместите его под комментарием жителя."
)
NO_BOT = "В настройках канала нет ключа доступа к сообщениям группы."
NO_APPLICATION = "В настройках канала нет ключей приложения Одноклассников."
NO_FILES = "К сообщению в Одноклассниках нельзя приложить файл: отправьте текст без вложений."
OUTCOMES: tuple[tuple[type[ServiceError], SendResult, str], ...] = (
    (RetryLater, SendResult.POSTPONED, ""),
    (NeedsPerson, SendResult.REFUSED, "Войдите в Одноклассники в браузере и отправьте снова."),
    (DeadToken, SendResult.REFUSED, "Получите новый ключ и отправьте снова."),
    (RightMissing, SendResult.TO_CARRY, "Разместите вручную."),
    (OkError, SendResult.REFUSED, ""),
    (Unreachable, SendResult.POSTPONED, ""),
    (ServiceError, SendResult.UNKNOWN, ""),
)


def answer(session: Session, parcel: Parcel) -> SendOutcome:
    """In the conversation by the bot; under a comment by hand, unless switched on."""
    target = parcel.target
    if "chat" in target:
        return _safely(lambda: _in_chat(session, parcel, target["chat"]))
    if "topic" not in target:
        return SendOutcome(SendResult.TO_CARRY, "Неизвестно, где ответить: разместите вручную.")
    url = reading.topic_url(session.settings, target["topic"])
    if not session.settings.write_comments or session.rest is None:
        return SendOutcome(SendResult.TO_CARRY, BY_HAND, url=url)
    return _safely(lambda: _under_topic(session, parcel, target["topic"]), url)


def publish(session: Session, post: Post) -> SendOutcome:
    return _safely(lambda: _published(session, post))


def find(session: Session, parcel: Parcel) -> str:
    """Our answer in its place by its text; empty when not seen."""
    since = int(parcel.moment.timestamp() * 1000) - BACK
    with suppress(ServiceError, KeyError):
        if "chat" in parcel.target and session.bot is not None:
            for each in session.bot.messages(parcel.target["chat"]):
                ours = str(each["sender"]["user_id"]).startswith("group:")
                same = _same(each["message"].get("text"), parcel.text)
                if ours and same and int(each["timestamp"]) >= since:
                    return str(each["message"]["mid"])
        elif "topic" in parcel.target and session.rest is not None:
            return _found_comment(session, parcel, since)
    return ""


def figures(session: Session, external_ids: Sequence[str]) -> list[Figures]:
    """Counters of topics; reach when OK lets see it."""
    api = session.rest
    if api is None:
        return []
    made: list[Figures] = []
    for topic in topics.by_ids(api, [each.removeprefix("topic") for each in external_ids]):
        number, told = str(topic["id"]), topics.counters(topic)
        stat: topics.Thing = {}
        if len(made) < REACH_OF:
            with suppress(ServiceError):
                stat = topics.reach(api, number)
        made.append(
            Figures(
                external_id=f"topic{number}",
                views=stat.get("renderings"),
                reach=stat.get("reach"),
                **told,
            )
        )
    return made


def _in_chat(session: Session, parcel: Parcel, chat_id: str) -> SendOutcome:
    if session.bot is None:
        return SendOutcome(SendResult.REFUSED, NO_BOT)
    if parcel.files:
        return SendOutcome(SendResult.REFUSED, NO_FILES)
    number = session.bot.send(chat_id, parcel.text)
    return SendOutcome(SendResult.SENT, external_id=number)


def _under_topic(session: Session, parcel: Parcel, topic_id: str) -> SendOutcome:
    if session.rest is None:
        return SendOutcome(SendResult.REFUSED, NO_APPLICATION)
    if parcel.files:
        return SendOutcome(SendResult.REFUSED, NO_FILES)
    reply_to = parcel.target.get("comment", "")
    number = topics.comment(session.rest, topic_id, parcel.text, reply_to=reply_to)
    if not number:
        return SendOutcome(SendResult.UNKNOWN, "Одноклассники не назвали номер комментария.")
    return SendOutcome(
        SendResult.SENT,
        external_id=reading.comment_id(topic_id, number),
        url=reading.topic_url(session.settings, topic_id),
    )


def _published(session: Session, post: Post) -> SendOutcome:
    api, settings = session.rest, session.settings
    if api is None:
        return SendOutcome(SendResult.TO_CARRY, NO_APPLICATION)
    files = [NewFile(each.name, each.content, each.content_type) for each in post.media]
    photos = topics.upload_photos(api, settings.group_id, files)
    at = int(post.publish_at.timestamp() * 1000) if post.publish_at else None
    number = topics.post(api, settings.group_id, post.text, photos=photos, publish_at_ms=at)
    return SendOutcome(
        SendResult.SENT,
        external_id=f"topic{number}",
        url=reading.topic_url(settings, number),
    )


def _found_comment(session: Session, parcel: Parcel, since: int) -> str:
    """By the group, the same words, not older than the attempt."""
    api, topic_id, anchor = session.rest, parcel.target["topic"], ""
    while api is not None:
        page = topics.comments(api, topic_id, anchor=anchor)
        for each in page.items:
            made = reading.comment(session, each, topic_id, "")
            fresh = made.received_at.timestamp() * 1000 >= since
            if made.ours and fresh and _same(made.text, parcel.text):
                return made.external_id
        anchor = page.anchor
        if not page.has_more:
            break
    return ""


def _same(told: object, sent: str) -> bool:
    return str(told or "").split() == sent.split()


def _safely(do: Callable[[], SendOutcome], place: str = "") -> SendOutcome:
    """What OK or the way to it did, as an outcome; `place` is where a person may put it."""
    try:
        return do()
    except ServiceError as error:
        for kind, result, advice in OUTCOMES:
            if isinstance(error, kind):
                wait = error.pause if isinstance(error, RetryLater) else SOON
                later = wait if result == SendResult.POSTPONED else 0
                url = place if result == SendResult.TO_CARRY else ""
                return SendOutcome(result, f"{error} {advice}".strip(), "", url, later)
    return SendOutcome(SendResult.UNKNOWN, "Ответ Одноклассников не прочитан.")
