"""Answers and publications: one call for the words, and honest words about what did not go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from otklik.exchange.channels.connectors.base import NewFile, Parcel, Post, SendOutcome
from otklik.exchange.channels.connectors.telegram.places import PERSON, name_of, page_of
from otklik.exchange.channels.vocabulary import SendResult
from otklik.exchange.vendors.http import OutcomeUnknown, ServiceError, Unreachable
from otklik.exchange.vendors.telegram.client import (
    ALBUM_LIMIT,
    CAPTION_LIMIT,
    LARGEST_PHOTO,
    Photo,
    Telegram,
)
from otklik.exchange.vendors.telegram.errors import (
    BadRequest,
    ChatMoved,
    Forbidden,
    TakenByAnother,
    TokenDead,
    TooOften,
)

NOWHERE = "Неизвестно, куда отвечать: у сообщения нет чата Telegram."
CLOSED = (
    "Житель заблокировал бота, не начинал с ним переписку, либо бота исключили из группы. "
    "Ответьте иначе."
)
PHOTOS = ("image/jpeg", "image/png", "image/webp")
REPLY_GONE = "replied not found"
Said = list[dict[str, Any]]


@dataclass(frozen=True)
class Words:
    """What is to be said where; `thread` is the root to answer to when `reply_to` is gone."""

    chat: int | str
    text: str
    files: Sequence[NewFile] = ()
    reply_to: int | None = None
    thread: int | None = None


def words_of(parcel: Parcel) -> Words | None:
    """Where an answer goes: right under the message, or into the dialogue with its author."""
    target = parcel.target
    if target.get("chat"):
        return Words(
            int(target["chat"]),
            parcel.text,
            parcel.files,
            int(target["message"]) if target.get("message") else None,
            int(target["thread"]) if target.get("thread") else None,
        )
    if parcel.recipient.removeprefix(PERSON).isdigit():
        return Words(int(parcel.recipient.removeprefix(PERSON)), parcel.text, parcel.files)
    return None


def send(bot: Telegram, parcel: Parcel) -> SendOutcome:
    """Raises ServiceError: see `told`."""
    words = words_of(parcel)
    if words is None:
        return SendOutcome(SendResult.REFUSED, NOWHERE)
    return _say(bot, words)


def publish(bot: Telegram, channel: str, post: Post) -> SendOutcome:
    """Telegram has no schedule for bots: a post of the future is asked for again in its time.

    Raises ServiceError: see `told`.
    """
    if post.publish_at and post.moment and post.publish_at > post.moment:
        wait = (post.publish_at - post.moment).total_seconds()
        return SendOutcome(SendResult.POSTPONED, "Ещё не время публикации.", retry_after=wait)
    chat = channel if channel.startswith("@") else int(channel)
    return _say(bot, Words(chat, post.text, post.media))


def told(act: Callable[[], SendOutcome]) -> SendOutcome:
    """What came of an attempt; only what was certainly not done may be tried again."""
    try:
        return act()
    except OutcomeUnknown as error:
        return SendOutcome(SendResult.UNKNOWN, str(error))
    except TooOften as error:
        return SendOutcome(SendResult.POSTPONED, str(error), retry_after=error.retry_after)
    except (Unreachable, TokenDead, TakenByAnother) as error:
        return SendOutcome(SendResult.POSTPONED, str(error))
    except Forbidden as error:
        return SendOutcome(SendResult.REFUSED, f"{CLOSED} {error.description}".strip())
    except ServiceError as error:
        return SendOutcome(SendResult.REFUSED, str(error))


def _say(bot: Telegram, words: Words) -> SendOutcome:
    try:
        return _whole(bot, words)
    except ChatMoved as moved:
        return _whole(bot, Words(moved.chat_id, words.text, words.files))
    except BadRequest as error:
        if REPLY_GONE not in error.description or words.reply_to is None:
            raise
        # The citizen took the message away: the answer still belongs under the post.
        root = words.thread if words.thread != words.reply_to else None
        return _say(bot, Words(words.chat, words.text, words.files, root))


def _whole(bot: Telegram, words: Words) -> SendOutcome:
    photos = [each for each in words.files if is_photo(each)]
    rest = [each for each in words.files if not is_photo(each)]
    if photos and len(photos) <= ALBUM_LIMIT and len(words.text) <= CAPTION_LIMIT:
        said, lost = _pictures(bot, words, photos, words.text), _rest(bot, words, rest)
    else:
        said = [bot.send_message(words.chat, words.text, words.reply_to)]
        lost = _more_pictures(bot, words, photos) + _rest(bot, words, rest)
    first = said[0]
    return SendOutcome(
        SendResult.SENT,
        f"Текст отправлен, но не ушли файлы: {', '.join(lost)}." if lost else "",
        external_id=name_of(first["chat"]["id"], first["message_id"]),
        url=page_of(first["chat"], first["message_id"]),
    )


def is_photo(file: NewFile) -> bool:
    return file.content_type in PHOTOS and len(file.content) <= LARGEST_PHOTO


def _pictures(bot: Telegram, words: Words, photos: Sequence[NewFile], caption: str) -> Said:
    ready = [Photo(each.name, each.content, each.content_type) for each in photos]
    if len(ready) == 1:
        return [bot.send_photo(words.chat, ready[0], caption, words.reply_to)]
    return bot.send_media_group(words.chat, ready, caption, words.reply_to)


def _more_pictures(bot: Telegram, words: Words, photos: Sequence[NewFile]) -> list[str]:
    """Pictures after the words, ten at once; names of those that did not go."""
    lost: list[str] = []
    for start in range(0, len(photos), ALBUM_LIMIT):
        some = photos[start : start + ALBUM_LIMIT]
        try:
            _pictures(bot, words, some, "")
        except ServiceError:
            lost += [each.name for each in some]
    return lost


def _rest(bot: Telegram, words: Words, files: Sequence[NewFile]) -> list[str]:
    lost = []
    for each in files:
        paper = Photo(each.name, each.content, each.content_type or "application/octet-stream")
        try:
            bot.send_document(words.chat, paper, words.reply_to)
        except ServiceError:
            lost.append(each.name)
    return lost
