"""Bytes that go to and come from the file servers of MAX, which never see the token."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx

from otklik.exchange.vendors.http import OutcomeUnknown, exchange
from otklik.exchange.vendors.max.errors import BadRequest, refusal

LARGEST_DOWNLOAD = 50 * 1024 * 1024
BY_FIRST_TOKEN = ("video", "audio")


class Files:
    """Speaks with any server that MAX names; a plain http one only at the address of MAX itself."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http

    def put(
        self, kind: str, endpoint: Mapping[str, Any], name: str, content: bytes
    ) -> dict[str, Any]:
        """Send the bytes to the address given by `POST /uploads`; the attachment to send then.

        Video and audio are known by the token of the first step (the answer here is no JSON),
        pictures and files by that of the second.
        """
        request = self._http.build_request(
            "POST", self._trusted(str(endpoint.get("url", ""))), files={"data": (name, content)}
        )
        response = exchange(self._http, request)
        if response.status_code != 200:
            raise refusal(response.status_code, {})
        if kind in BY_FIRST_TOKEN and endpoint.get("token"):
            return {"type": kind, "payload": {"token": endpoint["token"]}}
        try:
            payload = response.json()
        except ValueError:
            raise OutcomeUnknown("Сервер файлов MAX ответил не тем, что обещает.") from None
        return {"type": kind, "payload": _payload(kind, payload)}

    def get(self, url: str) -> bytes:
        response = exchange(
            self._http,
            self._http.build_request("GET", self._trusted(url)),
            largest=LARGEST_DOWNLOAD,
        )
        if response.status_code != 200:
            raise refusal(response.status_code, {})
        return response.content

    def _trusted(self, url: str) -> str:
        asked, own = urlsplit(url), urlsplit(str(self._http.base_url))
        if asked.scheme == "https" or (asked.scheme, asked.netloc) == (own.scheme, own.netloc):
            return url
        raise BadRequest("Адрес файла в MAX не защищён (нужен https)")


def _payload(kind: str, answer: Any) -> dict[str, Any]:
    wanted = "photos" if kind == "image" else "token"
    if not isinstance(answer, dict) or not answer.get(wanted):
        raise OutcomeUnknown("Сервер файлов MAX не дал знака принятого файла.")
    return {wanted: answer[wanted]}
