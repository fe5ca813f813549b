"""What is in a message besides words: files to fetch, a place on the map, a telephone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from otklik.exchange.channels.connectors.base import ConnectorError, NewFile
from otklik.exchange.vendors.http import OutcomeUnknown, ServiceError, Unreachable
from otklik.exchange.vendors.telegram.client import LARGEST_DOWNLOAD
from otklik.exchange.vendors.telegram.errors import TokenDead, TooOften

# Field of a message → name and type of a file that has none of its own.
KINDS = {
    "document": ("документ", "application/octet-stream"),
    "video": ("видео.mp4", "video/mp4"),
    "animation": ("анимация.mp4", "video/mp4"),
    "audio": ("запись.mp3", "audio/mpeg"),
    "voice": ("голосовое.ogg", "audio/ogg"),
    "video_note": ("кружок.mp4", "video/mp4"),
}
Message = Mapping[str, Any]


class Downloads(Protocol):
    def download(self, file_id: str) -> bytes: ...


@dataclass(frozen=True)
class Named:
    file_id: str
    name: str
    content_type: str
    size: int = 0


def text_of(message: Message) -> str:
    """Words, and what can be said by words: a place, a contact."""
    parts = [message.get("text") or message.get("caption") or ""]
    venue = message.get("venue") or {}
    where = venue.get("location") or message.get("location")
    if venue:
        parts.append(f"{venue.get('title', '')}, {venue.get('address', '')}".strip(", "))
    if where:
        parts.append(f"Место на карте: {where['latitude']}, {where['longitude']}")
    if contact := message.get("contact"):
        parts.append(f"Телефон: {contact['phone_number']}, {contact.get('first_name', '')}")
    return "\n".join(each for each in parts if each)


def named_files(message: Message) -> Iterator[Named]:
    """Files of the message; of a photo the largest size."""
    if photo := message.get("photo"):
        largest = max(photo, key=lambda size: size["width"] * size["height"])
        name = f"фото-{message['message_id']}.jpg"
        yield Named(largest["file_id"], name, "image/jpeg", largest.get("file_size", 0))
    for kind, (name, content_type) in KINDS.items():
        # An animation comes a second time as a document, for old programs.
        if kind == "document" and "animation" in message:
            continue
        if each := message.get(kind):
            yield Named(
                each["file_id"],
                each.get("file_name") or name,
                each.get("mime_type") or content_type,
                each.get("file_size", 0),
            )


def fetched(message: Message, downloads: Downloads) -> tuple[Sequence[NewFile], str]:
    """Files with their bytes, and words about those that Telegram does not give.

    Raises ConnectorError when they should be fetched later.
    """
    files, notes = [], []
    for each in named_files(message):
        if each.size > LARGEST_DOWNLOAD:
            notes.append(f"[Файл «{each.name}» больше 20 МБ: Telegram не отдаёт такие ботам.]")
            continue
        try:
            content = downloads.download(each.file_id)
        except (Unreachable, OutcomeUnknown, TooOften, TokenDead) as error:
            raise ConnectorError(str(error)) from error
        except ServiceError:
            notes.append(f"[Файл «{each.name}» Telegram не отдаёт.]")
        else:
            files.append(NewFile(each.name, content, each.content_type))
    return files, "\n".join(notes)
