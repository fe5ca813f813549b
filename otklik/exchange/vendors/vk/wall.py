"""Posts and comments of a community's wall and its discussions (board).

`owner_id` of a community is negative, `group_id` positive. `key` makes a repeat harmless:
VK makes one thing of two requests with one `guid`. Dictionaries are VK's objects of 5.199.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from otklik.exchange.vendors.vk.client import VkApi

Thing = dict[str, Any]
MOST_AT_ONCE = 100
MOST_IN_THREAD = 10


@dataclass(frozen=True)
class Page:
    """Part of a list: `count` is how many there are in all; `people` who wrote, when asked."""

    items: list[Thing]
    count: int
    profiles: list[Thing] = field(default_factory=list)
    groups: list[Thing] = field(default_factory=list)


def posts(api: VkApi, owner_id: int, *, offset: int = 0, count: int = 50) -> Page:
    """Posts of a wall, newest first. Keys: user, service."""
    told = api.call("wall.get", {"owner_id": owner_id, "offset": offset, "count": count})
    return _page(told)


def posts_by_id(api: VkApi, full_ids: Sequence[str]) -> list[Thing]:
    """Posts by `owner_post` ids, those that exist. Keys: user, service."""
    told = api.call("wall.getById", {"posts": list(full_ids)})
    return list(told["items"] if isinstance(told, dict) else told)


def comments(
    api: VkApi,
    owner_id: int,
    post_id: int,
    *,
    thread: int | None = None,
    start: int | None = None,
    offset: int = 0,
    count: int = MOST_AT_ONCE,
) -> Page:
    """Comments, oldest first; of one branch when `thread` names its first comment.

    `start` is the comment from which to begin. Keys: user, service.
    """
    told = api.call(
        "wall.getComments",
        {
            "owner_id": owner_id,
            "post_id": post_id,
            "comment_id": thread,
            "start_comment_id": start,
            "offset": offset or None,
            "count": count,
            "sort": "asc",
            "need_likes": True,
            "extended": True,
            "thread_items_count": None if thread else MOST_IN_THREAD,
        },
    )
    return _page(told)


def comment(
    api: VkApi,
    owner_id: int,
    post_id: int,
    text: str,
    *,
    key: str,
    reply_to: int | None = None,
    attachments: Sequence[str] = (),
) -> int:
    """Answer in the name of the community; the id of the comment. Keys: user, community."""
    told = api.call(
        "wall.createComment",
        {
            "owner_id": owner_id,
            "post_id": post_id,
            "from_group": -owner_id,
            "message": text,
            "reply_to_comment": reply_to,
            "attachments": list(attachments) or None,
            "guid": key,
        },
    )
    return int(told["comment_id"])


def edit_comment(api: VkApi, owner_id: int, comment_id: int, text: str) -> None:
    """Keys: user."""
    values = {"owner_id": owner_id, "comment_id": comment_id, "message": text}
    api.call("wall.editComment", values)


def delete_comment(api: VkApi, owner_id: int, comment_id: int) -> None:
    """Keys: user."""
    api.call("wall.deleteComment", {"owner_id": owner_id, "comment_id": comment_id})


def post(
    api: VkApi,
    owner_id: int,
    text: str,
    *,
    key: str,
    attachments: Sequence[str] = (),
    publish_at: int | None = None,
    close_comments: bool = False,
) -> int:
    """Publish as the community, or at a Unix time later; the id of the post.

    Keys: user; in practice text alone passes with a community's key too.
    """
    told = api.call(
        "wall.post",
        {
            "owner_id": owner_id,
            "from_group": True,
            "message": text,
            "attachments": list(attachments) or None,
            "publish_date": publish_at,
            "guid": key,
            "close_comments": close_comments or None,
        },
    )
    return int(told["post_id"])


def edit_post(
    api: VkApi, owner_id: int, post_id: int, text: str, *, attachments: Sequence[str] = ()
) -> None:
    """Replace text and attachments of a post. Keys: user."""
    api.call(
        "wall.edit",
        {
            "owner_id": owner_id,
            "post_id": post_id,
            "message": text,
            "attachments": list(attachments) or None,
        },
    )


def delete_post(api: VkApi, owner_id: int, post_id: int) -> None:
    """Keys: user."""
    api.call("wall.delete", {"owner_id": owner_id, "post_id": post_id})


def board_topics(api: VkApi, group_id: int, *, offset: int = 0, count: int = 40) -> Page:
    """Discussions, last changed first. Keys: user, service."""
    values = {"group_id": group_id, "offset": offset, "count": count, "order": 1}
    return _page(api.call("board.getTopics", values))


def board_comments(
    api: VkApi,
    group_id: int,
    topic_id: int,
    *,
    start: int | None = None,
    offset: int = 0,
    count: int = MOST_AT_ONCE,
) -> Page:
    """Comments of a discussion, oldest first. Keys: user, service."""
    told = api.call(
        "board.getComments",
        {
            "group_id": group_id,
            "topic_id": topic_id,
            "start_comment_id": start,
            "offset": offset or None,
            "count": count,
            "extended": True,
            "sort": "asc",
        },
    )
    return _page(told)


def board_comment(
    api: VkApi,
    group_id: int,
    topic_id: int,
    text: str,
    *,
    key: str,
    attachments: Sequence[str] = (),
) -> int:
    """Answer in a discussion as the community; the id of the comment. Keys: user."""
    told = api.call(
        "board.createComment",
        {
            "group_id": group_id,
            "topic_id": topic_id,
            "message": text,
            "attachments": list(attachments) or None,
            "from_group": True,
            "guid": key,
        },
    )
    return int(told)


def _page(told: Thing) -> Page:
    return Page(
        list(told.get("items", [])),
        int(told.get("count", 0)),
        list(told.get("profiles", [])),
        list(told.get("groups", [])),
    )
