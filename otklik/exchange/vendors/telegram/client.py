"""Calls of the Telegram Bot API: one method, one request, plain dictionaries out.

Source: Bot API 10.1. Every method raises `ServiceError` or one of its kinds: see `errors`;
`OutcomeUnknown` after a time-out or a 5xx, when a message may have been sent all the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import httpx

from otklik.exchange.vendors.http import (
    HttpSettings,
    OutcomeUnknown,
    ServiceError,
    exchange,
    http_client,
)
from otklik.exchange.vendors.telegram.errors import BadRequest, refusal

BASE_URL = "https://api.telegram.org"
OFFICIAL = HttpSettings(BASE_URL)
TEXT_LIMIT, CAPTION_LIMIT = 4096, 1024
ALBUM_LIMIT = 10
LARGEST_DOWNLOAD = 20 * 1024 * 1024
LARGEST_PHOTO = 10 * 1024 * 1024

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Photo:
    """A file to send; a picture is at most 10 MB."""

    name: str
    content: bytes
    content_type: str = "image/jpeg"


class Telegram:
    """One bot. `chat` is a number, or `@name` of a public chat."""

    def __init__(self, http: httpx.Client, token: str) -> None:
        self._http = http
        self._token = token

    def call(
        self,
        method: str,
        parameters: Mapping[str, Any] | None = None,
        files: Mapping[str, Photo] | None = None,
        wait: float = 0,
    ) -> Any:
        """The `result` of a method. Parameters that are None are left out; `wait` in seconds."""
        given = {name: value for name, value in (parameters or {}).items() if value is not None}
        response = exchange(self._http, self._request(method, given, files or {}, wait))
        try:
            answer = response.json()
        except ValueError:
            answer = {}
        if not isinstance(answer, dict) or answer.get("ok") is not True:
            raise _refusal(response.status_code, answer)
        return answer.get("result")

    def _request(
        self, method: str, given: Mapping[str, Any], files: Mapping[str, Photo], wait: float
    ) -> httpx.Request:
        url = f"/bot{self._token}/{method}"
        extra: Json = {}
        if wait:
            usual = self._http.timeout
            extra["timeout"] = httpx.Timeout(
                usual.read or 30, connect=usual.connect, read=(usual.read or 30) + wait
            )
        if not files:
            return self._http.build_request("POST", url, json=given, **extra)
        return self._http.build_request(
            "POST",
            url,
            data={name: _form(value) for name, value in given.items()},
            files={
                name: (each.name, each.content, each.content_type) for name, each in files.items()
            },
            **extra,
        )

    # who and where

    def get_me(self) -> Json:
        return _object(self.call("getMe"))

    def get_chat(self, chat: int | str) -> Json:
        """`linked_chat_id` is the discussion group of a channel."""
        return _object(self.call("getChat", {"chat_id": chat}))

    def get_chat_member(self, chat: int | str, user_id: int) -> Json:
        return _object(self.call("getChatMember", {"chat_id": chat, "user_id": user_id}))

    def get_chat_member_count(self, chat: int | str) -> int:
        return int(self.call("getChatMemberCount", {"chat_id": chat}))

    def get_chat_administrators(self, chat: int | str) -> list[Json]:
        return _objects(self.call("getChatAdministrators", {"chat_id": chat}))

    # what comes

    def get_webhook_info(self) -> Json:
        return _object(self.call("getWebhookInfo"))

    def set_webhook(
        self, url: str, secret_token: str, allowed_updates: Sequence[str], connections: int = 40
    ) -> None:
        self.call(
            "setWebhook",
            {
                "url": url,
                "secret_token": secret_token,
                "allowed_updates": list(allowed_updates),
                "max_connections": connections,
            },
        )

    def delete_webhook(self) -> None:
        """Waiting updates are kept and come by `get_updates`."""
        self.call("deleteWebhook", {"drop_pending_updates": False})

    def get_updates(
        self,
        offset: int | None,
        allowed_updates: Sequence[str],
        limit: int = 100,
        timeout: int = 0,
    ) -> list[Json]:
        """Updates from `offset` on; all before it are confirmed and never come again."""
        return _objects(
            self.call(
                "getUpdates",
                {
                    "offset": offset,
                    "limit": limit,
                    "timeout": timeout,
                    "allowed_updates": list(allowed_updates),
                },
                wait=timeout,
            )
        )

    # what goes out

    def send_message(
        self, chat: int | str, text: str, reply_to: int | None = None, preview: bool = False
    ) -> Json:
        """At most 4096 characters. The message as Telegram keeps it."""
        return _object(
            self.call(
                "sendMessage",
                {
                    "chat_id": chat,
                    "text": text,
                    "reply_parameters": _reply(reply_to),
                    "link_preview_options": None if preview else {"is_disabled": True},
                },
            )
        )

    def send_photo(
        self, chat: int | str, photo: Photo, caption: str = "", reply_to: int | None = None
    ) -> Json:
        """The caption is at most 1024 characters."""
        return _object(
            self.call(
                "sendPhoto",
                {
                    "chat_id": chat,
                    "caption": caption or None,
                    "reply_parameters": _reply(reply_to),
                },
                {"photo": photo},
            )
        )

    def send_media_group(
        self,
        chat: int | str,
        photos: Sequence[Photo],
        caption: str = "",
        reply_to: int | None = None,
    ) -> list[Json]:
        """2–10 photos as an album; one message per photo comes back. Raises ValueError."""
        if not 2 <= len(photos) <= ALBUM_LIMIT:
            raise ValueError(f"В альбоме Telegram от 2 до {ALBUM_LIMIT} фотографий.")
        files = {f"photo{number}": photo for number, photo in enumerate(photos)}
        media: list[Json] = [{"type": "photo", "media": f"attach://{name}"} for name in files]
        if caption:
            media[0]["caption"] = caption
        return _objects(
            self.call(
                "sendMediaGroup",
                {"chat_id": chat, "media": media, "reply_parameters": _reply(reply_to)},
                files,
            )
        )

    def send_document(self, chat: int | str, file: Photo, reply_to: int | None = None) -> Json:
        """Any file of at most 50 MB."""
        return _object(
            self.call(
                "sendDocument",
                {"chat_id": chat, "reply_parameters": _reply(reply_to)},
                {"document": file},
            )
        )

    def edit_message_text(self, chat: int | str, message_id: int, text: str) -> None:
        self.call("editMessageText", {"chat_id": chat, "message_id": message_id, "text": text})

    def edit_message_caption(self, chat: int | str, message_id: int, caption: str) -> None:
        self.call(
            "editMessageCaption", {"chat_id": chat, "message_id": message_id, "caption": caption}
        )

    def delete_message(self, chat: int | str, message_id: int) -> None:
        """Works for 48 hours after the message was sent."""
        self.call("deleteMessage", {"chat_id": chat, "message_id": message_id})

    # files

    def get_file(self, file_id: str) -> Json:
        return _object(self.call("getFile", {"file_id": file_id}))

    def download(self, file_id: str) -> bytes:
        """A file of at most 20 MB: Telegram gives bots no larger ones."""
        path = str(self.get_file(file_id).get("file_path", ""))
        if not path:
            raise BadRequest("Telegram не отдаёт этот файл: он больше 20 МБ или устарел")
        request = self._http.build_request("GET", f"/file/bot{self._token}/{path}")
        response = exchange(self._http, request, largest=LARGEST_DOWNLOAD)
        if response.status_code != 200:
            raise BadRequest(f"Файл не скачался: код {response.status_code}")
        return response.content


@contextmanager
def telegram(
    token: str,
    settings: HttpSettings = OFFICIAL,
    transport: httpx.BaseTransport | None = None,
) -> Iterator[Telegram]:
    """A client of one bot while the block runs. Raises ServiceError."""
    base = replace(settings, base_url=settings.base_url.rstrip("/") or BASE_URL)
    with http_client(base, transport) as http:
        yield Telegram(http, token)


def _refusal(status: int, answer: Any) -> ServiceError:
    if not isinstance(answer, dict) or not answer:
        if status in (401, 404):
            return refusal(status, {})
        return OutcomeUnknown(f"Вместо ответа Telegram пришло другое (код {status}): исход неясен.")
    code = answer.get("error_code")
    return refusal(code if isinstance(code, int) else status, answer)


def _form(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _reply(message_id: int | None) -> Json | None:
    return None if message_id is None else {"message_id": message_id}


def _object(result: Any) -> Json:
    if not isinstance(result, dict):
        raise OutcomeUnknown("Telegram ответил не тем, что обещает описание: исход неясен.")
    return result


def _objects(result: Any) -> list[Json]:
    if not isinstance(result, list):
        raise OutcomeUnknown("Telegram ответил не тем, что обещает описание: исход неясен.")
    return [_object(each) for each in result]
