"""Topics of a group (posts) and comments under them. Times are milliseconds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from otklik.exchange.vendors.ok.client import NewFile, OkApi

Thing = dict[str, Any]
GROUP_TOPIC = "GROUP_TOPIC"
MOST_AT_ONCE = 100


@dataclass(frozen=True)
class Page:
    """Part of a list; `anchor` leads to the next one while `has_more`."""

    items: list[Thing]
    anchor: str
    has_more: bool


def recent(api: OkApi, group_id: str, *, anchor: str = "", count: int = 20) -> Page:
    """Ids of topics of a group's feed, newest first. Right: GROUP_CONTENT or a public group."""
    told = api.call(
        "stream.get",
        {
            "gid": group_id,
            "patterns": "POST",
            "count": count,
            "anchor": anchor or None,
            "fields": "feed.*,media_topic.id",
        },
    )
    refs = [str(ref) for feed in told.get("feeds") or [] for ref in feed.get("target_refs") or []]
    numbers = [ref.partition(":")[2] for ref in refs if "topic" in ref.partition(":")[0].lower()]
    entities = (told.get("entities") or {}).get("media_topics") or []
    numbers += [str(each["id"]) for each in entities if each.get("id")]
    found: list[Thing] = [{"id": each} for each in dict.fromkeys(numbers) if each]
    return Page(found, str(told.get("anchor") or ""), bool(told.get("has_more")))


def by_ids(api: OkApi, topic_ids: Sequence[str]) -> list[Thing]:
    """Topics that exist, with counters. Right: GROUP_CONTENT."""
    if not topic_ids:
        return []
    values = {"topic_ids": list(topic_ids), "media_limit": 3, "fields": "media_topic.*"}
    return list(api.call("mediatopic.getByIds", values).get("media_topics") or [])


def text_of(topic: Thing) -> str:
    """The words of a topic, its blocks joined."""
    parts = [each for each in topic.get("media") or [] if each.get("type") == "text"]
    return "\n".join(str(each.get("text", "")) for each in parts)


def counters(topic: Thing) -> dict[str, int | None]:
    """likes, reposts, comments of a topic; None: not told."""
    return {
        "likes": _count(topic, "like_summary", "count"),
        "reposts": _count(topic, "reshare_summary", "count"),
        "comments": _count(topic, "discussion_summary", "comments_count"),
    }


def comments(api: OkApi, topic_id: str, *, anchor: str = "", count: int = MOST_AT_ONCE) -> Page:
    """Comments of a topic from the oldest on, those taken away by moderators included."""
    told = api.call(
        "discussions.getComments",
        {
            "discussionId": topic_id,
            "discussionType": GROUP_TOPIC,
            "anchor": anchor or "FIRST",
            "direction": "FORWARD",
            "count": count,
            "includeRemoved": True,
        },
    )
    return Page(
        list(told.get("comments") or []),
        str(told.get("anchor") or ""),
        bool(told.get("has_more")),
    )


def comment(
    api: OkApi, topic_id: str, text: str, *, reply_to: str = "", official: bool = True
) -> str:
    """Write a comment; its id. `official`: in the name of the group.

    OK's documentation names this method without examples: it has to be tried on a living group
    before it is switched on.
    """
    told = api.call(
        "discussions.addDiscussionComment",
        {
            "entityId": topic_id,
            "entityType": GROUP_TOPIC,
            "comment": text,
            "reply_to_comment_id": reply_to or None,
            "as_admin": official,
        },
    )
    if isinstance(told, dict):
        inner = told.get("comment") if isinstance(told.get("comment"), dict) else told
        return str((inner or {}).get("id") or told.get("comment_id") or "")
    return str(told)


def post(
    api: OkApi,
    group_id: str,
    text: str,
    *,
    photos: Sequence[str] = (),
    publish_at_ms: int | None = None,
) -> str:
    """Publish in the name of the group, or later; the id of the topic. Right: GROUP_CONTENT.

    OK knows no key of repetition: after an unknown outcome the feed must be read first.
    """
    media: list[Thing] = [{"type": "text", "text": text}] if text else []
    if photos:
        media.append({"type": "photo", "list": [{"id": each} for each in photos]})
    attachment: Thing = {"media": media, "onBehalfOfGroup": "true"}
    if publish_at_ms:
        attachment["publishAtMs"] = publish_at_ms
    told = api.call(
        "mediatopic.post", {"type": "GROUP_THEME", "gid": group_id, "attachment": attachment}
    )
    return str(told)


def delete(api: OkApi, group_id: str, topic_id: str) -> None:
    """Take a topic away. Right: GROUP_CONTENT."""
    api.call("mediatopic.deleteTopic", {"topic_id": topic_id, "gid": group_id})


def upload_photos(api: OkApi, group_id: str, files: Sequence[NewFile]) -> list[str]:
    """Send pictures for a topic; their tokens, in order. Right: PHOTO_CONTENT."""
    if not files:
        return []
    place = api.call("photosV2.getUploadUrl", {"gid": group_id, "count": len(files)})
    told = api.upload(str(place["upload_url"]), files)["photos"]
    return [str(told[each]["token"]) for each in place["photo_ids"]]


def reach(api: OkApi, topic_id: str) -> Thing:
    """Reach and renderings of a topic. Rights: GROUP_CONTENT, VALUABLE_ACCESS; an administrator."""
    values = {"topic_id": topic_id, "fields": "ID,REACH,RENDERINGS,LIKES,COMMENTS,RESHARES"}
    return dict(api.call("group.getStatTopic", values).get("topic") or {})


def group(api: OkApi, group_id: str) -> Thing:
    """Name and address of a group; empty when there is none."""
    values = {"uids": group_id, "fields": "uid,name,shortname,members_count"}
    found = api.call("group.getInfo", values)
    return dict(found[0]) if found else {}


def people(api: OkApi, ids: Sequence[str]) -> list[Thing]:
    """Names of people: uid, first_name, last_name."""
    if not ids:
        return []
    values = {"uids": list(ids), "fields": "uid,first_name,last_name"}
    return list(api.call("users.getInfo", values))


def _count(topic: Thing, summary: str, name: str) -> int | None:
    told = (topic.get(summary) or {}).get(name)
    return None if told is None else int(told)
