"""Calling VK: one request, its answer or a typed error; patience where VK asks for it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
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
from otklik.exchange.vendors.vk.errors import RetryLater, error_of

BASE_URL = "https://api.vk.ru"
VERSION = "5.199"
Values = Mapping[str, Any]
# 9 (flood) and 29 (daily limit) need minutes or hours: the caller comes back later by itself.
WAITED_HERE = frozenset({1, 6, 10})
GROWING_PAUSES: tuple[float, ...] = (0.5, 1.5, 4.0)


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to upload. `name` is the file name VK shows."""

    name: str
    content: bytes
    content_type: str = "application/octet-stream"


class VkApi:
    """VK with one key. Not safe for use from several threads at once.

    `pauses` are seconds before each repeat of a call that VK refused for a moment.
    """

    def __init__(
        self,
        token: str,
        settings: HttpSettings | None = None,
        *,
        pauses: Sequence[float] = GROWING_PAUSES,
        sleep: Callable[[float], None] = time.sleep,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._token = token
        self._settings = settings or HttpSettings(BASE_URL)
        self._pauses = tuple(pauses)
        self._sleep = sleep
        self._client = http_client(self._settings, transport)

    def __enter__(self) -> VkApi:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"VkApi({self._settings.base_url})"

    def close(self) -> None:
        self._client.close()

    def call(self, method: str, values: Values | None = None) -> Any:
        """The `response` of the method. None values are left out, lists are joined by commas.

        Raises VkError and its kinds (refused), OutcomeUnknown (it may have been done),
        Unreachable (nothing was sent).
        """
        for pause in self._pauses:
            try:
                return self._once(method, values or {})
            except RetryLater as error:
                if error.code not in WAITED_HERE:
                    raise
                self._sleep(pause)
        return self._once(method, values or {})

    def upload(self, url: str, field: str, file: NewFile) -> dict[str, Any]:
        """Send a file to an address that VK gave for it; VK's answer."""
        files = {field: (file.name, file.content, file.content_type)}
        answer = exchange(self._client, self._client.build_request("POST", url, files=files))
        return _object(answer, "upload")

    def poll(self, url: str, values: Values, wait: float) -> dict[str, Any]:
        """One long-poll request; the connection is kept open `wait` seconds and ten more."""
        timeout = httpx.Timeout(wait + 10, connect=self._settings.connect_timeout)
        request = self._client.build_request("GET", url, params=dict(values), timeout=timeout)
        return _object(exchange(self._client, request), "a_check")

    def download(self, url: str, *, largest: int) -> tuple[bytes, str]:
        """A file of somebody's message: its content and type. `largest` in bytes."""
        request = self._client.build_request("GET", url)
        answer = exchange(self._client, request, largest=largest)
        if answer.status_code != 200:
            raise ServiceError(f"Файл ВКонтакте не отдан: ответ {answer.status_code}.")
        return answer.content, answer.headers.get("content-type", "").partition(";")[0]

    def _once(self, method: str, values: Values) -> Any:
        data = {key: form_value(value) for key, value in values.items() if value is not None}
        request = self._client.build_request(
            "POST",
            f"/method/{method}",
            data={**data, "v": VERSION},
            headers={"Authorization": f"Bearer {self._token}"},
        )
        told = _object(exchange(self._client, request), method)
        if "error" in told:
            raise error_of(told["error"], method, self._token)
        if "response" not in told:
            raise OutcomeUnknown(f"ВКонтакте ответил непонятно ({method}): исход неизвестен.")
        return told["response"]


def with_base(settings: HttpSettings, base_url: str) -> HttpSettings:
    return replace(settings, base_url=base_url or BASE_URL)


def form_value(value: Any) -> str:
    """How VK reads a parameter: 1 and 0 for truth, commas between the parts of a list."""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, (list, tuple)):
        return ",".join(str(each) for each in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def _object(answer: httpx.Response, method: str) -> dict[str, Any]:
    """VK answers 200 always; anything else comes from something on the way."""
    try:
        told = answer.json()
    except ValueError:
        told = None
    if answer.status_code != 200 or not isinstance(told, dict):
        raise OutcomeUnknown(
            f"ВКонтакте ответил {answer.status_code} не по правилам ({method}): исход неизвестен."
        )
    return told
