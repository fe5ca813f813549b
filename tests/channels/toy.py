"""A channel that does not exist: its service, and a connector as a package of somebody else."""

from __future__ import annotations

import hashlib
import hmac
import json
import sys
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from werkzeug.wrappers import Request, Response

from otklik.exchange.standins.base import StandIn, as_json
from otklik.exchange.standins.failures import Failure, Trouble

SECRET = "slovo"
CONNECTOR = '''
"""A connector that lives outside the program: a folder, a class, an entry point."""

import base64, hashlib, hmac, json
from datetime import datetime, timezone
from typing import ClassVar

import httpx
from pydantic import Field

from otklik.exchange.channels.connectors.base import (
    Capabilities, Connector, ConnectorError, Figures, Incoming, NewFile, PostAround, Probe,
    SendOutcome, WebhookRefused, WebhookReply,
)
from otklik.exchange.channels.connectors.registry import register
from otklik.exchange.channels.connectors.social import SocialSettings
from otklik.exchange.channels.vocabulary import Ability, Delivery, InboundKind, SendResult


class ToySettings(SocialSettings):
    url: str = Field(title="Адрес службы")


@register
class Toy(Connector):
    kind = "toy"
    label = "Игрушка"
    settings_class = ToySettings
    secret_fields: ClassVar = {"secret": "Слово"}
    capabilities = Capabilities(
        delivery=Delivery.AUTOMATIC, receives=True, text_limit=200, rate=50, burst=10,
        abilities=frozenset({Ability.WEBHOOK, Ability.READ_COMMENTS, Ability.STATISTICS}),
    )

    def webhook(self, card, request):
        made = hmac.new(card.secret["secret"].encode(), request.body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(made, request.headers.get("x-toy", "")):
            raise WebhookRefused("signature")
        return WebhookReply(event_id=str(json.loads(request.body)["event"]))

    def read_event(self, card, body):
        told = json.loads(body)
        return [Incoming(
            kind=InboundKind.COMMENT, external_id=str(told["id"]), cursor={}, raw=body,
            received_at=datetime.fromtimestamp(told["at"], timezone.utc),
            sender=told.get("by", ""), sender_name=told.get("name", ""),
            text=told.get("text", ""), version=told["version"], deleted=told.get("gone", False),
            answer_to={"comment": str(told["id"])}, post=PostAround("1", "Пост о дорогах"),
            files=[NewFile("photo.jpg", base64.b64decode(each)) for each in told.get("photos", [])],
            url="https://toy.test/" + str(told["id"]),
        )]

    def send(self, card, parcel):
        try:
            answer = httpx.post(
                card.settings.url + "/answer", timeout=2,
                json={"to": parcel.target["comment"], "text": parcel.text, "key": parcel.key},
            )
        except httpx.HTTPError as error:
            return SendOutcome(SendResult.UNKNOWN, type(error).__name__)
        if answer.status_code == 429:
            pause = float(answer.headers["Retry-After"])
            return SendOutcome(SendResult.POSTPONED, "много запросов", retry_after=pause)
        if answer.status_code >= 500:
            return SendOutcome(SendResult.UNKNOWN, "сбой службы")
        if answer.status_code == 401:
            return SendOutcome(SendResult.REFUSED, "Ключ отозван.")
        return SendOutcome(SendResult.SENT, external_id=str(answer.json()["id"]))

    def connect_webhook(self, card, url):
        httpx.post(card.settings.url + "/hook", json={"url": url}, timeout=2)
        return Probe()

    def find_sent(self, card, parcel):
        told = httpx.get(card.settings.url + "/answers", timeout=2).json()
        return next((str(each["id"]) for each in told if each["key"] == parcel.key), "")

    def stats(self, card, external_ids):
        told = httpx.get(card.settings.url + "/answers", timeout=2).json()
        return [Figures(each, views=len(told) + 10) for each in external_ids]
'''


@dataclass
class Comment:
    id: int
    text: str
    version: int = 0
    photos: tuple[bytes, ...] = ()


class ToyService(StandIn):
    """A wall with comments and answers under them."""

    name = "toy"

    def set_up(self) -> None:
        self.answers: list[dict[str, Any]] = []
        self.hook_url = ""
        self.route("POST", "/hook", self.connect, call="connect")
        self.route("POST", "/answer", self.answer, call="answer")
        self.route("GET", "/answers", self.told, call="answers")

    def answer(self, request: Request) -> Response:
        self.answers.append({"id": 900 + len(self.answers), **request.get_json()})
        return as_json(self.answers[-1])

    def connect(self, request: Request) -> Response:
        self.hook_url = request.get_json()["url"]
        return as_json({})

    def told(self, request: Request) -> Response:
        return as_json(self.answers)

    def failed(self, failure: Failure, request: Request, name: str) -> Response | None:
        if failure.trouble == Trouble.RATE:
            return Response("later", status=429, headers={"Retry-After": "2"})
        if failure.trouble == Trouble.REVOKED:
            return Response("who?", status=401)
        return None


@dataclass
class ToyPeer:
    """A citizen at the wall."""

    service: ToyService
    kind: str = "toy"
    polled: bool = False
    has_albums: bool = False
    tells_deletions: bool = True
    reconciles: bool = True
    comments: dict[str, Comment] = field(default_factory=dict)
    events: int = 0

    def settings(self) -> dict[str, Any]:
        return {"url": self.service.url, "by_webhook": True}

    def secret(self) -> dict[str, str]:
        return {"secret": SECRET}

    def write(self, text: str, *photos: bytes) -> str:
        comment = Comment(len(self.comments) + 1, text, photos=photos)
        self.comments[str(comment.id)] = comment
        self._tell(comment)
        return str(comment.id)

    def correct(self, message: str, text: str) -> None:
        comment = self.comments[message]
        comment.text, comment.version = text, comment.version + 1
        self._tell(comment)

    def take_back(self, message: str) -> None:
        self._tell(self.comments[message], gone=True)

    def answers(self) -> list[str]:
        return [str(each["text"]) for each in self.service.answers]

    def fail(self, trouble: str, times: int = 1) -> None:
        self.service.failures.order(trouble, call="answer", times=times, seconds=3)

    def mend(self) -> None:
        self.service.failures.clear()

    def deliver(self) -> None:
        assert self.service.deliveries.flush()

    def _tell(self, comment: Comment, gone: bool = False) -> None:
        import base64

        self.events += 1
        told = {
            "event": self.events,
            "id": comment.id,
            "version": comment.version,
            "at": 1_780_000_000 + comment.id,
            "by": "toy:7",
            "name": "Мария Соколова",
            "gone": gone,
        }
        if not gone:
            photos = [base64.b64encode(each).decode() for each in comment.photos]
            told |= {"text": comment.text, "photos": photos}
        body = json.dumps(told, ensure_ascii=False).encode()
        sign = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        self.service.deliveries.send(
            self.service.hook_url, told, {"X-Toy": sign}, lambda answer: answer.is_success
        )


def install(folder: Path) -> Iterator[None]:
    """Put the package where packages lie, with its entry point; take it away afterwards."""
    package = folder / "toychannel"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "connector.py").write_text(textwrap.dedent(CONNECTOR))
    info = folder / "toychannel-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: toychannel\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[otklik.connectors]\ntoy = toychannel.connector\n")
    sys.path.insert(0, str(folder))
    yield
    sys.path.remove(str(folder))
    for name in [each for each in sys.modules if each.startswith("toychannel")]:
        del sys.modules[name]


def told(answer: httpx.Response) -> Mapping[str, Any]:
    found: Mapping[str, Any] = answer.json()
    return found
