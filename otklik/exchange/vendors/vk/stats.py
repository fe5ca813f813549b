"""How many saw and answered. Likes, views and comments also stand in the posts themselves."""

from __future__ import annotations

from collections.abc import Sequence

from otklik.exchange.vendors.vk.client import VkApi
from otklik.exchange.vendors.vk.wall import Thing

MOST_POSTS = 30


def reach(api: VkApi, owner_id: int, post_ids: Sequence[int]) -> list[Thing]:
    """Reach of up to 30 of the last 300 posts. Keys: user."""
    values = {"owner_id": owner_id, "post_ids": list(post_ids[:MOST_POSTS])}
    return list(api.call("stats.getPostReach", values))


def community(api: VkApi, group_id: int, *, since: int, until: int) -> list[Thing]:
    """Visits and activity by day between two Unix times. Keys: user."""
    values = {
        "group_id": group_id,
        "timestamp_from": since,
        "timestamp_to": until,
        "interval": "day",
    }
    return list(api.call("stats.get", values))
