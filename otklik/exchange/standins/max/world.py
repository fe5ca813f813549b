"""What the stand-in remembers: a bot, people, chats, messages, comments, files."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
HOUR = 3600 * 1000
DIALOGUE_EDIT, COMMENT_EDIT = 7 * 24 * HOUR, 26 * HOUR  # milliseconds


class Refusal(Exception):
    """An answer other than 200: `code` is the key of the error."""

    def __init__(self, status: int, code: str, message: str, retry_after: int = 0) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.retry_after = retry_after


@dataclass
class User:
    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    is_bot: bool = False

    def card(self) -> Json:
        return {
            "user_id": self.id,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "username": self.username,
            "is_bot": self.is_bot,
            "last_activity_time": now(),
        }


@dataclass
class Said:
    """A message or a comment. `author` is None when a channel speaks."""

    mid: str
    seq: int
    author: User | None
    text: str | None
    at: int
    attachments: list[Json] | None = None
    link: Json | None = None
    views: int = 0
    comments: list[Said] = field(default_factory=list)

    def body(self) -> Json:
        return {
            "mid": self.mid,
            "seq": self.seq,
            "text": self.text,
            "attachments": self.attachments,
            "link": None,  # required by the description, never filled
        }


@dataclass
class Chat:
    """`permissions` are those of the bot: None when it is no administrator."""

    id: int
    kind: str
    title: str | None = None
    person: User | None = None
    members: set[int] = field(default_factory=set)
    permissions: tuple[str, ...] | None = None
    link: str | None = None
    stopped: bool = False
    messages: dict[str, Said] = field(default_factory=dict)


@dataclass
class Upload:
    """`refusals`: so many times it is still being processed."""

    id: int
    kind: str
    token: str
    name: str = ""
    content: bytes = b""
    refusals: int = 0


@dataclass
class Subscription:
    url: str
    secret: str
    types: tuple[str, ...]
    at: int


class World:
    """The state and its smallest changes; whoever calls holds the lock."""

    def __init__(self, bot: User, token: str) -> None:
        self.bot = bot
        self.token = token
        self.users: dict[int, User] = {bot.id: bot}
        self.chats: dict[int, Chat] = {}
        self.uploads: dict[int, Upload] = {}
        self.subscriptions: list[Subscription] = []
        self.updates: list[tuple[int, Json]] = []
        self.polls = 0
        self._marker = itertools.count(1)
        # As in life, no two runs give the same ids.
        self._seq = itertools.count(time.time_ns() // 1000)
        self._upload = itertools.count(1)

    def chat(self, chat_id: int) -> Chat:
        """Raises Refusal when the bot is not in it."""
        chat = self.chats.get(chat_id)
        if chat is None or self.bot.id not in chat.members:
            raise Refusal(404, "chat.not.found", "Chat not found")
        return chat

    def found(self, mid: str) -> tuple[Chat, Said]:
        for chat in self.chats.values():
            if mid in chat.messages and self.bot.id in chat.members:
                return chat, chat.messages[mid]
        raise Refusal(404, "not.found", "Message not found")

    def say(
        self,
        author: User | None,
        text: str | None,
        attachments: list[Json] | None = None,
        link: Json | None = None,
        comment: bool = False,
    ) -> Said:
        seq = next(self._seq)
        mark = "cid" if comment else "mid"
        return Said(f"{mark}.{seq:x}", seq, author, text, now(), attachments, link)

    def announce(self, update: Json) -> Json:
        """Number an update; while a webhook is subscribed it is not for polling."""
        update = {"timestamp": now(), **update}
        if not self.subscriptions:
            self.updates.append((next(self._marker), update))
        return update

    def uploaded(self, kind: str) -> Upload:
        number = next(self._upload)
        self.uploads[number] = Upload(number, kind, f"tok{number}-{kind}-{now()}")
        return self.uploads[number]

    def by_token(self, token: str) -> Upload:
        for each in self.uploads.values():
            if each.token == token and each.content:
                return each
        raise Refusal(400, "proto.payload", f"Invalid attachment token {token}")


def now() -> int:
    """Milliseconds."""
    return int(time.time() * 1000)
