"""A visit: new comments of the last topics, then new messages to the bot.

The cursor, in milliseconds: `since` (nothing older was ever ours to take), `dm` the last message
read, `whole_at` when every topic was last read through; `counts` of comments by topic tell which
topics have news.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from otklik.base import clock
from otklik.exchange.channels.connectors.base import Batch, ConnectorError, Incoming
from otklik.exchange.channels.connectors.ok import reading
from otklik.exchange.channels.connectors.ok.session import Later, Session
from otklik.exchange.vendors.http import ServiceError
from otklik.exchange.vendors.ok import topics
from otklik.exchange.vendors.ok.bot import MOST_AT_ONCE, OkBot
from otklik.exchange.vendors.ok.client import OkApi

DAY = 86_400_000
# What was written between the setting up and the first visit is ours too.
FIRST_HOUR = 3_600_000
WHOLE_EVERY = 1_800_000
TOPICS, PAGES, CHAT_PAGES = 20, 30, 10


class Visit(Batch):
    def __init__(self, session: Session, cursor: Mapping[str, Any]) -> None:
        self._session = session
        self._now = int(clock.now().timestamp() * 1000)
        since = self._now - max(session.settings.history_days * DAY, FIRST_HOUR)
        self._cursor: dict[str, Any] = {
            "since": since,
            "dm": since,
            "whole_at": 0,
            "counts": {},
            **cursor,
        }

    def messages(self) -> Iterator[Incoming]:
        try:
            if self._session.rest is not None:
                yield from self._comments(self._session.rest)
            if self._session.bot is not None:
                yield from self._talks(self._session.bot)
        except (ServiceError, Later) as error:
            raise ConnectorError(str(error)) from error

    def end(self) -> Mapping[str, Any]:
        return self._cursor

    def _comments(self, api: OkApi) -> Iterator[Incoming]:
        group = self._session.settings.group_id
        page = topics.recent(api, group, count=TOPICS)
        found = topics.by_ids(api, [each["id"] for each in page.items])
        whole = self._now - self._cursor["whole_at"] >= WHOLE_EVERY
        counts: dict[str, int] = {}
        for topic in found:
            number = str(topic["id"])
            count = topics.counters(topic)["comments"] or 0
            if count and (whole or count != self._cursor["counts"].get(number)):
                yield from self._under(api, number, topics.text_of(topic))
            counts[number] = count
        self._cursor["counts"] = counts
        if whole:
            self._cursor["whole_at"] = self._now

    def _under(self, api: OkApi, topic_id: str, text: str) -> Iterator[Incoming]:
        anchor = ""
        for _ in range(PAGES):
            page = topics.comments(api, topic_id, anchor=anchor)
            authors = [each for each in page.items if each.get("author_type") != "GROUP"]
            self._session.names(str(each.get("author_id", "")) for each in authors)
            for each in page.items:
                made = reading.comment(self._session, each, topic_id, text)
                if made.deleted or made.received_at.timestamp() * 1000 >= self._cursor["since"]:
                    yield made
            anchor = page.anchor
            if not page.has_more:
                return

    def _talks(self, bot: OkBot) -> Iterator[Incoming]:
        known = newest = int(self._cursor["dm"])
        marker = ""
        while True:
            chats, marker = bot.chats(marker)
            for chat in chats:
                last = int(chat.get("lastEventTime", 0))
                if last > known:
                    newest = max(newest, last)
                    yield from self._talk(bot, str(chat["chat_id"]), known)
            if not marker or not chats or int(chats[-1].get("lastEventTime", 0)) <= known:
                break
        self._cursor["dm"] = newest

    def _talk(self, bot: OkBot, chat_id: str, known: int) -> Iterator[Incoming]:
        """Messages after `known`, oldest first; OK gives them newest first, by pages."""
        found: dict[str, dict[str, Any]] = {}
        newest: int | None = None
        for _ in range(CHAT_PAGES):
            part = bot.messages(chat_id, newest_ms=newest, oldest_ms=known + 1)
            fresh = {str(each["message"]["mid"]): each for each in part}
            if not fresh.keys() - found.keys():
                break
            found |= fresh
            newest = min(int(each["timestamp"]) for each in part)
            if len(part) < MOST_AT_ONCE:
                break
        for each in sorted(found.values(), key=lambda one: int(one["timestamp"])):
            if int(each["timestamp"]) > known:
                yield reading.direct(self._session, each)
