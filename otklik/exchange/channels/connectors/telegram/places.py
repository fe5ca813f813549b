"""How places of Telegram are named: `chat:message`, people `tg:number`, addresses of pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

PERSON = "tg:"
SUPERGROUP = "-100"


def name_of(chat_id: int | str, message_id: int | str) -> str:
    return f"{chat_id}:{message_id}"


def parts_of(name: str) -> tuple[int, int]:
    """Raises ValueError."""
    chat, _, message = name.rpartition(":")
    return int(chat), int(message)


def person(author: Mapping[str, Any]) -> tuple[str, str]:
    """Who wrote: a lasting mark and a name as people read it."""
    names = (author.get("first_name"), author.get("last_name"), author.get("title"))
    shown = " ".join(each for each in names if each)
    if author.get("username"):
        shown = f"{shown} (@{author['username']})".strip()
    return f"{PERSON}{author.get('id', '')}", shown


def page_of(chat: Mapping[str, Any], message_id: int) -> str:
    """The address of a message of a channel or supergroup; empty where there is none."""
    if chat.get("username"):
        return f"https://t.me/{chat['username']}/{message_id}"
    chat_id = str(chat.get("id", ""))
    if chat_id.startswith(SUPERGROUP):
        return f"https://t.me/c/{chat_id.removeprefix(SUPERGROUP)}/{message_id}"
    return ""
