"""Calls of the MAX Bot API: one method, one request, plain dictionaries out.

Source: the official OpenAPI 0.0.30 and, for comments, the official client of August 2026.
The token goes in the header `Authorization` without a word before it. Every method raises
`ServiceError` or one of its kinds: see `errors`. Times are milliseconds.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import httpx

from otklik.exchange.vendors.http import HttpSettings, OutcomeUnknown, exchange, http_client
from otklik.exchange.vendors.max.errors import NotReady, refusal
from otklik.exchange.vendors.max.files import Files

BASE_URL = "https://platform-api2.max.ru"
OFFICIAL = HttpSettings(BASE_URL)
TEXT_LIMIT = 4000
NOT_READY_PAUSES = (1, 2, 4, 8)  # seconds, as the official clients wait

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Target:
    """Where a message goes: exactly one of the two."""

    chat_id: int | None = None
    user_id: int | None = None

    def query(self) -> dict[str, int | None]:
        if (self.chat_id is None) == (self.user_id is None):
            raise ValueError("Укажите либо чат, либо человека.")
        return {"chat_id": self.chat_id, "user_id": self.user_id}


class Max:
    """One bot."""

    def __init__(
        self, http: httpx.Client, files: Files, pause: Callable[[float], None] = time.sleep
    ) -> None:
        self._http = http
        self._files = files
        self._pause = pause

    def call(
        self,
        method: str,
        path: str,
        query: Mapping[str, Any] | None = None,
        body: Mapping[str, Any] | None = None,
        wait: float = 0,
    ) -> Json:
        """The answer of 200. Query parameters that are None are left out; `wait` in seconds."""
        extra: Json = {}
        if wait:
            usual = self._http.timeout
            extra["timeout"] = httpx.Timeout(
                usual.read or 30, connect=usual.connect, read=(usual.read or 30) + wait
            )
        request = self._http.build_request(
            method,
            path,
            params={name: value for name, value in (query or {}).items() if value is not None},
            json=body,
            **extra,
        )
        response = exchange(self._http, request)
        try:
            answer = response.json()
        except ValueError:
            answer = None
        if response.status_code != 200:
            told = answer if isinstance(answer, dict) else {}
            raise refusal(response.status_code, told, response.headers.get("retry-after", ""))
        if not isinstance(answer, dict):
            raise OutcomeUnknown("MAX ответил не тем, что обещает описание: исход неясен.")
        return answer

    # who and where

    def me(self) -> Json:
        return self.call("GET", "/me")

    def chats(self, count: int = 100, marker: int | None = None) -> tuple[list[Json], int | None]:
        """A page of chats and the marker of the next one, None after the last."""
        answer = self.call("GET", "/chats", {"count": count, "marker": marker})
        return list(answer.get("chats", ())), answer.get("marker")

    def chat(self, chat_id: int) -> Json:
        return self.call("GET", f"/chats/{chat_id}")

    def membership(self, chat_id: int) -> Json:
        """What this bot is in the chat; `permissions` is null when it is no administrator."""
        return self.call("GET", f"/chats/{chat_id}/members/me")

    # what comes

    def updates(
        self, marker: int | None, types: Sequence[str], limit: int = 100, timeout: int = 0
    ) -> tuple[list[Json], int | None]:
        """Updates after the marker and the next marker. Silent while a webhook is subscribed."""
        query = {"limit": limit, "timeout": timeout, "marker": marker, "types": ",".join(types)}
        answer = self.call("GET", "/updates", query, wait=timeout)
        return list(answer.get("updates", ())), answer.get("marker")

    def subscriptions(self) -> list[Json]:
        return list(self.call("GET", "/subscriptions").get("subscriptions", ()))

    def subscribe(self, url: str, secret: str, types: Sequence[str]) -> None:
        self._done(
            self.call(
                "POST",
                "/subscriptions",
                body={"url": url, "secret": secret, "update_types": list(types)},
            )
        )

    def unsubscribe(self, url: str) -> None:
        self._done(self.call("DELETE", "/subscriptions", {"url": url}))

    # messages

    def messages(
        self,
        chat_id: int,
        *,
        newest: int | None = None,
        oldest: int | None = None,
        count: int = 50,
    ) -> list[Json]:
        """Messages of a chat, newest first; bounds in milliseconds."""
        query = {"chat_id": chat_id, "from": newest, "to": oldest, "count": count}
        return list(self.call("GET", "/messages", query).get("messages", ()))

    def messages_by_ids(self, mids: Sequence[str]) -> list[Json]:
        """Only those that are still there; channel posts carry `stat.views`."""
        answer = self.call("GET", "/messages", {"message_ids": ",".join(mids)})
        return list(answer.get("messages", ()))

    def message(self, mid: str) -> Json:
        return self.call("GET", f"/messages/{mid}")

    def send(
        self,
        target: Target,
        text: str,
        attachments: Sequence[Json] = (),
        reply_to: str = "",
        notify: bool = True,
    ) -> Json:
        """The message as MAX keeps it. Waits while an attachment is being processed."""
        body = _body(text, list(attachments) or None, reply_to) | {"notify": notify}
        answer = self._when_ready(lambda: self.call("POST", "/messages", target.query(), body=body))
        return _object(answer.get("message"))

    def edit(self, mid: str, text: str, attachments: Sequence[Json] | None = None) -> None:
        """`attachments` None leaves them as they are, empty takes them away."""
        body = _body(text, None if attachments is None else list(attachments), "")
        self._done(
            self._when_ready(lambda: self.call("PUT", "/messages", {"message_id": mid}, body=body))
        )

    def delete(self, mid: str) -> None:
        self._done(self.call("DELETE", "/messages", {"message_id": mid}))

    # comments under a post of a channel

    def comments(
        self, mid: str, *, after: int | None = None, before: int | None = None, count: int = 50
    ) -> list[Json]:
        """Comments of a post; bounds in milliseconds. Needs the right `read_all_messages`."""
        query = {"after": after, "before": before, "count": count}
        return list(self.call("GET", f"/messages/{mid}/comments", query).get("messages", ()))

    def comment(self, mid: str, comment_id: str) -> Json:
        return self.call("GET", f"/messages/{mid}/comments/{comment_id}")

    def send_comment(self, mid: str, text: str, reply_to: str = "") -> Json:
        """Comments hold no attachments; an answer to one is a link of type `reply`."""
        answer = self.call(
            "POST", f"/messages/{mid}/comments", body=_body(text, None, reply_to, comment=True)
        )
        return _object(answer.get("message"))

    def edit_comment(self, mid: str, comment_id: str, text: str) -> None:
        """Possible for 26 hours; then TooLate."""
        self._done(
            self.call(
                "PUT",
                f"/messages/{mid}/comments",
                {"comment_id": comment_id, "message_id": mid},
                body=_body(text, None, "", comment=True),
            )
        )

    def delete_comment(self, mid: str, comment_id: str) -> None:
        self._done(self.call("DELETE", f"/messages/{mid}/comments", {"comment_id": comment_id}))

    # files

    def upload(self, kind: str, name: str, content: bytes) -> Json:
        """An attachment to send. `kind` is image, video, audio or file."""
        endpoint = self.call("POST", "/uploads", {"type": kind})
        return self._files.put(kind, endpoint, name, content)

    def download(self, url: str) -> bytes:
        """A file named in a message; the token is not shown to its server."""
        return self._files.get(url)

    def _when_ready(self, ask: Callable[[], Json]) -> Json:
        for seconds in NOT_READY_PAUSES:
            try:
                return ask()
            except NotReady:
                self._pause(seconds)
        return ask()

    def _done(self, answer: Json) -> None:
        if answer.get("success") is False:
            raise refusal(400, answer)


@contextmanager
def max_bot(
    token: str,
    settings: HttpSettings = OFFICIAL,
    transport: httpx.BaseTransport | None = None,
    pause: Callable[[float], None] = time.sleep,
) -> Iterator[Max]:
    """A client of one bot while the block runs. Raises ServiceError."""
    bare = replace(settings, base_url=settings.base_url.rstrip("/") or BASE_URL)
    known = replace(bare, headers={**settings.headers, "Authorization": token})
    with http_client(known, transport) as http, http_client(bare, transport) as strangers:
        yield Max(http, Files(strangers), pause)


def _body(text: str, attachments: list[Json] | None, reply_to: str, comment: bool = False) -> Json:
    link = {"type": "reply", "mid": reply_to} if reply_to else None
    return {"text": text, "link": link} | ({} if comment else {"attachments": attachments})


def _object(value: Any) -> Json:
    if not isinstance(value, dict):
        raise OutcomeUnknown("MAX ответил не тем, что обещает описание: исход неясен.")
    return value
