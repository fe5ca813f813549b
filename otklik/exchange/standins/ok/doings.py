"""What people and the group do; messages to the bot are told to its subscribers."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import httpx
from PIL import Image, UnidentifiedImageError

from otklik.exchange.standins.deliveries import Deliveries
from otklik.exchange.standins.ok.state import (
    GROUP_ID,
    Chat,
    Comment,
    Message,
    Photo,
    Refusal,
    Topic,
    World,
    now,
)


@dataclass
class Stage:
    world: World
    deliveries: Deliveries
    url: str


def new_photo(stage: Stage, content: bytes) -> Photo:
    """Raises Refusal 503 when it is not a picture."""
    try:
        with Image.open(io.BytesIO(content)) as image:
            kind = image.get_format_mimetype() or "image/jpeg"
    except (UnidentifiedImageError, OSError):
        raise Refusal(503, "PHOTO_INVALID_FORMAT : invalid format") from None
    made = Photo(str(870_000_000_000 + stage.world.next()), content, kind)
    stage.world.photos[made.id] = made
    return made


def add_comment(
    stage: Stage,
    topic: Topic,
    author: str,
    text: str,
    photos: Sequence[Photo] = (),
    *,
    reply_to: str = "",
    by_group: bool = False,
) -> Comment:
    if topic.closed:
        raise Refusal(456, "GROUP_RESTRICTION : comments are disabled")
    if reply_to and reply_to not in topic.comments:
        raise Refusal(700, "COMMENT_NOT_FOUND : comment not found")
    number = f"MTc2{stage.world.next():08d}"
    made = Comment(number, author, text, now(), by_group, reply_to, list(photos))
    topic.comments[number] = made
    topic.renderings += 5
    return made


def add_message(
    stage: Stage,
    person: str,
    text: str,
    photos: Sequence[Photo] = (),
    *,
    by_group: bool = False,
) -> Message:
    """A message of a person to the group, or the group's answer in his conversation."""
    chat = next((each for each in stage.world.chats.values() if each.person == person), None)
    if chat is None:
        if by_group:
            raise Refusal(705, "CHAT_NOT_FOUND : chat not found")
        chat = Chat(f"chat:C{int(person):x}", person)
        stage.world.chats[chat.id] = chat
    seq = 98_211_000_000_000_000 + stage.world.next()
    made = Message(
        f"mid:{chat.id.removeprefix('chat:')}.{seq:x}",
        seq,
        GROUP_ID if by_group else person,
        text,
        now(),
        by_group,
        list(photos),
    )
    chat.messages.append(made)
    if not by_group:
        event = {**message_shape(stage, chat, made), "webhookType": "MESSAGE_CREATED"}
        for url in stage.world.hooks:
            stage.deliveries.send(url, event, {}, _taken)
    return made


def message_shape(stage: Stage, chat: Chat, message: Message) -> dict[str, Any]:
    """A message as `/me/messages` and webhooks give it."""
    if message.by_group:
        sender = {"name": stage.world.group_name, "user_id": f"group:{message.author}"}
    else:
        name = stage.world.people[message.author].name
        sender = {"name": name, "user_id": f"user:{message.author}"}
    body: dict[str, Any] = {"text": message.text, "seq": message.seq, "mid": message.id}
    if message.photos:
        body["attachments"] = [
            {"type": "IMAGE", "payload": {"url": photo_url(stage, each)}} for each in message.photos
        ]
    return {
        "sender": sender,
        "recipient": {"chat_id": chat.id},
        "message": body,
        "timestamp": message.at,
    }


def photo_url(stage: Stage, photo: Photo) -> str:
    return f"{stage.url}/photos/{photo.id}"


def _taken(answer: httpx.Response) -> bool:
    return answer.status_code == 200
