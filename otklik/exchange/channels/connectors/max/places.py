"""How places of MAX are named: messages by `mid`, comments `mid of the post/id`, people `max:1`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

PERSON = "max:"
BETWEEN = "/"
Json = Mapping[str, Any]


def comment_name(post: str, comment: str) -> str:
    return f"{post}{BETWEEN}{comment}"


def comment_parts(name: str) -> tuple[str, str]:
    """Post and comment; the comment is empty when the name is that of a message."""
    post, _, comment = name.partition(BETWEEN)
    return post, comment


def person(author: Json) -> tuple[str, str]:
    """Who wrote: a lasting mark and a name as people read it."""
    names = (author.get("first_name") or author.get("name"), author.get("last_name"))
    shown = " ".join(each for each in names if each)
    if author.get("username"):
        shown = f"{shown} (@{author['username']})".strip()
    return (f"{PERSON}{author['user_id']}" if author.get("user_id") else ""), shown


def moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def said_at(at: datetime) -> int:
    """Milliseconds."""
    return int(at.timestamp() * 1000)
