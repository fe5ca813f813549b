"""VK's objects and events as messages of ours.

VK gives comments no moment of editing, so an edit says only that the text must be read anew. The
version of a text is FIRST as it was first written, READ_LATER as it was read afterwards. When the
comment is gone by then, its edits are known by the events only: their order is arbitrary but the
same for whoever gets them in another one, and every text is kept.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from otklik.base import clock
from otklik.exchange.channels.connectors.base import Incoming, NewFile, PostAround
from otklik.exchange.channels.connectors.vk import places
from otklik.exchange.channels.connectors.vk.session import TRANSIENT, Later, Session
from otklik.exchange.channels.vocabulary import InboundKind
from otklik.exchange.vendors.http import ServiceError
from otklik.exchange.vendors.vk import wall
from otklik.exchange.vendors.vk.client import VkApi

Thing = dict[str, Any]
FIRST, READ_LATER = 0, 2**31
WORDS = {
    "video": "видео",
    "doc": "файл",
    "audio": "аудиозапись",
    "audio_message": "голосовое сообщение",
    "link": "ссылка",
    "sticker": "стикер",
    "poll": "опрос",
    "wall": "запись",
    "wall_reply": "комментарий",
    "market": "товар",
    "graffiti": "граффити",
    "photo": "фотография",
}


def of_event(session: Session, event: Thing, raw: bytes) -> list[Incoming]:
    """The messages of an event; none when it concerns nothing of ours. Raises Later."""
    read = _READERS.get(str(event.get("type")))
    if read is None:
        return []
    found = read(session, event["object"], str(event["type"]))
    return [replace(found, raw=raw)] if found else []


def comment(session: Session, thing: Thing, *, version: int = READ_LATER) -> Incoming:
    """A comment under a post of our wall."""
    settings = session.settings
    post_id, number = int(thing["post_id"]), int(thing["id"])
    owner = settings.owner_id
    stack = thing.get("parents_stack") or []
    root = int(stack[0]) if stack else 0
    nearest = int(thing.get("reply_to_comment") or 0) or root
    above = dict.fromkeys(each for each in (nearest, root) if each)
    external_id = places.comment_id(owner, post_id, number)
    if thing.get("deleted"):
        return _removed(external_id)
    return _message(
        session,
        thing,
        kind=InboundKind.COMMENT,
        external_id=external_id,
        version=version,
        thread_ids=tuple(places.comment_id(owner, post_id, each) for each in above),
        url=places.comment_url(settings, post_id, number, root),
        post=session.post_around(post_id),
        answer_to={"post": str(post_id), "comment": str(number)},
    )


def topic_comment(
    session: Session, thing: Thing, topic_id: int, title: str = "", *, version: int = READ_LATER
) -> Incoming:
    """A comment in a discussion."""
    settings, number = session.settings, int(thing["id"])
    around = PostAround(
        f"topic-{settings.group_id}_{topic_id}",
        title,
        f"{settings.site_url}/topic-{settings.group_id}_{topic_id}",
    )
    return _message(
        session,
        thing,
        kind=InboundKind.COMMENT,
        external_id=places.topic_comment_id(settings.group_id, topic_id, number),
        version=version,
        url=places.topic_url(settings, topic_id, number),
        post=around,
        answer_to={"topic": str(topic_id), "comment": str(number)},
    )


def direct(session: Session, thing: Thing) -> Incoming:
    """A message to the community, or one of the community itself."""
    settings, peer = session.settings, int(thing["peer_id"])
    made = _message(
        session,
        thing,
        kind=InboundKind.DIRECT,
        external_id=places.message_id(peer, int(thing["id"])),
        version=int(thing.get("update_time") or 0),
        url=f"{settings.site_url}/gim{settings.group_id}?sel={peer}",
        answer_to={"peer": str(peer), "message": str(thing["id"])},
    )
    ours = bool(thing.get("out")) or int(thing["from_id"]) < 0
    return replace(made, ours=ours)


def citizens_post(session: Session, thing: Thing) -> Incoming:
    """A post of somebody else on our wall: as public as a comment."""
    settings, number = session.settings, int(thing["id"])
    return _message(
        session,
        thing,
        kind=InboundKind.COMMENT,
        external_id=f"wall{settings.owner_id}_{number}",
        version=int(thing.get("edited") or 0),
        url=f"{settings.site_url}/wall{settings.owner_id}_{number}",
        answer_to={"post": str(number)},
    )


def _message(session: Session, thing: Thing, **more: Any) -> Incoming:
    author = int(thing["from_id"])
    files, notes = _attached(session, thing.get("attachments") or [])
    text = "\n".join(each for each in (str(thing.get("text", "")).strip(), *notes) if each)
    ours = author == session.settings.owner_id
    return Incoming(
        received_at=datetime.fromtimestamp(int(thing["date"]), UTC),
        raw=json.dumps(thing, ensure_ascii=False).encode(),
        cursor={},
        sender=places.profile(session.settings, author),
        sender_name="" if ours else session.names([author]).get(author, ""),
        text=text,
        files=() if ours else files,
        ours=ours,
        **more,
    )


def _removed(external_id: str, kind: InboundKind = InboundKind.COMMENT) -> Incoming:
    return Incoming(
        kind=kind,
        external_id=external_id,
        received_at=clock.now(),
        raw=b"",
        cursor={},
        deleted=True,
    )


def _attached(session: Session, attachments: list[Thing]) -> tuple[list[NewFile], list[str]]:
    """Photos as files; everything else as a line with a link, so that nothing is lost."""
    files, notes = [], []
    for each in attachments:
        kind = str(each.get("type", ""))
        thing = each.get(kind) or {}
        file = session.photo(thing) if kind == "photo" else None
        if file:
            files.append(file)
        else:
            notes.append(_note(session, kind, thing))
    return files, notes


def _note(session: Session, kind: str, thing: Thing) -> str:
    link = str(thing.get("url") or thing.get("link_mp3") or "")
    if not link and thing.get("owner_id") and thing.get("id"):
        link = f"{session.settings.site_url}/{kind}{thing['owner_id']}_{thing['id']}"
    return f"[{WORDS.get(kind, 'вложение')}{f': {link}' if link else ''}]"


def _new_comment(session: Session, thing: Thing, kind: str) -> Incoming | None:
    if kind == "wall_reply_new":
        return comment(session, thing, version=FIRST)
    if session.reader is None:
        return comment(session, thing)
    now = _now(session, session.reader, thing)
    if now is None:
        mark = zlib.crc32(str(thing.get("text", "")).encode()) % (READ_LATER - 1)
        return comment(session, thing, version=1 + mark)
    return comment(session, now)


def _now(session: Session, api: VkApi, thing: Thing) -> Thing | None:
    """The comment as it stands now: of several edits the last one counts, in whatever order they
    came. None when it is no longer there."""
    stack = thing.get("parents_stack") or []
    try:
        page = wall.comments(
            api,
            session.settings.owner_id,
            int(thing["post_id"]),
            thread=int(stack[0]) if stack else None,
            start=int(thing["id"]),
            count=1,
        )
    except TRANSIENT as error:
        raise Later(str(error)) from error
    except ServiceError:
        return None
    found = [each for each in page.items if each["id"] == thing["id"]]
    return {**thing, **found[0]} if found and not found[0].get("deleted") else None


def _gone_comment(session: Session, thing: Thing, kind: str) -> Incoming:
    owner = session.settings.owner_id
    return _removed(places.comment_id(owner, int(thing["post_id"]), int(thing["id"])))


def _new_topic_comment(session: Session, thing: Thing, kind: str) -> Incoming | None:
    if not session.settings.boards:
        return None
    version = FIRST if kind == "board_post_new" else READ_LATER
    return topic_comment(session, thing, int(thing["topic_id"]), version=version)


def _gone_topic_comment(session: Session, thing: Thing, kind: str) -> Incoming:
    group = session.settings.group_id
    return _removed(places.topic_comment_id(group, int(thing["topic_id"]), int(thing["id"])))


def _new_direct(session: Session, thing: Thing, kind: str) -> Incoming:
    return direct(session, thing.get("message") or thing)


def _new_post(session: Session, thing: Thing, kind: str) -> Incoming | None:
    session.read_post(f"{thing['owner_id']}_{thing['id']}", str(thing.get("text", "")))
    own = int(thing["from_id"]) == session.settings.owner_id
    if own or thing.get("post_type") not in ("post", "suggest"):
        return None
    return citizens_post(session, thing)


Reader = Callable[[Session, Thing, str], Incoming | None]
_READERS: Mapping[str, Reader] = {
    "wall_reply_new": _new_comment,
    "wall_reply_edit": _new_comment,
    "wall_reply_restore": _new_comment,
    "wall_reply_delete": _gone_comment,
    "board_post_new": _new_topic_comment,
    "board_post_edit": _new_topic_comment,
    "board_post_restore": _new_topic_comment,
    "board_post_delete": _gone_topic_comment,
    "message_new": _new_direct,
    "message_edit": _new_direct,
    "message_reply": _new_direct,
    "wall_post_new": _new_post,
}
EVENTS = tuple(_READERS)
