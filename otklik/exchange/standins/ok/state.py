"""What this small OK remembers."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, field

APPLICATION_KEY = "CSTANDINKGDIHBABA"
APPLICATION_SECRET = "STANDIN0SECRET0KEY"  # noqa: S105 - of this stand-in only
ACCESS_TOKEN = "-n-stand-in-eternal"  # noqa: S105
BOT_TOKEN = "tkn1standin:CBABOPSTANDIN"  # noqa: S105
GROUP_ID = "70000000000017"
RIGHTS = ("GROUP_CONTENT", "PHOTO_CONTENT", "VALUABLE_ACCESS")


class Refusal(Exception):
    """OK says no."""

    def __init__(self, code: int, told: str) -> None:
        super().__init__(told)
        self.code = code


@dataclass
class Person:
    id: str
    first_name: str
    last_name: str

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


@dataclass
class Photo:
    id: str
    content: bytes
    content_type: str


@dataclass
class Comment:
    """`author` is a person's id, or the group's when `by_group`."""

    id: str
    author: str
    text: str
    at: int
    by_group: bool = False
    reply_to: str = ""
    photos: list[Photo] = field(default_factory=list)
    likes: int = 0
    removed: bool = False


@dataclass
class Topic:
    id: str
    text: str
    at: int
    photos: list[Photo] = field(default_factory=list)
    comments: dict[str, Comment] = field(default_factory=dict)
    likes: int = 0
    reshares: int = 0
    renderings: int = 0
    closed: bool = False
    removed: bool = False


@dataclass
class Message:
    id: str
    seq: int
    author: str
    text: str
    at: int
    by_group: bool = False
    photos: list[Photo] = field(default_factory=list)


@dataclass
class Chat:
    id: str
    person: str
    messages: list[Message] = field(default_factory=list)


@dataclass
class World:
    group_name: str = "Заозёрский округ — официально"
    token: str = ACCESS_TOKEN
    bot_token: str = BOT_TOKEN
    rights: set[str] = field(default_factory=lambda: set(RIGHTS))
    comments_may_be_written: bool = True
    people: dict[str, Person] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)
    chats: dict[str, Chat] = field(default_factory=dict)
    photos: dict[str, Photo] = field(default_factory=dict)
    tokens: dict[str, Photo] = field(default_factory=dict)
    hooks: list[str] = field(default_factory=list)
    count: int = 0

    def next(self) -> int:
        self.count += 1
        return self.count

    @property
    def session_secret(self) -> str:
        return md5(self.token + APPLICATION_SECRET)


def md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def now() -> int:
    """Milliseconds, as everywhere in OK."""
    return int(time.time() * 1000)


def first_world() -> World:
    world = World()
    for number, first, last in (
        ("560000000001", "Тамара", "Кулешова"),
        ("560000000002", "Виктор", "Самойлов"),
        ("560000000003", "Раиса", "Гордеева"),
    ):
        world.people[number] = Person(number, first, last)
    for ago, text in ((50, "С понедельника — весенний ремонт дорог."), (5, "Ярмарка в субботу.")):
        add_topic(world, text, at=now() - ago * 3_600_000, renderings=640)
    return world


def add_topic(world: World, text: str, *, at: int = 0, renderings: int = 0) -> Topic:
    number = str(156_000_000_000_000 + world.next())
    made = Topic(number, text, at or now(), renderings=renderings)
    world.topics[number] = made
    return made
