"""Answers and publications: each is done once by its key, and looked for when in doubt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace

from otklik.exchange.channels.connectors.base import Figures, NewFile, Parcel, Post, SendOutcome
from otklik.exchange.channels.connectors.vk import places
from otklik.exchange.channels.connectors.vk.session import Session
from otklik.exchange.channels.vocabulary import SendResult
from otklik.exchange.vendors.http import ServiceError, Unreachable
from otklik.exchange.vendors.vk import client, messages, photos, stats, wall
from otklik.exchange.vendors.vk.client import VkApi
from otklik.exchange.vendors.vk.errors import (
    DeadToken,
    NeedsPerson,
    RetryLater,
    RightMissing,
    VkError,
)

SOON = 30.0
BACK = 120  # seconds by which VK's clock may differ from ours
NO_PICTURE = "К ответу ВКонтакте можно приложить только фотографии (JPEG, PNG, GIF)."
NO_USER_KEY = (
    "Фотографии размещаются только с ключом пользователя-администратора: впишите его в настройки "
    "канала или отправьте текст без фотографий."
)
NO_WRITER = "В настройках канала нет ключа сообщества."
CAPTCHA = "Откройте сообщество в браузере, подтвердите действие и отправьте ответ снова."
OUTCOMES: tuple[tuple[type[ServiceError], SendResult, str], ...] = (
    (RetryLater, SendResult.POSTPONED, ""),
    (NeedsPerson, SendResult.REFUSED, CAPTCHA),
    (DeadToken, SendResult.REFUSED, "Создайте новый ключ и отправьте снова."),
    (RightMissing, SendResult.TO_CARRY, "Разместите ответ вручную."),
    (VkError, SendResult.REFUSED, ""),
    (Unreachable, SendResult.POSTPONED, ""),
    (ServiceError, SendResult.UNKNOWN, ""),
)


class CannotDo(Exception):
    """The account lacks what this needs; the text is for staff."""


def answer(session: Session, parcel: Parcel) -> SendOutcome:
    """Answer where the citizen wrote: under his comment, in the discussion, in the dialogue."""
    target, settings = parcel.target, session.settings
    number = int(target.get("comment", 0))
    if "topic" in target:
        topic = int(target["topic"])
        outcome = _safely(lambda: _in_topic(session, parcel, topic))
        return _with_place(outcome, places.topic_url(settings, topic, number))
    if "post" in target:
        post = int(target["post"])
        outcome = _safely(lambda: _under_post(session, parcel, post))
        return _with_place(outcome, places.comment_url(settings, post, number))
    peer = int(target.get("peer", 0)) or places.person_of(parcel.recipient)
    if not peer:
        return SendOutcome(SendResult.TO_CARRY, "Неизвестно, где ответить: разместите вручную.")
    return _safely(lambda: _in_dialogue(session, parcel, peer))


def publish(session: Session, post: Post) -> SendOutcome:
    """A post of the community: text with its own key, photos with a person's key."""
    return _safely(lambda: _published(session, post))


def find(session: Session, parcel: Parcel) -> str:
    """Our answer in its place, by VK's own mark or by its text; empty when not seen."""
    with suppress(ServiceError, CannotDo):
        if "topic" in parcel.target:
            return ""
        if "post" in parcel.target:
            return _found_comment(session, parcel, int(parcel.target["post"]))
        peer = int(parcel.target.get("peer", 0)) or places.person_of(parcel.recipient)
        return _found_message(session, parcel, peer)
    return ""


def figures(session: Session, external_ids: Sequence[str]) -> list[Figures]:
    """Counters of posts: those in the post itself, reach with a person's key."""
    api = session.reader
    if api is None:
        return []
    full_ids = [each.removeprefix("wall") for each in external_ids]
    reached = _reach(session, [int(each.partition("_")[2]) for each in full_ids])
    return [
        Figures(
            external_id=f"wall{each['owner_id']}_{each['id']}",
            views=each.get("views", {}).get("count"),
            likes=each.get("likes", {}).get("count"),
            reposts=each.get("reposts", {}).get("count"),
            comments=each.get("comments", {}).get("count"),
            reach=reached.get(each["id"]),
        )
        for each in wall.posts_by_id(api, full_ids)
    ]


def _under_post(session: Session, parcel: Parcel, post_id: int) -> SendOutcome:
    owner = session.settings.owner_id
    number = wall.comment(
        _writer(session),
        owner,
        post_id,
        parcel.text,
        key=places.guid(parcel.key),
        reply_to=int(parcel.target.get("comment", 0)) or None,
        attachments=_wall_photos(session, parcel.files),
    )
    return SendOutcome(
        SendResult.SENT,
        external_id=places.comment_id(owner, post_id, number),
        url=places.comment_url(session.settings, post_id, number),
    )


def _in_topic(session: Session, parcel: Parcel, topic_id: int) -> SendOutcome:
    if session.user is None:
        raise CannotDo("В обсуждениях отвечают только с ключом пользователя-администратора.")
    group = session.settings.group_id
    number = wall.board_comment(
        session.user,
        group,
        topic_id,
        parcel.text,
        key=places.guid(parcel.key),
        attachments=_wall_photos(session, parcel.files),
    )
    return SendOutcome(
        SendResult.SENT,
        external_id=places.topic_comment_id(group, topic_id, number),
        url=places.topic_url(session.settings, topic_id, number),
    )


