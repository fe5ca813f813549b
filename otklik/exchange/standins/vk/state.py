"""What this small VK remembers."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

VERSION = "5.199"


class KeyKind(StrEnum):
    COMMUNITY = "group"
    SERVICE = "service"
    USER = "user"
    VK_ID = "vk_id"  # a short-lived key of VK ID: reads, but may not post


@dataclass
class Key:
    """`community_id` for a community's key, `user_id` for a person's; `rights` of a community's."""

    token: str
    kind: KeyKind
    community_id: int = 0
    user_id: int = 0
    rights: frozenset[str] = frozenset()


@dataclass
class Person:
    id: int
    first_name: str
    last_name: str
    takes_messages: bool = False  # wrote to the community or allowed it to write

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


@dataclass
class Photo:
    id: int
    owner_id: int
    content: bytes
    thumb: bytes
    width: int
    height: int
    content_type: str
    access_key: str
    date: int


@dataclass
class Comment:
    """`root` is the first comment of its branch, 0 on the first level."""

    id: int
    from_id: int
    text: str
    date: int
    photos: list[Photo] = field(default_factory=list)
    reply_to_comment: int = 0
    reply_to_user: int = 0
    root: int = 0
    likes: int = 0
    deleted: bool = False


@dataclass
class Post:
    id: int
    owner_id: int
    from_id: int
    text: str
    date: int
    photos: list[Photo] = field(default_factory=list)
    comments: dict[int, Comment] = field(default_factory=dict)
    edited: int = 0
    likes: int = 0
    reposts: int = 0
    views: int = 0
    closed: bool = False
    deleted: bool = False
    postponed: bool = False


@dataclass
class Topic:
    id: int
    title: str
    created: int
    comments: dict[int, Comment] = field(default_factory=dict)


@dataclass
class Message:
    id: int
    number: int  # within the conversation
    peer_id: int
    from_id: int
    text: str
    date: int
    random_id: int = 0
    photos: list[Photo] = field(default_factory=list)
    edited: int = 0
    reply_to: int = 0
    deleted: bool = False

    @property
    def out(self) -> bool:
        return self.from_id < 0


@dataclass
class CallbackServer:
    """`status` as VK names it: unconfigured, failed, wait, ok."""

    id: int
    url: str
    title: str
    secret: str
    status: str = "unconfigured"
    events: set[str] = field(default_factory=set)


@dataclass
class Community:
    id: int
    name: str
    screen_name: str
    confirmation: str
    posts: dict[int, Post] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    conversations: dict[int, list[Message]] = field(default_factory=dict)
    servers: dict[int, CallbackServer] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    forgotten: int = 0  # events that long poll no longer has
    poll_key: str = ""
    poll_events: set[str] | None = None  # None: long poll is off
    links_forbidden: bool = False
    members: int = 4218

    @property
    def owner_id(self) -> int:
        return -self.id


@dataclass
class World:
    """`numbers` gives ids: one counter for posts and comments of a wall, as in VK."""

    communities: dict[int, Community] = field(default_factory=dict)
    people: dict[int, Person] = field(default_factory=dict)
    keys: dict[str, Key] = field(default_factory=dict)
    photos: dict[str, Photo] = field(default_factory=dict)
    waiting_photos: dict[str, Photo] = field(default_factory=dict)
    once: dict[tuple[str, str, str], Any] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)

    def next(self, what: str, first: int = 1) -> int:
        self.numbers[what] = self.numbers.get(what, first - 1) + 1
        return self.numbers[what]

    def revoke(self, token: str) -> None:
        self.keys.pop(token, None)


def now() -> int:
    return int(time.time())
