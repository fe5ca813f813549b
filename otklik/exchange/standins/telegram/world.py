"""What the stand-in remembers: bots, people, chats, messages, files."""

from __future__ import annotations

import hashlib
import io
import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from PIL import Image, UnidentifiedImageError

Json = dict[str, Any]
TELEGRAM_ID = 777000  # the service account whose name stands on automatic forwards
UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
THUMBNAIL = 90


class Refusal(Exception):
    """An answer with `ok: false`."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


@dataclass
class Person:
    id: int
    first_name: str
    last_name: str = ""
    username: str = ""

    def card(self) -> Json:
        told = {"last_name": self.last_name, "username": self.username, "language_code": "ru"}
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": self.first_name,
            **{name: value for name, value in told.items() if value},
        }


@dataclass
class Webhook:
    url: str
    secret: str = ""
    connections: int = 40


@dataclass
class Bot:
    """`updates` wait until they are confirmed or taken by the webhook."""

    id: int
    token: str
    first_name: str
    username: str
    reads_groups: bool = False
    updates: list[Json] = field(default_factory=list)
    allowed: tuple[str, ...] = ()
    webhook: Webhook | None = None
    polls: int = 0
    last_error: str = ""
    last_error_at: int = 0

    def card(self) -> Json:
        return {
            "id": self.id,
            "is_bot": True,
            "first_name": self.first_name,
            "username": self.username,
        }

    def wants(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in UNASKED


@dataclass
class Chat:
    """`kind` as Telegram calls it; `admins` and `members` are ids of people and bots."""

    id: int
    kind: str
    title: str = ""
    username: str = ""
    person: Person | None = None
    linked: Chat | None = None
    moved_to: int = 0
    admins: set[int] = field(default_factory=set)
    rights: dict[int, set[str]] = field(default_factory=dict)
    members: set[int] = field(default_factory=set)
    blocked: set[int] = field(default_factory=set)
    messages: dict[int, Json] = field(default_factory=dict)
    last_id: int = 0

    def card(self) -> Json:
        if self.person:
            card = self.person.card()
            names = {name: card[name] for name in ("last_name", "username") if name in card}
            return {"id": self.id, "type": "private", "first_name": self.person.first_name} | names
        named = {"username": self.username} if self.username else {}
        return {"id": self.id, "type": self.kind, "title": self.title, **named}


@dataclass
class Stored:
    """A file as it was sent."""

    id: str
    unique: str
    path: str
    content: bytes
    width: int = 0
    height: int = 0

    def size(self) -> Json:
        return {
            "file_id": self.id,
            "file_unique_id": self.unique,
            "width": self.width,
            "height": self.height,
            "file_size": len(self.content),
        }


class World:
    """The state and the smallest changes of it; whoever calls holds the lock."""

    def __init__(self) -> None:
        self.bots: dict[str, Bot] = {}
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, Stored] = {}
        self._updates = itertools.count(700_000_001)
        self._albums = itertools.count(13_500_000_001)

    def now(self) -> int:
        return int(time.time())

    def album(self) -> str:
        return str(next(self._albums))

    def chat(self, key: int | str) -> Chat:
        """Raises Refusal when there is none or the group has moved."""
        for each in self.chats.values():
            if str(key) in (str(each.id), f"@{each.username}"):
                if each.moved_to:
                    raise Refusal(
                        400,
                        "Bad Request: group chat was upgraded to a supergroup chat",
                        migrate_to_chat_id=each.moved_to,
                    )
                return each
        raise Refusal(400, "Bad Request: chat not found")

    def hearing(self, chat: Chat) -> Iterator[Bot]:
        """Bots to which Telegram tells what happens in the chat."""
        for bot in self.bots.values():
            if bot.id in chat.blocked:
                continue
            hears = bot.id in chat.admins or (bot.id in chat.members and bot.reads_groups)
            if hears or (chat.kind == "private" and bot.id in chat.members):
                yield bot

    def announce(
        self, chat: Chat, kind: str, value: Json, author: int = 0
    ) -> list[tuple[Bot, Json]]:
        """Queue an update for every bot that hears; a bot does not hear itself."""
        told = []
        for bot in self.hearing(chat):
            if bot.id == author or not bot.wants(kind):
                continue
            update = {"update_id": next(self._updates), kind: clean(value)}
            bot.updates.append(update)
            told.append((bot, update))
        return told

    def keep(self, content: bytes, folder: str = "photos") -> Stored:
        """Store a picture. Raises Refusal when it is none."""
        try:
            with Image.open(io.BytesIO(content)) as picture:
                width, height = picture.size
                kind = (picture.format or "jpeg").lower()
        except (UnidentifiedImageError, OSError):
            raise Refusal(400, "Bad Request: IMAGE_PROCESS_FAILED") from None
        ending = kind.replace("jpeg", "jpg")
        return self._kept(content, folder, ending, width, height)

    def keep_any(self, content: bytes) -> Stored:
        return self._kept(content, "documents", "bin", 0, 0)

    def _kept(self, content: bytes, folder: str, ending: str, width: int, height: int) -> Stored:
        number = len(self.files)
        mark = hashlib.sha256(content + str(number).encode()).hexdigest()
        path = f"{folder}/file_{number}.{ending}"
        stored = Stored(f"AgAC{mark[:40]}", f"AQAD{mark[40:52]}", path, content, width, height)
        self.files[stored.id] = stored
        return stored

    def sizes(self, content: bytes) -> list[Json]:
        """A picture in the sizes Telegram gives: a small one and the whole."""
        whole = self.keep(content)
        with Image.open(io.BytesIO(content)) as picture:
            small = picture.convert("RGB")
            small.thumbnail((THUMBNAIL, THUMBNAIL))
        out = io.BytesIO()
        small.save(out, "JPEG")
        return [self.keep(out.getvalue(), "thumbnails").size(), whole.size()]

    def post(self, chat: Chat, content: Json) -> Json:
        """Number a message and keep it; a post of a channel is copied to its discussion group."""
        chat.last_id += 1
        message = {
            "message_id": chat.last_id,
            "date": self.now(),
            "chat": chat.card(),
            **content,
        }
        chat.messages[chat.last_id] = message
        return message


def clean(value: Any) -> Any:
    """Without what the stand-in keeps for itself."""
    if isinstance(value, dict):
        return {name: clean(each) for name, each in value.items() if not name.startswith("_")}
    return [clean(each) for each in value] if isinstance(value, list) else value