def _in_dialogue(session: Session, parcel: Parcel, peer: int) -> SendOutcome:
    api = session.community
    if api is None:
        raise CannotDo(NO_WRITER)
    attached = [photos.for_message(api, peer, each) for each in _pictures(parcel.files)]
    number = messages.send(
        api,
        peer,
        parcel.text,
        random_id=places.random_id(parcel.key),
        attachment=",".join(attached),
        reply_to=int(parcel.target.get("message", 0)) or None,
    )
    settings = session.settings
    return SendOutcome(
        SendResult.SENT,
        external_id=places.message_id(peer, number),
        url=f"{settings.site_url}/gim{settings.group_id}?sel={peer}",
    )


def _published(session: Session, post: Post) -> SendOutcome:
    owner = session.settings.owner_id
    attached = _wall_photos(session, post.media)
    api = session.user if attached and session.user else _writer(session)
    at = int(post.publish_at.timestamp()) if post.publish_at else None
    number = wall.post(
        api, owner, post.text, key=places.guid(post.key), attachments=attached, publish_at=at
    )
    return SendOutcome(
        SendResult.SENT,
        external_id=f"wall{owner}_{number}",
        url=f"{session.settings.site_url}/wall{owner}_{number}",
    )


def _with_place(outcome: SendOutcome, url: str) -> SendOutcome:
    """What a person has to place himself leads to where it belongs."""
    by_hand = outcome.result == SendResult.TO_CARRY
    return replace(outcome, url=url) if by_hand else outcome


def _safely(do: Callable[[], SendOutcome]) -> SendOutcome:
    """What VK or the way to it did, as an outcome."""
    try:
        return do()
    except CannotDo as error:
        return SendOutcome(SendResult.REFUSED, str(error))
    except ServiceError as error:
        for kind, result, advice in OUTCOMES:
            if isinstance(error, kind):
                wait = error.pause if isinstance(error, RetryLater) else SOON
                later = wait if result == SendResult.POSTPONED else 0
                return SendOutcome(result, f"{error} {advice}".strip(), retry_after=later)
    return SendOutcome(SendResult.UNKNOWN, "Ответ ВКонтакте не прочитан.")


def _found_comment(session: Session, parcel: Parcel, post_id: int) -> str:
    """Comments carry no key of ours: the same text by us, not older than the attempt."""
    api, owner = session.reader, session.settings.owner_id
    if api is None:
        return ""
    answered = int(parcel.target.get("comment", 0))
    since = int(parcel.moment.timestamp()) - BACK
    for each in _whole_tree(api, owner, post_id):
        same = each.get("text", "").strip() == parcel.text.strip()
        there = int(each.get("reply_to_comment") or 0) in (0, answered)
        if same and there and each["from_id"] == owner and each["date"] >= since:
            return places.comment_id(owner, post_id, int(each["id"]))
    return ""


def _whole_tree(api: VkApi, owner: int, post_id: int) -> list[wall.Thing]:
    found: list[wall.Thing] = []
    offset = 0
    while True:
        page = wall.comments(api, owner, post_id, offset=offset)
        for root in page.items:
            found.append(root)
            thread = root.get("thread") or {}
            inner = thread.get("items") or []
            if thread.get("count", 0) > len(inner):
                inner = wall.comments(api, owner, post_id, thread=root["id"]).items
            found += inner
        offset += wall.MOST_AT_ONCE
        if len(page.items) < wall.MOST_AT_ONCE:
            return found


def _found_message(session: Session, parcel: Parcel, peer: int) -> str:
    if session.community is None or not peer:
        return ""
    mark = places.random_id(parcel.key)
    page = messages.history(session.community, peer, session.settings.group_id)
    for each in page.items:
        if each.get("out") and each.get("random_id") == mark:
            return places.message_id(peer, int(each["id"]))
    return ""


def _writer(session: Session) -> VkApi:
    api = session.community or session.user
    if api is None:
        raise CannotDo(NO_WRITER)
    return api


def _wall_photos(session: Session, files: Sequence[NewFile]) -> list[str]:
    if not files:
        return []
    if session.user is None:
        raise CannotDo(NO_USER_KEY)
    group = session.settings.group_id
    return [photos.for_wall(session.user, group, each) for each in _pictures(files)]


def _pictures(files: Sequence[NewFile]) -> list[client.NewFile]:
    if any(not each.content_type.startswith("image/") for each in files):
        raise CannotDo(NO_PICTURE)
    return [client.NewFile(each.name, each.content, each.content_type) for each in files]


def _reach(session: Session, post_ids: Sequence[int]) -> dict[int, int]:
    """Empty without a person's key or the right to statistics."""
    if session.user is None:
        return {}
    found: dict[int, int] = {}
    with suppress(ServiceError):
        for first in range(0, len(post_ids), stats.MOST_POSTS):
            part = post_ids[first : first + stats.MOST_POSTS]
            for each in stats.reach(session.user, session.settings.owner_id, part):
                found[int(each["post_id"])] = int(each.get("reach_total", 0))
    return found
