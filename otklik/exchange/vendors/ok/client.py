"""Calling OK's REST: one signed request, its answer or a typed error."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from otklik.exchange.vendors.http import (
    HttpSettings,
    OutcomeUnknown,
    ServiceError,
    exchange,
    http_client,
)
from otklik.exchange.vendors.ok.errors import RetryLater, error_of

BASE_URL = "https://api.ok.ru"
WAITED_HERE = frozenset({2, 30, 31, 704})
GROWING_PAUSES: tuple[float, ...] = (0.5, 1.5, 4.0)


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to upload."""

    name: str
    content: bytes
    content_type: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class OkKeys:
    """Of an application: its public and secret key; of a person in it: the eternal token.

    `session_secret` is given by OK together with an eternal token; else it is counted.
    """

    application_key: str
    application_secret: str = field(default="", repr=False)
    access_token: str = field(default="", repr=False)
    session_secret: str = field(default="", repr=False)

    @property
    def secret(self) -> str:
        if self.session_secret:
            return self.session_secret
        return _md5(self.access_token + self.application_secret)

    def all(self) -> tuple[str, ...]:
        return self.application_secret, self.access_token, self.session_secret


def signature(values: Mapping[str, str], secret: str) -> str:
    """MD5 of sorted `name=value` without the token, and the secret of the session."""
    told = "".join(
        f"{name}={values[name]}"
        for name in sorted(values)
        if name not in ("access_token", "session_key", "sig")
    )
    return _md5(told + secret)


class OkApi:
    """OK with one set of keys."""

    def __init__(
        self,
        keys: OkKeys,
        settings: HttpSettings | None = None,
        *,
        pauses: Sequence[float] = GROWING_PAUSES,
        sleep: Callable[[float], None] = time.sleep,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._keys = keys
        self._settings = settings or HttpSettings(BASE_URL)
        self._pauses = tuple(pauses)
        self._sleep = sleep
        self._client = http_client(self._settings, transport)

    def __enter__(self) -> OkApi:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"OkApi({self._settings.base_url})"

    def close(self) -> None:
        self._client.close()

    def call(self, method: str, values: Mapping[str, Any] | None = None) -> Any:
        """The answer of the method. None values are left out, objects go as JSON.

        Raises OkError and its kinds (refused), OutcomeUnknown, Unreachable.
        """
        for pause in self._pauses:
            try:
                return self._once(method, values or {})
            except RetryLater as error:
                if error.code not in WAITED_HERE:
                    raise
                self._sleep(pause)
        return self._once(method, values or {})

    def upload(self, url: str, files: Sequence[NewFile]) -> dict[str, Any]:
        """Send pictures to an address that OK gave for them; OK's answer."""
        sent = {
            f"pic{number}": (each.name, each.content, each.content_type)
            for number, each in enumerate(files, start=1)
        }
        answer = exchange(self._client, self._client.build_request("POST", url, files=sent))
        told: dict[str, Any] = read(answer, "upload", self._keys.all())
        return told

    def download(self, url: str, *, largest: int) -> tuple[bytes, str]:
        """A picture of somebody's comment: its content and type. `largest` in bytes."""
        answer = exchange(self._client, self._client.build_request("GET", url), largest=largest)
        if answer.status_code != 200:
            raise ServiceError(f"Файл Одноклассников не отдан: ответ {answer.status_code}.")
        return answer.content, answer.headers.get("content-type", "").partition(";")[0]

    def _once(self, method: str, values: Mapping[str, Any]) -> Any:
        told = {name: form_value(each) for name, each in values.items() if each is not None}
        told |= {
            "method": method,
            "application_key": self._keys.application_key,
            "format": "json",
        }
        told["sig"] = signature(told, self._keys.secret)
        told["access_token"] = self._keys.access_token
        request = self._client.build_request("POST", "/fb.do", data=told)
        return read(exchange(self._client, request), method, self._keys.all())


def read(answer: httpx.Response, method: str, secrets: Sequence[str]) -> Any:
    """The answer as JSON; errors come with HTTP 200 from REST and with 4xx from Graph."""
    try:
        told = answer.json()
    except ValueError:
        told = None
    if isinstance(told, dict) and "error_code" in told:
        raise error_of(told, method, secrets)
    if answer.status_code != 200 or told is None:
        raise OutcomeUnknown(
            f"Одноклассники ответили {answer.status_code} не по правилам ({method}): "
            "исход неизвестен."
        )
    return told


def form_value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if isinstance(value, (list, tuple)):
        return ",".join(str(each) for each in value)
    return str(value)


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
