"""The methods of REST: each takes the stage and the parameters, and gives the answer."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from otklik.exchange.standins.ok import doings
from otklik.exchange.standins.ok.doings import Stage
from otklik.exchange.standins.ok.state import (
    APPLICATION_KEY,
    GROUP_ID,
    Comment,
    Refusal,
    Topic,
    add_topic,
    md5,
    now,
)

MOSCOW = timezone(timedelta(hours=3))
LONGEST_TEXT = 10_000
Values = Mapping[str, str]


def check(stage: Stage, values: Values) -> None:
    """Who asks, and whether he signed it. Raises Refusal."""
    if values.get("application_key") != APPLICATION_KEY:
        raise Refusal(101, "PARAM_API_KEY : No application key")
    if values.get("access_token") != stage.world.token:
        raise Refusal(103, "PARAM_SESSION_KEY : Invalid session key")
    signed = "".join(
        f"{name}={values[name]}" for name in sorted(values) if name not in ("access_token", "sig")
    )
    if values.get("sig") != md5(signed + stage.world.session_secret):
        raise Refusal(104, "PARAM_SIGNATURE : Invalid signature")


def stream(stage: Stage, values: Values) -> Any:
    _group(values)
    shown = [each for each in reversed(stage.world.topics.values()) if not each.removed]
    shown = [each for each in shown if each.at <= now()]
    part, anchor, more = _part(shown, values, 20)
    feeds = [
        {"pattern": "POST", "date_ms": each.at, "target_refs": [f"group_topic:{each.id}"]}
        for each in part
    ]
    return {"feeds": feeds, "anchor": anchor, "has_more": more, "entities": {}}


def topics(stage: Stage, values: Values) -> Any:
    _right(stage, "GROUP_CONTENT")
    wanted = values.get("topic_ids", "").split(",")
    found = [stage.world.topics[each] for each in wanted if each in stage.world.topics]
    return {"media_topics": [_topic(stage, each) for each in found if not each.removed]}


def comments(stage: Stage, values: Values) -> Any:
    topic = _discussion(stage, values.get("discussionId"), values.get("discussionType"))
    shown = [
        each
        for each in topic.comments.values()
        if not each.removed or values.get("includeRemoved") == "true"
    ]
    part, anchor, more = _part(shown, values, 10)
    return {
        "discussionId": topic.id,
        "discussionType": "GROUP_TOPIC",
        "comments": [_comment(stage, each) for each in part],
        "anchor": anchor,
        "has_more": more,
    }


def add_comment(stage: Stage, values: Values) -> Any:
    if not stage.world.comments_may_be_written:
        raise Refusal(3, "METHOD : Method discussions.addDiscussionComment not found")
    _right(stage, "VALUABLE_ACCESS")
    topic = _discussion(stage, values.get("entityId"), values.get("entityType"))
    text = values.get("comment", "")
    if not text:
        raise Refusal(100, "PARAM : Missing required parameter comment")
    made = doings.add_comment(
        stage,
        topic,
        GROUP_ID,
        text,
        reply_to=values.get("reply_to_comment_id", ""),
        by_group=values.get("as_admin") == "true",
    )
    return {"id": made.id}


def post(stage: Stage, values: Values) -> Any:
    _right(stage, "GROUP_CONTENT")
    _group(values)
    try:
        attachment = json.loads(values.get("attachment", ""))
        media = list(attachment["media"])
    except (ValueError, KeyError, TypeError):
        raise Refusal(100, "PARAM : Invalid parameter attachment") from None
    text = "\n".join(each["text"] for each in media if each.get("type") == "text")
    if not media or len(text) > LONGEST_TEXT:
        raise Refusal(601, "MEDIA_TOPIC_TEXT_LIMIT : text is too long or empty")
    photos = []
    for block in media:
        for each in block.get("list", []) if block.get("type") == "photo" else []:
            if each["id"] not in stage.world.tokens:
                raise Refusal(121, "PARAM_PHOTO_ID : invalid photo token")
            photos.append(stage.world.tokens.pop(each["id"]))
    made = add_topic(stage.world, text, at=int(attachment.get("publishAtMs", 0)))
    made.photos, made.closed = photos, attachment.get("disableComments") == "true"
    return made.id


def delete_topic(stage: Stage, values: Values) -> Any:
    _right(stage, "GROUP_CONTENT")
    topic = stage.world.topics.get(values.get("topic_id", ""))
    if topic is None:
        raise Refusal(300, "NOT_FOUND : topic not found")
    topic.removed = True
    return {"success": True}


def upload_url(stage: Stage, values: Values) -> Any:
    _right(stage, "PHOTO_CONTENT")
    _group(values)
    ids = [secrets.token_hex(6) for _ in range(int(values.get("count", "1")))]
    return {"photo_ids": ids, "upload_url": f"{stage.url}/upload/{'-'.join(ids)}"}


def stat_topic(stage: Stage, values: Values) -> Any:
    _right(stage, "VALUABLE_ACCESS")
    topic = stage.world.topics.get(values.get("topic_id", ""))
    if topic is None:
        raise Refusal(300, "NOT_FOUND : topic not found")
    return {
        "topic": {
            "id": topic.id,
            "reach": topic.renderings * 2 // 3,
            "renderings": topic.renderings,
            "likes": topic.likes,
            "comments": len(topic.comments),
            "reshares": topic.reshares,
        }
    }


def group_info(stage: Stage, values: Values) -> Any:
    if values.get("uids") != GROUP_ID:
        return []
    return [{"uid": GROUP_ID, "name": stage.world.group_name, "members_count": 3120}]


def people(stage: Stage, values: Values) -> Any:
    known = stage.world.people
    return [
        {"uid": each, "first_name": known[each].first_name, "last_name": known[each].last_name}
        for each in values.get("uids", "").split(",")
        if each in known
    ]


METHODS: Mapping[str, Callable[[Stage, Values], Any]] = {
    "stream.get": stream,
    "mediatopic.getByIds": topics,
    "mediatopic.post": post,
    "mediatopic.deleteTopic": delete_topic,
    "discussions.getComments": comments,
    "discussions.addDiscussionComment": add_comment,
    "photosV2.getUploadUrl": upload_url,
    "group.getStatTopic": stat_topic,
    "group.getInfo": group_info,
    "users.getInfo": people,
}


def _topic(stage: Stage, topic: Topic) -> dict[str, Any]:
    topic.renderings += 1
    media: list[dict[str, Any]] = [{"type": "text", "text": topic.text}]
    if topic.photos:
        refs = [f"group_photo:{each.id}" for each in topic.photos]
        media.append({"type": "photo", "photo_refs": refs})
    alive = sum(not each.removed for each in topic.comments.values())
    return {
        "id": topic.id,
        "media": media,
        "created_ms": topic.at,
        "author_ref": f"group:{GROUP_ID}",
        "owner_ref": f"group:{GROUP_ID}",
        "like_summary": {"count": topic.likes, "self": False},
        "reshare_summary": {"count": topic.reshares, "self": False},
        "discussion_summary": {
            "discussion_id": topic.id,
            "discussion_type": "GROUP_TOPIC",
            "comments_count": alive,
        },
    }


def _comment(stage: Stage, one: Comment) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": one.id,
        "text": "" if one.removed else one.text,
        "date": datetime.fromtimestamp(one.at / 1000, MOSCOW).strftime("%Y-%m-%d %H:%M:%S"),
        "date_ms": one.at,
        "type": "REMOVED_MESSAGE" if one.removed else "ACTIVE_MESSAGE",
        "author_id": one.author,
        "author_type": "GROUP" if one.by_group else "USER",
        "like_count": one.likes,
    }
    if one.reply_to:
        made["reply_to_comment_id"] = one.reply_to
    if one.photos and not one.removed:
        made["attachments"] = [
            {"type": "PHOTO", "pic_max": doings.photo_url(stage, each)} for each in one.photos
        ]
    return made


def _part(shown: list[Any], values: Values, usual: int) -> tuple[list[Any], str, bool]:
    """A page; `anchor` of the next one. FIRST and nothing mean the beginning."""
    anchor, count = values.get("anchor", ""), int(values.get("count", usual))
    if not 1 <= count <= 100:
        raise Refusal(100, "PARAM : Invalid parameter count")
    start = int(anchor) if anchor.isdigit() else 0
    end = min(start + count, len(shown))
    return shown[start:end], str(end), end < len(shown)


def _discussion(stage: Stage, number: str | None, kind: str | None) -> Topic:
    topic = stage.world.topics.get(number or "")
    if kind != "GROUP_TOPIC" or topic is None or topic.removed:
        raise Refusal(300, "NOT_FOUND : discussion not found")
    return topic


def _group(values: Values) -> None:
    if values.get("gid") != GROUP_ID:
        raise Refusal(160, "PARAM_GROUP_ID : Invalid group_id")


def _right(stage: Stage, name: str) -> None:
    if name not in stage.world.rights:
        raise Refusal(10, f"PERMISSION_DENIED : User must grant an access to permission '{name}'")
