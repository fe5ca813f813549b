"""Comments under the posts of a channel: MAX tells bots nothing of them, they are asked for.

A comment may be changed for 26 hours, so that much before the last one seen is read again; what
has been stored with the same words already is passed over.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from threading import Lock
from typing import Any

from otklik.exchange.channels.connectors.base import Incoming
from otklik.exchange.channels.connectors.max.reading import read_comment
from otklik.exchange.vendors.max.client import Max
from otklik.exchange.vendors.max.errors import Forbidden, NotFound

CHANGEABLE = 26 * 3600 * 1000  # milliseconds
PAGE, MOST_PAGES = 50, 20
REMEMBERED = 20_000


class Seen:
    """Words of comments known to be stored, by account; what is forgotten is read once more."""

    def __init__(self, most: int = REMEMBERED) -> None:
        self._most = most
        self._words: OrderedDict[tuple[str, str], str] = OrderedDict()
        self._lock = Lock()

    def holds(self, whose: str, comment: Incoming) -> bool:
        with self._lock:
            return self._words.get((whose, comment.external_id)) == comment.text

    def keep(self, whose: str, stored: Sequence[Incoming]) -> None:
        with self._lock:
            for each in stored:
                key = (whose, each.external_id)
                self._words[key] = each.text
                self._words.move_to_end(key)
            while len(self._words) > self._most:
                self._words.popitem(last=False)


class Comments:
    """One visit to the newest posts. `last`: moment of the newest comment seen under each post;
    `whose` tells accounts apart."""

    def __init__(self, bot: Max, seen: Seen, whose: str, last: Mapping[str, int]) -> None:
        self._bot = bot
        self._seen = seen
        self._whose = whose
        self._before = dict(last)
        self.last: dict[str, int] = {}

    def read(self, channel: int, posts: int) -> Iterator[Incoming]:
        """Oldest first under each post. Raises ServiceError; a right that lacks ends it quietly,
        for the check of the account names it."""
        try:
            for post in self._bot.messages(channel, count=posts):
                yield from self._under(post)
        except (Forbidden, NotFound):
            # Where nothing could be read, nothing is forgotten.
            self.last = {**self._before, **self.last}

    def _under(self, post: Mapping[str, Any]) -> Iterator[Incoming]:
        mid = post["body"]["mid"]
        known = self._before.get(mid, 0)
        found = self._pages(mid, max(0, known - CHANGEABLE))
        self.last[mid] = max((each["timestamp"] for each in found), default=known)
        for each in sorted(found, key=_order):
            comment = read_comment(each, post)
            if comment is not None and not self._seen.holds(self._whose, comment):
                yield comment

    def _pages(self, mid: str, after: int) -> list[dict[str, Any]]:
        found: dict[str, dict[str, Any]] = {}
        before: int | None = None
        for _ in range(MOST_PAGES):
            page = self._bot.comments(mid, after=after, before=before, count=PAGE)
            fresh = [each for each in page if each["body"]["mid"] not in found]
            found |= {each["body"]["mid"]: each for each in fresh}
            if len(page) < PAGE or not fresh:
                break
            before = min(each["timestamp"] for each in page)
        return list(found.values())


def _order(comment: Mapping[str, Any]) -> tuple[int, int]:
    return comment["timestamp"], comment["body"]["seq"]
