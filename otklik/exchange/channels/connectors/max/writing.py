"""Answers and publications: files are put up first, then everything goes by one call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from otklik.exchange.channels.connectors.base import NewFile, Parcel, Post, SendOutcome
from otklik.exchange.channels.connectors.max.places import (
    PERSON,
    comment_name,
    comment_parts,
    said_at,
)
from otklik.exchange.channels.vocabulary import SendResult
from otklik.exchange.vendors.http import OutcomeUnknown, ServiceError, Unreachable
from otklik.exchange.vendors.max.client import Max, Target
from otklik.exchange.vendors.max.errors import Forbidden, NotFound, NotReady, TokenDead, TooOften

NOWHERE = "Неизвестно, куда отвечать: у сообщения нет чата MAX."
CLOSED = "Житель остановил бота, не начинал с ним переписку, либо бота исключили. Ответьте иначе."
FILES_LATER = "Файлы ещё не переданы в MAX, сообщение не отправлено: {}"
PICTURES = ("image/jpeg", "image/png", "image/gif", "image/webp")
CLOCKS_DIFFER = timedelta(minutes=2)
Said = dict[str, Any]


def told(act: Callable[[], SendOutcome]) -> SendOutcome:
    """What came of an attempt; only what was certainly not done may be tried again."""
    try:
        return act()
    except OutcomeUnknown as error:
        return SendOutcome(SendResult.UNKNOWN, str(error))
    except (TooOften, NotReady, Unreachable, TokenDead) as error:
        wait = error.retry_after if isinstance(error, TooOften) else 0
        return SendOutcome(SendResult.POSTPONED, str(error), retry_after=wait)
    except (Forbidden, NotFound) as error:
        return SendOutcome(SendResult.REFUSED, f"{CLOSED} {error}")
    except ServiceError as error:
        return SendOutcome(SendResult.REFUSED, str(error))


def send(bot: Max, parcel: Parcel) -> SendOutcome:
    """Right under the comment or message, or into the dialogue. Raises ServiceError: see `told`."""
    if parcel.target.get("post"):
        return _comment(bot, parcel)
    target = _target(parcel)
    if target is None:
        return SendOutcome(SendResult.REFUSED, NOWHERE)
    return _message(bot, target, parcel.text, parcel.files, parcel.target.get("message", ""))


def publish(bot: Max, channel: int, post: Post) -> SendOutcome:
    """MAX has no schedule for bots: a post of the future is asked for again in its time.

    Raises ServiceError: see `told`.
    """
    if post.publish_at and post.moment and post.publish_at > post.moment:
        wait = (post.publish_at - post.moment).total_seconds()
        return SendOutcome(SendResult.POSTPONED, "Ещё не время публикации.", retry_after=wait)
    return _message(bot, Target(chat_id=channel), post.text, post.media, "")


def find_sent(bot: Max, parcel: Parcel) -> str:
    """Our words where they were to be said, since the attempt. Raises ServiceError."""
    since = said_at(parcel.moment - CLOCKS_DIFFER)
    post = parcel.target.get("post", "")
    if post:
        said = bot.comments(post, after=since)
        return next((comment_name(post, mid) for mid in _ours(said, parcel.text)), "")
    if not parcel.target.get("chat"):
        return ""
    return next(
        iter(_ours(bot.messages(int(parcel.target["chat"]), oldest=since), parcel.text)), ""
    )


def was_sent(bot: Max, external_id: str) -> bool:
    """Raises ServiceError other than NotFound."""
    post, comment = comment_parts(external_id)
    try:
        bot.comment(post, comment) if comment else bot.message(post)
    except NotFound:
        return False
    return True


def _ours(said: Sequence[Said], text: str) -> list[str]:
    """Ids of messages with these words by a bot or in the name of the channel."""
    return [
        each["body"]["mid"]
        for each in said
        if (each["body"].get("text") or "").strip() == text.strip()
        and (each.get("sender") or {"is_bot": True}).get("is_bot")
    ]


def _target(parcel: Parcel) -> Target | None:
    if parcel.target.get("chat"):
        return Target(chat_id=int(parcel.target["chat"]))
    number = parcel.recipient.removeprefix(PERSON)
    return Target(user_id=int(number)) if number.isdigit() else None


def _message(
    bot: Max, target: Target, text: str, files: Sequence[NewFile], reply_to: str
) -> SendOutcome:
    try:
        attachments, lost = _put_up(bot, files)
    except OutcomeUnknown as error:
        # Only the files may have gone: the message itself certainly has not.
        return SendOutcome(SendResult.POSTPONED, FILES_LATER.format(error))
    try:
        said = bot.send(target, text, attachments, reply_to)
    except NotFound:
        if not reply_to:
            raise
        # The citizen took the message away: the answer goes without pointing at it.
        said = bot.send(target, text, attachments)
    return _sent(said["body"]["mid"], said.get("url") or "", lost)


def _comment(bot: Max, parcel: Parcel) -> SendOutcome:
    post, comment = parcel.target["post"], parcel.target.get("comment", "")
    try:
        said = bot.send_comment(post, parcel.text, comment)
    except NotFound:
        if not comment:
            raise
        said = bot.send_comment(post, parcel.text)
    lost = [each.name for each in parcel.files]
    return _sent(comment_name(post, said["body"]["mid"]), "", lost)


def _put_up(bot: Max, files: Sequence[NewFile]) -> tuple[list[Said], list[str]]:
    """Attachments ready to be sent, and names of those that MAX did not take."""
    ready, lost = [], []
    for each in files:
        kind = "image" if each.content_type in PICTURES else "file"
        try:
            ready.append(bot.upload(kind, each.name, each.content))
        except (Unreachable, OutcomeUnknown, TooOften, TokenDead):
            raise
        except ServiceError:
            lost.append(each.name)
    return ready, lost


def _sent(external_id: str, url: str, lost: Sequence[str]) -> SendOutcome:
    detail = f"Текст отправлен, но не ушли файлы: {', '.join(lost)}." if lost else ""
    return SendOutcome(SendResult.SENT, detail, external_id=external_id, url=url)
