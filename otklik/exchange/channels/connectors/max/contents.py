"""What is in a message besides words: files to fetch, a place on the map, a telephone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from otklik.exchange.channels.connectors.base import ConnectorError, NewFile
from otklik.exchange.vendors.http import OutcomeUnknown, ServiceError, Unreachable
from otklik.exchange.vendors.max.errors import TokenDead, TooOften

PHONE = re.compile(r"^TEL[^:]*:(.+)$", re.MULTILINE)
Json = Mapping[str, Any]


class Downloads(Protocol):
    def download(self, url: str) -> bytes: ...


def text_of(message: Json) -> str:
    """Words, those of a forwarded message, and what can be said by words."""
    link = message.get("link") or {}
    parts = [message["body"].get("text") or ""]
    if link.get("type") == "forward" and link["message"].get("text"):
        parts.append(f"Переслано: {link['message']['text']}")
    parts += [said for each in _attachments(message) if (said := _words(each))]
    return "\n".join(each for each in parts if each)


def _attachments(message: Json) -> Sequence[Json]:
    link = message.get("link") or {}
    forwarded = link["message"].get("attachments") if link.get("type") == "forward" else None
    return [*(message["body"].get("attachments") or ()), *(forwarded or ())]


def _words(attachment: Json) -> str:
    kind, payload = attachment["type"], attachment.get("payload") or {}
    if kind == "location":
        return f"Место на карте: {attachment['latitude']}, {attachment['longitude']}"
    if kind == "share":
        return ": ".join(e for e in (attachment.get("title"), payload.get("url")) if e)
    if kind == "contact":
        found = PHONE.search(payload.get("vcf_info") or "")
        return f"Телефон: {found[1].strip()}" if found else ""
    return "[Видео: откройте его в MAX.]" if kind == "video" else ""


def _named(message: Json) -> Iterator[tuple[str, str, str]]:
    """Address, name and type of each file."""
    for each in _attachments(message):
        payload = each.get("payload") or {}
        if each["type"] == "image":
            yield payload["url"], f"фото-{payload['photo_id']}.jpg", "image/jpeg"
        elif each["type"] == "file":
            yield payload["url"], each["filename"], ""
        elif each["type"] == "audio":
            yield payload["url"], "голосовое.mp3", "audio/mpeg"


def fetched(message: Json, downloads: Downloads) -> tuple[Sequence[NewFile], str]:
    """Files with their bytes, and words about those that MAX does not give.

    Raises ConnectorError when they should be fetched later.
    """
    files, notes = [], []
    for url, name, content_type in _named(message):
        try:
            content = downloads.download(url)
        except (Unreachable, OutcomeUnknown, TooOften, TokenDead) as error:
            raise ConnectorError(str(error)) from error
        except ServiceError:
            notes.append(f"[Файл «{name}» MAX не отдаёт.]")
        else:
            files.append(NewFile(name, content, content_type))
    return files, "\n".join(notes)
