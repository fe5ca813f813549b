"""Cutting a long answer into parts that a channel takes, at ends of paragraphs and sentences."""

from __future__ import annotations

import re

_SENTENCE_END = re.compile(r"(?<=[.!?…])[»\")]*\s+(?=[«\"(А-ЯЁA-Z0-9—])")
_NUMBER_ROOM = len(" (99/99)")


def split(text: str, limit: int) -> list[str]:
    """Parts of at most `limit` characters (0: no limit), in order, none empty.

    Several parts end with «(1/3)», so that the reader knows that more follows.
    """
    if not limit or len(text) <= limit:
        return [text] if text.strip() else []
    text = text.strip()
    room = limit - _NUMBER_ROOM
    if room < 1:
        raise ValueError("the limit leaves no room for text")
    parts: list[str] = []
    rest = text
    while rest:
        cut = _cut(rest, room)
        part, rest = rest[:cut].rstrip(), rest[cut:].lstrip()
        if part:
            parts.append(part)
    return [f"{part} ({number}/{len(parts)})" for number, part in enumerate(parts, start=1)]


def _cut(text: str, room: int) -> int:
    """Where to cut: the last paragraph, sentence or word that fits, else in a word."""
    if len(text) <= room:
        return len(text)
    head = text[: room + 1]
    for found in (
        head.rfind("\n\n"),
        head.rfind("\n"),
        max((each.end() for each in _SENTENCE_END.finditer(head)), default=-1),
        head.rfind(" "),
    ):
        if found > room // 3:
            return min(found, room)
    return room
