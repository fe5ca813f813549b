"""An update of Telegram as a message for the centre."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from otklik.exchange.channels.connectors.base import Incoming, PostAround
from otklik.exchange.channels.connectors.memory import Memory
from otklik.exchange.channels.connectors.telegram.contents import Downloads, fetched, text_of
from otklik.exchange.channels.connectors.telegram.places import name_of, page_of, person
from otklik.exchange.channels.vocabulary import Disposition, InboundKind

MESSAGES = ("message", "edited_message")
POSTS = ("channel_post", "edited_channel_post")
COMMAND = "команда боту"
BY_BOT = "написал бот"
GROUPS = ("group", "supergroup")
IN_A_SECOND = 1_000_000
Json = Mapping[str, Any]


# An answer to a comment does not carry the post along; what was seen of posts lately does.
_posts: Memory[PostAround] = Memory(most=5_000, seconds=14 * 24 * 3600)


@dataclass(frozen=True)
class Reader:
    """Reads updates of one bot; `only_comments` leaves out talk in groups that is under no post."""

    bot_id: int
    downloads: Downloads
    only_comments: bool = False

    def read(self, update: Json, cursor: Mapping[str, int]) -> Incoming | None:
        """The message of an update; None when it tells nothing to a centre.

        Raises ConnectorError when its files must be fetched later; KeyError, TypeError or
        ValueError when it is not as Telegram describes it.
        """
        for field in (*MESSAGES, *POSTS):
            if field in update:
                return self._message(update[field], update, cursor, is_post=field in POSTS)
        return None

    def _message(
        self, message: Json, update: Json, cursor: Mapping[str, int], *, is_post: bool
    ) -> Incoming | None:
        kind = self._kind(message, is_post=is_post)
        text, ours = text_of(message), self._ours(message)
        files, notes = ((), "") if ours else fetched(message, self.downloads)
        text = "\n\n".join(each for each in (text, notes) if each)
        if kind is None or not (text or files):
            return None
        author = message.get("sender_chat") or message.get("from") or {}
        sender, name = person(author)
        disposition, reason = _disposition(message, text, ours=ours)
        chat = message["chat"]
        post = self._remembered(message) if kind == InboundKind.COMMENT else None
        if message.get("is_automatic_forward"):
            _posts.keep((self.bot_id, name_of(chat["id"], message["message_id"])), _seen(message))
        return Incoming(
            kind=kind,
            external_id=name_of(chat["id"], message["message_id"]),
            received_at=datetime.fromtimestamp(message["date"], UTC),
            raw=json.dumps(update, ensure_ascii=False).encode(),
            cursor=cursor,
            sender=sender,
            sender_name=name,
            addressee=str(chat.get("title") or ""),
            text=text,
            thread_ids=_answered(message),
            files=files,
            disposition=disposition,
            reason=reason,
            version=_version(message, update),
            ours=ours,
            url=_address(message, post),
            post=post,
            answer_to=_answer_to(message),
            album=_album(message),
        )

    def _kind(self, message: Json, *, is_post: bool) -> InboundKind | None:
        if is_post or message.get("is_automatic_forward"):
            return InboundKind.POST
        if message["chat"]["type"] == "private":
            return InboundKind.DIRECT
        if message["chat"]["type"] not in GROUPS:
            return None
        if self.only_comments and "message_thread_id" not in message:
            return None
        return InboundKind.COMMENT

    def _ours(self, message: Json) -> bool:
        """The bot itself, the channel, or an administrator in the name of the group."""
        chat, voice = message["chat"], message.get("sender_chat")
        if chat["type"] == "channel" or message.get("is_automatic_forward"):
            return True
        own_voice = voice is not None and voice["id"] == chat["id"]
        return bool(own_voice or message.get("from", {}).get("id") == self.bot_id)

    def _remembered(self, message: Json) -> PostAround | None:
        post = _post(message)
        if post is None:
            return None
        key = (self.bot_id, post.external_id)
        if post.text or post.url:
            _posts.keep(key, post)
            return post
        return _posts.get(key) or post


def _version(message: Json, update: Json) -> int:
    """Edits are dated to the second: of those of one second the later update is the newer."""
    edited = int(message.get("edit_date", 0))
    return edited * IN_A_SECOND + update_id(update) % IN_A_SECOND if edited else 0


def update_id(update: Json) -> int:
    """Raises KeyError or TypeError."""
    return int(update["update_id"])


def unreadable(update: Json, cursor: Mapping[str, int], now: datetime) -> Incoming:
    """An update that is not as Telegram describes it waits for a person."""
    return Incoming(
        kind=InboundKind.DIRECT,
        external_id=f"update:{update.get('update_id', '')}",
        received_at=now,
        raw=json.dumps(update, ensure_ascii=False).encode(),
        cursor=cursor,
        text="Сообщение Telegram не удалось разобрать. Откройте его исходный текст.",
        disposition=Disposition.UNREADABLE,
        reason="ошибка разбора",
    )


def _disposition(message: Json, text: str, *, ours: bool) -> tuple[Disposition, str]:
    if ours:
        return Disposition.ECHO, ""
    if message.get("from", {}).get("is_bot") and "sender_chat" not in message:
        return Disposition.AUTOMATIC, BY_BOT
    if text.startswith("/") and " " not in text.strip():
        return Disposition.AUTOMATIC, COMMAND
    return Disposition.ACCEPTED, ""


def _post(message: Json) -> PostAround | None:
    """The post under which a comment stands, known by its copy in the discussion group.

    Its text comes along only with an answer to the post itself.
    """
    root = message.get("message_thread_id")
    if root is None or message.get("is_topic_message"):
        return None  # a topic of a forum is no post
    number = name_of(message["chat"]["id"], root)
    replied = message.get("reply_to_message", {})
    return _seen(replied) if replied.get("is_automatic_forward") else PostAround(number)


def _seen(copy: Json) -> PostAround:
    """A post by its copy in the discussion group."""
    origin = copy.get("forward_origin", {})
    url = page_of(origin.get("chat", {}), origin.get("message_id", 0)) if origin else ""
    return PostAround(name_of(copy["chat"]["id"], copy["message_id"]), text_of(copy), url)


def _address(message: Json, post: PostAround | None) -> str:
    if post is not None and post.url:
        return f"{post.url}?comment={message['message_id']}"
    return page_of(message["chat"], message["message_id"])


def _answered(message: Json) -> tuple[str, ...]:
    """The message answered; an answer to the post itself continues nothing."""
    replied = message.get("reply_to_message")
    if not replied or replied.get("is_automatic_forward"):
        return ()
    return (name_of(replied["chat"]["id"], replied["message_id"]),)


def _answer_to(message: Json) -> dict[str, str]:
    told = {"chat": str(message["chat"]["id"]), "message": str(message["message_id"])}
    if "message_thread_id" in message:
        told["thread"] = str(message["message_thread_id"])
    return told


def _album(message: Json) -> str:
    group = message.get("media_group_id")
    return name_of(message["chat"]["id"], group) if group else ""
