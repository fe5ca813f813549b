"""Messages to a group by its bot (Graph API): `chat:<id>`, `user:<id>`, `mid:<chat>.<seq>`.

The key is made in the group: «Настройки» → «Сообщения» → «Ключ доступа»; a new one kills the old.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import httpx

from otklik.exchange.vendors.http import HttpSettings, exchange, http_client
from otklik.exchange.vendors.ok.client import BASE_URL, read

Thing = dict[str, Any]
MOST_AT_ONCE = 100


class OkBot:
    """A group's bot with its key. The key stands in addresses, which are never told."""

    def __init__(
        self,
        token: str,
        settings: HttpSettings | None = None,
        *,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._token = token
        self._settings = settings or HttpSettings(BASE_URL)
        self._client = http_client(self._settings, transport)

    def __enter__(self) -> OkBot:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"OkBot({self._settings.base_url})"

    def close(self) -> None:
        self._client.close()

    def me(self) -> Thing:
        """Whose key it is: name, group_id («group:…»)."""
        return dict(self._get("info", {}))

    def subscriptions(self) -> list[str]:
        """Addresses to which events go."""
        return [str(each["url"]) for each in self._get("subscriptions", {})["subscriptions"]]

    def subscribe(self, url: str) -> None:
        """Send events to this address too. OK waits 5 seconds for 200 and repeats up to 8 hours."""
        self._post("subscribe", {"url": url})

    def unsubscribe(self, url: str) -> None:
        self._post("unsubscribe", {"url": url})

    def chats(self, marker: str = "") -> tuple[list[Thing], str]:
        """Conversations, last changed first, and the marker of the next page."""
        told = self._get("chats", {"count": MOST_AT_ONCE, "marker": marker or None})
        return list(told.get("chats") or []), str(told.get("marker") or "")

    def messages(
        self,
        chat_id: str,
        *,
        newest_ms: int | None = None,
        oldest_ms: int | None = None,
        count: int = MOST_AT_ONCE,
    ) -> list[Thing]:
        """Messages of a conversation, newest first, between two moments."""
        values = {"from": newest_ms, "to": oldest_ms, "count": count}
        path = f"messages/{quote(chat_id, safe=':')}"
        return list(self._get(path, values).get("messages") or [])

    def send(self, chat_id: str, text: str) -> str:
        """Answer in a conversation; the id of the message (`mid:…`). No key of repetition."""
        body = {"recipient": {"chat_id": chat_id}, "message": {"text": text}}
        told = self._post(f"messages/{quote(chat_id, safe=':')}", body)
        return str(told.get("message_id") or "")

    def download(self, url: str, *, largest: int) -> tuple[bytes, str]:
        answer = exchange(self._client, self._client.build_request("GET", url), largest=largest)
        return answer.content, answer.headers.get("content-type", "").partition(";")[0]

    def _get(self, path: str, values: Mapping[str, Any]) -> Any:
        told = {name: value for name, value in values.items() if value is not None}
        return self._ask("GET", path, told, None)

    def _post(self, path: str, body: Thing) -> Any:
        return self._ask("POST", path, {}, body)

    def _ask(self, verb: str, path: str, values: Mapping[str, Any], body: Thing | None) -> Any:
        request = self._client.build_request(
            verb,
            f"/graph/me/{path}",
            params={**values, "access_token": self._token},
            json=body,
            headers={"Content-Type": "application/json;charset=utf-8"},
        )
        return read(exchange(self._client, request), f"graph/me/{path}", (self._token,))
