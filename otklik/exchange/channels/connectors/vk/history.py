"""A visit: events that waited in long poll, then what the history holds beyond them.

The cursor: `ts` of long poll, `since` (nothing older was ever ours to take), `read_at` of the last
look into the history, `dm` the last direct message read. All times in Unix seconds.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from otklik.base import clock
from otklik.exchange.channels.connectors.base import Batch, ConnectorError, Incoming
from otklik.exchange.channels.connectors.vk import reading
from otklik.exchange.channels.connectors.vk.session import Later, Session
from otklik.exchange.vendors.http import ServiceError
from otklik.exchange.vendors.vk import groups, longpoll, messages, wall
from otklik.exchange.vendors.vk.client import VkApi
from otklik.exchange.vendors.vk.errors import OurMistake, RightMissing

DAY = 86_400
# What was written between the setting up and the first visit is ours too.
FIRST_HOUR = 3600
LOOK_BACK_EVERY = 900
OVERLAP = 600
POSTS, PAGES, TOPICS, TALKS = 20, 20, 10, 50
STEPS = 20


class Visit(Batch):
    def __init__(self, session: Session, cursor: Mapping[str, Any]) -> None:
        self._session = session
        self._settings = session.settings
        self._now = int(clock.now().timestamp())
        first = self._now - max(self._settings.history_days * DAY, FIRST_HOUR)
        self._cursor: dict[str, Any] = {"since": first, "read_at": 0, "dm": 0, **cursor}

    def messages(self) -> Iterator[Incoming]:
        try:
            yield from self._waiting()
            if self._now - self._cursor["read_at"] >= LOOK_BACK_EVERY:
                yield from self._past()
                self._cursor["read_at"] = self._now
        except (ServiceError, Later) as error:
            raise ConnectorError(str(error)) from error

    def end(self) -> Mapping[str, Any]:
        return self._cursor

    def _waiting(self) -> Iterator[Incoming]:
        """Events of long poll; none when VK sends them itself or no key may ask."""
        api = self._session.community
        if api is None or self._settings.by_webhook:
            return
        server = self._server(api)
        for _ in range(STEPS):
            step = longpoll.step(api, self._settings.group_id, server, wait=1)
            for event in step.events:
                raw = json.dumps(event, ensure_ascii=False).encode()
                yield from reading.of_event(self._session, event, raw)
            if step.lost:
                self._cursor["read_at"] = 0
            server = step.server
            self._cursor["ts"] = server.ts
            if not step.events:
                return

    def _server(self, api: VkApi) -> groups.LongPollServer:
        """Where to wait, from where we stopped; switches long poll on when it is off."""
        group = self._settings.group_id
        try:
            fresh = groups.long_poll_server(api, group)
        except OurMistake:
            groups.set_long_poll_events(api, group, reading.EVENTS)
            fresh = groups.long_poll_server(api, group)
        told = str(self._cursor.get("ts") or fresh.ts)
        return groups.LongPollServer(fresh.server, fresh.key, told)

    def _past(self) -> Iterator[Incoming]:
        reader = self._session.reader
        if reader is not None:
            yield from self._comments(reader)
            if self._settings.boards:
                yield from self._topics(reader)
        if self._session.community is not None:
            yield from self._talks(self._session.community)

    def _comments(self, api: VkApi) -> Iterator[Incoming]:
        owner = self._settings.owner_id
        for post in wall.posts(api, owner, count=POSTS).items:
            self._session.read_post(f"{owner}_{post['id']}", str(post.get("text", "")))
            if post["from_id"] != owner and self._fresh(post):
                yield reading.citizens_post(self._session, post)
            if post.get("comments", {}).get("count", 0):
                yield from self._under(api, post["id"])

    def _under(self, api: VkApi, post_id: int) -> Iterator[Incoming]:
        for root in self._pages(api, post_id, None):
            yield from self._read(root, post_id)
            thread = root.get("thread") or {}
            answers = thread.get("items") or []
            if thread.get("count", 0) > len(answers):
                answers = self._pages(api, post_id, root["id"])
            for each in answers:
                yield from self._read(each, post_id)

    def _pages(self, api: VkApi, post_id: int, root: int | None) -> Iterator[dict[str, Any]]:
        for number in range(PAGES):
            page = wall.comments(
                api,
                self._settings.owner_id,
                post_id,
                thread=root,
                offset=number * wall.MOST_AT_ONCE,
            )
            self._session.meet(page.profiles)
            yield from page.items
            if len(page.items) < wall.MOST_AT_ONCE:
                return

    def _read(self, thing: dict[str, Any], post_id: int) -> Iterator[Incoming]:
        if self._fresh(thing):
            yield reading.comment(self._session, {"post_id": post_id, **thing})

    def _topics(self, api: VkApi) -> Iterator[Incoming]:
        group = self._settings.group_id
        for topic in wall.board_topics(api, group, count=TOPICS).items:
            if topic.get("updated", 0) < self._cursor["read_at"] - OVERLAP:
                continue
            for number in range(PAGES):
                page = wall.board_comments(
                    api, group, topic["id"], offset=number * wall.MOST_AT_ONCE
                )
                self._session.meet(page.profiles)
                for each in page.items:
                    if self._fresh(each):
                        title = str(topic.get("title", ""))
                        yield reading.topic_comment(self._session, each, topic["id"], title)
                if len(page.items) < wall.MOST_AT_ONCE:
                    break

    def _talks(self, api: VkApi) -> Iterator[Incoming]:
        """Direct messages after the last one read."""
        group, known = self._settings.group_id, int(self._cursor["dm"])
        newest = known
        try:
            talks = messages.conversations(api, group, count=TALKS)
        except RightMissing:
            return  # the page of the channel names the right that is missing
        for each in talks:
            last = each.get("last_message") or {}
            if int(last.get("id", 0)) <= known:
                continue
            newest = max(newest, int(last["id"]))
            yield from self._talk(api, int(last["peer_id"]), known)
        self._cursor["dm"] = newest

    def _talk(self, api: VkApi, peer: int, known: int) -> Iterator[Incoming]:
        page = messages.history(api, peer, self._settings.group_id)
        self._session.meet(page.profiles)
        for each in reversed(page.items):
            if int(each["id"]) > known and self._fresh(each):
                yield reading.direct(self._session, each)

    def _fresh(self, thing: Mapping[str, Any]) -> bool:
        return int(thing.get("date", 0)) >= int(self._cursor["since"])
