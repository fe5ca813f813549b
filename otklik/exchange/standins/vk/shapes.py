"""VK's objects of version 5.199 from the state."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from otklik.exchange.standins.vk.state import (
    Comment,
    Community,
    Message,
    Person,
    Photo,
    Post,
    Topic,
    World,
)

Thing = dict[str, Any]


def person(one: Person) -> Thing:
    return {
        "id": one.id,
        "first_name": one.first_name,
        "last_name": one.last_name,
        "can_access_closed": True,
        "is_closed": False,
    }


def community(one: Community) -> Thing:
    return {
        "id": one.id,
        "name": one.name,
        "screen_name": one.screen_name,
        "is_closed": 0,
        "type": "group",
        "members_count": one.members,
    }


def photo(one: Photo, url: str) -> Thing:
    name = f"{url}/photos/{one.owner_id}_{one.id}"
    return {
        "id": one.id,
        "album_id": -14,
        "owner_id": one.owner_id,
        "date": one.date,
        "access_key": one.access_key,
        "has_tags": False,
        "text": "",
        "sizes": [
            {"type": "m", "url": f"{name}_m.jpg", "width": 130, "height": 130},
            {"type": "w", "url": f"{name}_w.jpg", "width": one.width, "height": one.height},
        ],
    }


def attachments(photos: Iterable[Photo], url: str) -> list[Thing]:
    return [{"type": "photo", "photo": photo(each, url)} for each in photos]


def comment(post: Post, one: Comment, url: str, *, level: bool = False, inner: int = 0) -> Thing:
    """`level` adds the branch of a first-level comment, its first `inner` answers within."""
    made: Thing = {
        "id": one.id,
        "from_id": one.from_id,
        "date": one.date,
        "text": "" if one.deleted else one.text,
        "post_id": post.id,
        "owner_id": post.owner_id,
        "parents_stack": [one.root] if one.root else [],
    }
    if one.deleted:
        made["deleted"] = True
    else:
        made["likes"] = {"can_like": 1, "count": one.likes, "user_likes": 0}
        if one.photos:
            made["attachments"] = attachments(one.photos, url)
    if one.reply_to_comment:
        made["reply_to_comment"] = one.reply_to_comment
        made["reply_to_user"] = one.reply_to_user
    if level:
        made["thread"] = _thread(post, one, url, inner)
    return made


def branch(post: Post, root: int) -> list[Comment]:
    return [each for each in post.comments.values() if each.root == root and not each.deleted]


def first_level(post: Post) -> list[Comment]:
    """With stubs of deleted comments that somebody answered."""
    return [
        each
        for each in post.comments.values()
        if not each.root and (not each.deleted or branch(post, each.id))
    ]


def post(one: Post, url: str) -> Thing:
    alive = sum(not each.deleted for each in one.comments.values())
    made: Thing = {
        "inner_type": "wall_wallpost",
        "id": one.id,
        "owner_id": one.owner_id,
        "from_id": one.from_id,
        "date": one.date,
        "post_type": "postpone" if one.postponed else "post",
        "text": one.text,
        "attachments": attachments(one.photos, url),
        "comments": {"can_post": int(not one.closed), "count": alive, "groups_can_post": True},
        "likes": {"can_like": 1, "can_publish": 1, "count": one.likes, "user_likes": 0},
        "reposts": {"count": one.reposts, "user_reposted": 0},
        "views": {"count": one.views},
    }
    if one.edited:
        made["edited"] = one.edited
    return made


def topic(one: Topic) -> Thing:
    alive = [each for each in one.comments.values() if not each.deleted]
    return {
        "id": one.id,
        "title": one.title,
        "created": one.created,
        "created_by": alive[0].from_id if alive else 0,
        "updated": alive[-1].date if alive else one.created,
        "updated_by": alive[-1].from_id if alive else 0,
        "is_closed": 0,
        "is_fixed": 0,
        "comments": len(alive),
    }


def topic_comment(one: Comment, url: str) -> Thing:
    made: Thing = {
        "id": one.id,
        "from_id": one.from_id,
        "date": one.date,
        "text": one.text,
        "likes": {"can_like": 1, "count": one.likes, "user_likes": 0},
    }
    if one.photos:
        made["attachments"] = attachments(one.photos, url)
    return made


def message(one: Message, url: str) -> Thing:
    made: Thing = {
        "id": one.id,
        "conversation_message_id": one.number,
        "date": one.date,
        "peer_id": one.peer_id,
        "from_id": one.from_id,
        "out": int(one.out),
        "text": one.text,
        "attachments": attachments(one.photos, url),
        "fwd_messages": [],
        "important": False,
        "is_hidden": False,
        "random_id": one.random_id,
        "version": 10_000_000 + one.id + one.edited,
    }
    if one.edited:
        made["update_time"] = one.edited
    return made


def conversation(peer_id: int, messages: list[Message], url: str) -> Thing:
    last = messages[-1]
    return {
        "conversation": {
            "peer": {"id": peer_id, "type": "user", "local_id": peer_id},
            "sort_id": {"major_id": 0, "minor_id": last.id},
            "last_message_id": last.id,
            "last_conversation_message_id": last.number,
            "in_read": last.id,
            "out_read": last.id,
            "can_write": {"allowed": True},
            "version": 10_000_000 + last.id,
        },
        "last_message": message(last, url),
    }


def authors(world: World, ids: Iterable[int]) -> Thing:
    """`profiles` and `groups` of an extended answer."""
    wanted = set(ids)
    return {
        "profiles": [person(each) for each in world.people.values() if each.id in wanted],
        "groups": [community(each) for each in world.communities.values() if -each.id in wanted],
    }


def _thread(post: Post, root: Comment, url: str, inner: int) -> Thing:
    answers = branch(post, root.id)
    return {
        "count": len(answers),
        "items": [comment(post, each, url) for each in answers[:inner]],
        "can_post": not post.closed,
        "show_reply_button": True,
        "groups_can_post": True,
    }
