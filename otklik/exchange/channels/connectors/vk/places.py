"""External ids, addresses and places of answers, in one notation for reading and writing.

`wall<owner>_<post>` a post, `…_r<comment>` a comment under it, `topic<group>_<topic>_r<comment>`
one in a discussion, `dm<peer>_<message>` a message.
"""

from __future__ import annotations

import hashlib
import re

from otklik.exchange.channels.connectors.vk.settings import VkSettings

PERSON = re.compile(r"id(\d+)$")


def comment_id(owner_id: int, post_id: int, number: int) -> str:
    return f"wall{owner_id}_{post_id}_r{number}"


def comment_url(settings: VkSettings, post_id: int, number: int, root: int = 0) -> str:
    thread = f"&thread={root}" if root else ""
    return f"{settings.site_url}/wall{settings.owner_id}_{post_id}?reply={number}{thread}"


def topic_comment_id(group_id: int, topic_id: int, number: int) -> str:
    return f"topic-{group_id}_{topic_id}_r{number}"


def topic_url(settings: VkSettings, topic_id: int, number: int) -> str:
    return f"{settings.site_url}/topic-{settings.group_id}_{topic_id}?post={number}"


def message_id(peer_id: int, number: int) -> str:
    return f"dm{peer_id}_{number}"


def profile(settings: VkSettings, author: int) -> str:
    """The page of a person or of a community (negative)."""
    return f"{settings.site_url}/{'id' if author > 0 else 'club'}{abs(author)}"


def person_of(recipient: str) -> int:
    """The number of a person's page; 0 when it is not one."""
    found = PERSON.search(recipient)
    return int(found[1]) if found else 0


def guid(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:32]


def random_id(key: str) -> int:
    """31 bits, never 0: VK takes 0 for «not given»."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:4]) & 0x7FFFFFFF or 1
