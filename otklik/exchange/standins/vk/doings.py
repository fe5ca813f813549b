"""What people and the community do; each tells its event."""

from __future__ import annotations

import io
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image, UnidentifiedImageError

from otklik.exchange.standins.deliveries import Deliveries
from otklik.exchange.standins.vk import news, shapes
from otklik.exchange.standins.vk.keys import Refusal
from otklik.exchange.standins.vk.state import (
    Comment,
    Community,
    Message,
    Photo,
    Post,
    Topic,
    World,
    now,
)

LINK = re.compile(r"https?://", re.I)
LONGEST_MESSAGE = 4096


@dataclass
class Stage:
    """Everything a deed needs: the state, where events go, where files are served."""

    world: World
    deliveries: Deliveries
    url: str

    def tell(self, community: Community, kind: str, thing: dict[str, Any]) -> None:
        news.tell(community, kind, thing, self.deliveries)


def new_photo(stage: Stage, owner_id: int, content: bytes) -> Photo:
    """Raises Refusal 129 when it is not a picture."""
    try:
        with Image.open(io.BytesIO(content)) as image:
            width, height, kind = image.width, image.height, image.get_format_mimetype()
            small = image.convert("RGB")
            small.thumbnail((130, 130))
            kept = io.BytesIO()
            small.save(kept, "JPEG")
    except (UnidentifiedImageError, OSError):
        raise Refusal(129) from None
    made = Photo(
        stage.world.next("photo", first=457_239_001),
        owner_id,
        content,
        kept.getvalue(),
        width,
        height,
        kind or "image/jpeg",
        secrets.token_hex(9),
        now(),
    )
    stage.world.photos[f"{made.owner_id}_{made.id}"] = made
    return made


def add_post(
    stage: Stage,
    community: Community,
    from_id: int,
    text: str,
    photos: Sequence[Photo] = (),
    at: int = 0,
) -> Post:
    number = stage.world.next(f"wall{community.owner_id}")
    made = Post(number, community.owner_id, from_id, text, at or now(), list(photos))
    made.postponed = at > now()
    community.posts[number] = made
    stage.tell(community, "wall_post_new", shapes.post(made, stage.url))
    return made


def add_comment(
    stage: Stage,
    community: Community,
    post: Post,
    from_id: int,
    text: str,
    photos: Sequence[Photo] = (),
    reply_to: int = 0,
) -> Comment:
    """Raises Refusal: comments closed, links forbidden, an unknown comment to answer."""
    if post.closed:
        raise Refusal(213)
    if community.links_forbidden and LINK.search(text):
        raise Refusal(222)
    answered = post.comments.get(reply_to)
    if reply_to and (answered is None or answered.deleted):
        raise Refusal(100, "One of the parameters specified was missing or invalid: reply_to")
    number = stage.world.next(f"wall{community.owner_id}")
    made = Comment(number, from_id, text, now(), list(photos))
    if answered:
        made.reply_to_comment, made.reply_to_user = answered.id, answered.from_id
        made.root = answered.root or answered.id
    post.comments[number] = made
    post.views += 7
    stage.tell(community, "wall_reply_new", shapes.comment(post, made, stage.url))
    return made


def edit_comment(
    stage: Stage, community: Community, post: Post, comment: Comment, text: str
) -> None:
    comment.text = text
    stage.tell(community, "wall_reply_edit", shapes.comment(post, comment, stage.url))


def delete_comment(
    stage: Stage, community: Community, post: Post, comment: Comment, by: int
) -> None:
    comment.deleted = True
    gone = {
        "owner_id": post.owner_id,
        "id": comment.id,
        "user_id": max(comment.from_id, 0),
        "deleter_id": by,
        "post_id": post.id,
    }
    stage.tell(community, "wall_reply_delete", gone)


def restore_comment(stage: Stage, community: Community, post: Post, comment: Comment) -> None:
    comment.deleted = False
    stage.tell(community, "wall_reply_restore", shapes.comment(post, comment, stage.url))


def add_topic_comment(
    stage: Stage,
    community: Community,
    topic: Topic,
    from_id: int,
    text: str,
    photos: Sequence[Photo] = (),
) -> Comment:
    number = stage.world.next(f"board{topic.id}")
    made = Comment(number, from_id, text, now(), list(photos))
    topic.comments[number] = made
    _tell_board(stage, community, topic, made, "board_post_new")
    return made


def edit_topic_comment(
    stage: Stage, community: Community, topic: Topic, comment: Comment, text: str
) -> None:
    comment.text = text
    _tell_board(stage, community, topic, comment, "board_post_edit")


def delete_topic_comment(
    stage: Stage, community: Community, topic: Topic, comment: Comment
) -> None:
    comment.deleted = True
    gone = {"topic_owner_id": community.id, "topic_id": topic.id, "id": comment.id}
    stage.tell(community, "board_post_delete", gone)


def add_message(
    stage: Stage,
    community: Community,
    peer_id: int,
    text: str,
    photos: Sequence[Photo] = (),
    *,
    out: bool = False,
    random_id: int = 0,
    reply_to: int = 0,
) -> Message:
    """A message of a person, or of the community when `out`. Raises Refusal 901, 914."""
    person = stage.world.people.get(peer_id)
    if person is None or (out and not person.takes_messages):
        raise Refusal(901)
    if len(text) > LONGEST_MESSAGE:
        raise Refusal(914)
    kept = community.conversations.setdefault(peer_id, [])
    made = Message(
        stage.world.next("message"),
        len(kept) + 1,
        peer_id,
        community.owner_id if out else peer_id,
        text,
        now(),
        random_id,
        list(photos),
        reply_to=reply_to,
    )
    kept.append(made)
    person.takes_messages = person.takes_messages or not out
    told = shapes.message(made, stage.url)
    if out:
        stage.tell(community, "message_reply", told)
    else:
        stage.tell(community, "message_new", {"message": told, "client_info": CLIENT})
    return made


def edit_message(stage: Stage, community: Community, message: Message, text: str) -> None:
    message.text, message.edited = text, now()
    stage.tell(community, "message_edit", shapes.message(message, stage.url))


CLIENT = {
    "button_actions": ["text", "open_link"],
    "keyboard": True,
    "inline_keyboard": True,
    "carousel": True,
    "lang_id": 0,
}


def _tell_board(
    stage: Stage, community: Community, topic: Topic, comment: Comment, kind: str
) -> None:
    told = shapes.topic_comment(comment, stage.url)
    place = {"topic_id": topic.id, "topic_owner_id": community.owner_id}
    stage.tell(community, kind, {**told, **place})
