"""An update or a comment of MAX as a message for the centre."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from otklik.exchange.channels.connectors.base import Incoming, PostAround
from otklik.exchange.channels.connectors.max.contents import Downloads, fetched, text_of
from otklik.exchange.channels.connectors.max.places import comment_name, moment, person
from otklik.exchange.channels.vocabulary import Disposition, InboundKind

WRITTEN = ("message_created", "message_edited")
KINDS = {
    "dialog": InboundKind.DIRECT,
    "chat": InboundKind.COMMENT,
    "channel": InboundKind.POST,
}
COMMAND = "команда боту"
BY_BOT = "написал бот"
Json = Mapping[str, Any]


def read(update: Json, downloads: Downloads) -> Sequence[Incoming]:
    """Messages of an update; none when it tells nothing to a centre.

    Raises ConnectorError when its files must be fetched later; KeyError, TypeError or ValueError
    when it is not as MAX describes it.
    """
    if update["update_type"] == "message_removed":
        return _removed(update)
    if update["update_type"] not in WRITTEN:
        return ()
    message = update["message"]
    kind = KINDS[message["recipient"]["chat_type"]]
    ours = kind == InboundKind.POST
    files, notes = ((), "") if ours else fetched(message, downloads)
    text = "\n\n".join(each for each in (text_of(message), notes) if each)
    if not (text or files):
        return ()
    edited = update["update_type"] == "message_edited"
    return (_incoming(message, update, kind, text, files, int(edited and update["timestamp"])),)


def _incoming(
    message: Json, raw: Json, kind: InboundKind, text: str, files: Sequence[Any], version: int
) -> Incoming:
    ours = kind == InboundKind.POST
    sender, name = person(message.get("sender") or {})
    disposition, reason = _disposition(message, text, ours=ours)
    mid, link = message["body"]["mid"], message.get("link") or {}
    replied = link["message"] if link.get("type") == "reply" else {}
    return Incoming(
        kind=kind,
        external_id=mid,
        received_at=moment(message["timestamp"]),
        raw=json.dumps(raw, ensure_ascii=False).encode(),
        cursor={},
        sender=sender,
        sender_name=name,
        text=text,
        quoted=replied.get("text") or "",
        thread_ids=(replied["mid"],) if replied else (),
        files=files,
        disposition=disposition,
        reason=reason,
        version=version,
        ours=ours,
        url=message.get("url") or "",
        answer_to={"chat": str(message["recipient"]["chat_id"]), "message": mid},
    )


def read_comment(comment: Json, post: Json) -> Incoming | None:
    """A comment under a post of the channel; None for an empty one."""
    text = text_of(comment)
    if not text:
        return None
    author = comment.get("sender")
    ours = author is None
    sender, name = person(author or {})
    disposition, reason = _disposition(comment, text, ours=ours)
    post_id, comment_id = post["body"]["mid"], comment["body"]["mid"]
    link = comment.get("link") or {}
    replied = link["message"] if link.get("type") == "reply" else {}
    url = post.get("url") or ""
    return Incoming(
        kind=InboundKind.COMMENT,
        external_id=comment_name(post_id, comment_id),
        received_at=moment(comment["timestamp"]),
        raw=json.dumps(comment, ensure_ascii=False).encode(),
        cursor={},
        sender=sender,
        sender_name=name,
        text=text,
        quoted=replied.get("text") or "",
        thread_ids=(comment_name(post_id, replied["mid"]),) if replied else (),
        disposition=disposition,
        reason=reason,
        ours=ours,
        url=url,
        post=PostAround(post_id, text_of(post), url),
        answer_to={"post": post_id, "comment": comment_id},
    )


def event_name(update: Json) -> str:
    """MAX numbers no events: the same kind, message and moment are the same event.

    Raises KeyError or TypeError.
    """
    kind, at = str(update["update_type"]), int(update["timestamp"])
    message = update.get("message") or {}
    mid = message["body"]["mid"] if message else update.get("message_id", "")
    if mid:
        return f"{kind}:{mid}:{at}"
    whole = json.dumps(update, sort_keys=True, ensure_ascii=False).encode()
    return f"{kind}:{hashlib.sha256(whole).hexdigest()}"


def unreadable(update: Any, now: datetime) -> Incoming:
    """What is not as MAX describes it waits for a person."""
    raw = json.dumps(update, ensure_ascii=False).encode()
    return Incoming(
        kind=InboundKind.DIRECT,
        external_id=f"update:{hashlib.sha256(raw).hexdigest()}",
        received_at=now,
        raw=raw,
        cursor={},
        text="Сообщение MAX не удалось разобрать. Откройте его исходный текст.",
        disposition=Disposition.UNREADABLE,
        reason="ошибка разбора",
    )


def _removed(update: Json) -> Sequence[Incoming]:
    """The event does not say what kind of chat it was: both kinds of the message are marked."""
    return [
        Incoming(
            kind=kind,
            external_id=update["message_id"],
            received_at=moment(update["timestamp"]),
            raw=json.dumps(update, ensure_ascii=False).encode(),
            cursor={},
            deleted=True,
        )
        for kind in (InboundKind.DIRECT, InboundKind.COMMENT)
    ]


def _disposition(message: Json, text: str, *, ours: bool) -> tuple[Disposition, str]:
    if ours:
        return Disposition.ECHO, ""
    if (message.get("sender") or {}).get("is_bot"):
        return Disposition.AUTOMATIC, BY_BOT
    if text.startswith("/") and " " not in text.strip():
        return Disposition.AUTOMATIC, COMMAND
    return Disposition.ACCEPTED, ""
