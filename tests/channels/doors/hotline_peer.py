"""The telephone exchange of the line 122: a signed event of every call."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, ClassVar
from urllib.parse import quote

import httpx

from tests.channels.doors.base import Sending, Step, Told
from tests.channels.story import Story

KEY = "slovo-telefonnoy-stantsii"


@dataclass
class HotlinePeer(Sending):
    url: str = ""
    kind: str = "hotline122"
    calls: list[dict[str, Any]] = field(default_factory=list)
    at: int = 0
    lacks: ClassVar[Mapping[Step, str]] = {
        Step.PHOTO: "no picture comes by telephone",
        Step.COUNTERS: "a line has no posts",
        Step.BY_ITSELF: "somebody has to ring and to say it",
    }

    def settings(self) -> dict[str, Any]:
        return {}

    def secret(self) -> dict[str, str]:
        return {"webhook_key": KEY}

    def stand(self, story: Story) -> None:
        """The key is in the settings of the account."""

    def write(self, text: str, *photos: bytes) -> None:
        call = {
            "id": f"К-{len(self.calls) + 1}",
            "at": datetime.now(UTC).isoformat(),
            "phone": "+7 900 000-11-22",
            "name": "Соколова Мария Ильинична",
            "text": text,
            "operator": "Оператор 7",
        }
        self.calls.append(call)
        self.at = int(time.time()) - 100
        self.send(lambda: self._told(call, self.at))

    def correct(self, text: str) -> None:
        assert self._told({**self.calls[-1], "text": text}, self.at + 50).status_code == 202

    def older(self) -> None:
        """An event that hung in the queue of the exchange comes after its correction."""
        late = {**self.calls[-1], "operator": "Оператор 8"}
        assert self._told(late, self.at + 10).status_code in (200, 202)

    def nonsense(self) -> Iterator[Told]:
        call = {"id": "К-99", "at": datetime.now(UTC).isoformat(), "text": "Яма"}
        now = int(time.time())
        without: list[object] = [{**call, "at": "вчера"}, {**call, "text": " "}, {"id": "К-99"}]
        for spoilt in [*without, [], "яма"]:
            yield self._shown(self._told(spoilt, now))
        yield self._shown(self._told(call, now, key="чужой-ключ-подписи"))
        yield self._shown(self._told(call, now - 3600))
        yield self._shown(self._posted("call", b"{\xff", now, KEY))

    def carry(self, story: Story) -> None:
        """The operator of the exchange has rung and says so."""
        number = self.calls[-1]["id"]
        told = self._posted(f"placement/hotline122/{number}", b"{}", int(time.time()), KEY)
        assert told.is_success
        assert told.json()["placed"] == 1

    def answers(self) -> list[str]:
        if not self.calls:
            return []
        path = quote(f"/api/intake/hotline122/{self.calls[-1]['id']}")
        headers = self._signed(path.encode(), int(time.time()), KEY)
        told = httpx.get(self.url + path, headers=headers, timeout=20)
        return [one["text"] for one in told.json()["answers"]] if told.is_success else []

    def _told(self, content: object, at: int, key: str = KEY) -> httpx.Response:
        body = json.dumps(content, ensure_ascii=False).encode()
        return self._posted("call", body, at, key)

    def _posted(self, path: str, body: bytes, at: int, key: str) -> httpx.Response:
        headers = {**self._signed(body, at, key), "Content-Type": "application/json"}
        address = f"{self.url}/api/intake/{quote(path)}"
        return httpx.post(address, content=body, headers=headers, timeout=20)

    @staticmethod
    def _signed(content: bytes, at: int, key: str) -> dict[str, str]:
        """Made here from the description of the API, not by our own function."""
        made = hmac.new(key.encode(), f"{at}.".encode() + content, hashlib.sha256).hexdigest()
        return {"X-Otklik-Timestamp": str(at), "X-Otklik-Signature": f"sha256={made}"}

    @staticmethod
    def _shown(answer: httpx.Response) -> Told:
        return Told(answer.status_code, answer.text)
