"""OK's comments and messages as messages of ours.

External ids: `topic<topic>_c<comment>` a comment, `mid:…` a message as OK names it.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from otklik.base import clock
from otklik.exchange.channels.connectors.base import Incoming, NewFile, PostAround
from otklik.exchange.channels.connectors.ok.session import Session
from otklik.exchange.channels.connectors.ok.settings import OkSettings
from otklik.exchange.channels.vocabulary import InboundKind

Thing = dict[str, Any]
MOSCOW = timezone(timedelta(hours=3))
WORDS = {"VIDEO": "видео", "AUDIO": "аудиозапись", "SHARE": "ссылка", "FILE": "файл"}
ADDRESSES = ("pic_max", "pic1024x768", "pic640x480", "image_url", "standard_url", "url")


def topic_url(settings: OkSettings, topic_id: str) -> str:
    return f"{settings.site_url}/group/{settings.group_id}/topic/{topic_id}"


def comment_id(topic_id: str, number: str) -> str:
    return f"topic{topic_id}_c{number}"


def comment(session: Session, thing: Thing, topic_id: str, topic_text: str) -> Incoming:
    """A comment under a topic of our group. One taken away comes as deleted."""
    settings, number = session.settings, str(thing["id"])
    external_id = comment_id(topic_id, number)
    if str(thing.get("type", "")).startswith("REMOVED"):
        return _removed(external_id)
    author, by_group = str(thing.get("author_id", "")), thing.get("author_type") == "GROUP"
    files, notes = _attached(session, thing.get("attachments") or [], number)
    answered = str(thing.get("reply_to_comment_id") or "")
    url = topic_url(settings, topic_id)
    return Incoming(
        kind=InboundKind.COMMENT,
        external_id=external_id,
        received_at=_moment(thing),
        raw=_raw(thing),
        cursor={},
        sender="" if by_group else f"{settings.site_url}/profile/{author}",
        sender_name="" if by_group else session.names([author]).get(author, ""),
        text=_joined(thing.get("text"), notes),
        thread_ids=(comment_id(topic_id, answered),) if answered else (),
        files=() if by_group else files,
        ours=by_group,
        url=url,
        post=PostAround(f"topic{topic_id}", topic_text, url),
        answer_to={"topic": topic_id, "comment": number},
    )


def direct(session: Session, thing: Thing, raw: bytes = b"") -> Incoming:
    """A message to the group, or one of the group itself."""
    settings = session.settings
    body, chat = thing["message"], str(thing["recipient"]["chat_id"])
    told = str(thing["sender"]["user_id"])
    kind, _, author = told.partition(":")
    ours = kind == "group"
    name = str(thing["sender"].get("name") or "")
    files, notes = _attached(session, body.get("attachments") or [], str(body.get("seq", "")))
    return Incoming(
        kind=InboundKind.DIRECT,
        external_id=str(body["mid"]),
        received_at=datetime.fromtimestamp(int(thing["timestamp"]) / 1000, UTC),
        raw=raw or _raw(thing),
        cursor={},
        sender="" if ours else f"{settings.site_url}/profile/{author}",
        sender_name=name or ("" if ours else session.names([author]).get(author, "")),
        text=_joined(body.get("text"), notes),
        files=() if ours else files,
        ours=ours,
        url=f"{settings.site_url}/group/{settings.group_id}/messages",
        answer_to={"chat": chat},
    )


def _attached(
    session: Session, attachments: list[Thing], name: str
) -> tuple[list[NewFile], list[str]]:
    """Pictures as files; everything else as a line with a link, so that nothing is lost."""
    files, notes = [], []
    for number, each in enumerate(attachments, start=1):
        kind = str(each.get("type", ""))
        thing = {**each, **(each.get("payload") or {})}
        url = next((str(thing[key]) for key in ADDRESSES if thing.get(key)), "")
        picture = kind in ("IMAGE", "PHOTO") and url
        file = session.picture(url, f"photo_{name}_{number}") if picture else None
        if file:
            files.append(file)
        else:
            word = "фотография" if picture else WORDS.get(kind, "вложение")
            notes.append(f"[{word}{f': {url}' if url else ''}]")
    return files, notes


def _moment(thing: Thing) -> datetime:
    """OK tells milliseconds, or Moscow time in words."""
    if thing.get("date_ms"):
        return datetime.fromtimestamp(int(thing["date_ms"]) / 1000, UTC)
    told = datetime.strptime(str(thing["date"])[:19], "%Y-%m-%d %H:%M:%S")  # noqa: DTZ007
    return told.replace(tzinfo=MOSCOW)


def _removed(external_id: str) -> Incoming:
    return Incoming(
        kind=InboundKind.COMMENT,
        external_id=external_id,
        received_at=clock.now(),
        raw=b"",
        cursor={},
        deleted=True,
    )


def _joined(text: Any, notes: list[str]) -> str:
    return "\n".join(each for each in (str(text or "").strip(), *notes) if each)


def _raw(thing: Thing) -> bytes:
    return json.dumps(thing, ensure_ascii=False).encode()
