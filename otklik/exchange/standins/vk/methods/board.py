"""board.*"""

from __future__ import annotations

from typing import Any

from otklik.exchange.standins.vk import doings, shapes
from otklik.exchange.standins.vk.methods.asking import Ask, bad


def get_topics(ask: Ask) -> Any:
    community = ask.community(ask.number("group_id"))
    topics = sorted(
        community.topics.values(), key=lambda each: shapes.topic(each)["updated"], reverse=True
    )
    return {
        "count": len(topics),
        "items": [shapes.topic(each) for each in topics[ask.page(100, 40)]],
        "default_order": 1,
        "can_add_topics": 0,
    }


def get_comments(ask: Ask) -> Any:
    topic = ask.topic(ask.community(ask.number("group_id")))
    kept = [each for each in topic.comments.values() if not each.deleted]
    if ask.text("sort") == "desc":
        kept = kept[::-1]
    start = ask.number("start_comment_id", 0)
    if start:
        kept = [each for each in kept if each.id >= start]
    answer: dict[str, Any] = {
        "count": len(topic.comments),
        "items": [shapes.topic_comment(each, ask.stage.url) for each in kept[ask.page(100, 20)]],
    }
    if ask.truth("extended"):
        answer |= shapes.authors(ask.world, [each.from_id for each in kept])
    return answer


def create_comment(ask: Ask) -> Any:
    community = ask.community(ask.number("group_id"))
    topic = ask.topic(community)
    text, photos = ask.text("message"), ask.photos("attachments")
    if not text and not photos:
        raise bad("message")
    author = community.owner_id if ask.truth("from_group") else ask.author

    def make() -> Any:
        return doings.add_topic_comment(ask.stage, community, topic, author, text, photos).id

    return ask.once(ask.text("guid"), make)
