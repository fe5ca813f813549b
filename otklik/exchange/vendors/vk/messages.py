"""Messages to a community. A community may not write first: only answer who wrote (901)."""

from __future__ import annotations

from typing import Any

from otklik.exchange.vendors.vk.client import VkApi
from otklik.exchange.vendors.vk.wall import Page, Thing

MOST_AT_ONCE = 200
LONGEST = 4096


def send(
    api: VkApi,
    peer_id: int,
    text: str,
    *,
    random_id: int,
    attachment: str = "",
    reply_to: int | None = None,
) -> int:
    """Send once: VK makes one message of two with one non-zero `random_id` (32 bits, signed).

    The id of the message. Keys: user, community.
    """
    told = api.call(
        "messages.send",
        {
            "peer_id": peer_id,
            "random_id": random_id,
            "message": text,
            "attachment": attachment or None,
            "reply_to": reply_to,
        },
    )
    return int(told)


def history(
    api: VkApi, peer_id: int, group_id: int, *, offset: int = 0, count: int = MOST_AT_ONCE
) -> Page:
    """Messages of one conversation, newest first. Keys: user, community."""
    values = {
        "peer_id": peer_id,
        "group_id": group_id,
        "offset": offset,
        "count": count,
        "extended": True,
    }
    return _page(api.call("messages.getHistory", values))


def conversations(
    api: VkApi, group_id: int, *, offset: int = 0, count: int = MOST_AT_ONCE
) -> list[Thing]:
    """Conversations, last written first: `{conversation, last_message}`. Keys: user, community."""
    values = {"group_id": group_id, "offset": offset, "count": count}
    return list(api.call("messages.getConversations", values)["items"])


def mark_read(api: VkApi, peer_id: int, group_id: int) -> None:
    """Keys: user, community."""
    api.call("messages.markAsRead", {"peer_id": peer_id, "group_id": group_id})


def _page(told: dict[str, Any]) -> Page:
    return Page(
        list(told["items"]),
        int(told["count"]),
        list(told.get("profiles", [])),
        list(told.get("groups", [])),
    )
