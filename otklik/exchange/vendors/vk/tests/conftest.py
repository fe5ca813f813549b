"""A stand-in that is judged at every step by VK's schema, and clients with each key."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from PIL import Image
from werkzeug.wrappers import Request, Response

from otklik.exchange.standins.serving import served
from otklik.exchange.standins.vk import world
from otklik.exchange.standins.vk.application import VkStandIn
from otklik.exchange.vendors.http import HttpSettings
from otklik.exchange.vendors.vk.client import NewFile, VkApi
from otklik.exchange.vendors.vk.tests.schema.judge import (
    faults_of_answer,
    faults_of_event,
    faults_of_request,
)

GROUP = world.COMMUNITY_ID
OWNER = -GROUP


class JudgedVk(VkStandIn):
    """Keeps what breaks the schema: in requests, in answers, in events."""

    def set_up(self) -> None:
        super().set_up()
        self.faults: list[str] = []
        self.judged: set[str] = set()

    def method(self, request: Request, method: str) -> Response:
        answer = super().method(request, method)
        values = {**request.args.to_dict(), **request.form.to_dict()}
        self.judged.add(method)
        wrong = faults_of_answer(method, answer.get_json())
        if "error" not in answer.get_json():
            wrong += faults_of_request(method, values)
        self.faults += [f"{method} {each}" for each in wrong]
        return answer

    def long_poll(self, request: Request, group: int) -> Response:
        answer = super().long_poll(request, group)
        for event in answer.get_json().get("updates", []):
            self.judged.add(event["type"])
            self.faults += [f"{event['type']} {each}" for each in faults_of_event(event)]
        return answer


@dataclass
class Keys:
    """A client for each key; `slept` are the pauses they made."""

    url: str
    slept: list[float] = field(default_factory=list)
    opened: list[VkApi] = field(default_factory=list)

    def open(self, token: str, **settings: Any) -> VkApi:
        api = VkApi(token, HttpSettings(self.url, **settings), sleep=self.slept.append)
        self.opened.append(api)
        return api


@pytest.fixture
def vk() -> Iterator[JudgedVk]:
    with served(JudgedVk()) as app:
        yield app
    assert app.faults == []


@pytest.fixture
def keys(vk: JudgedVk) -> Iterator[Keys]:
    made = Keys(vk.url)
    yield made
    for each in made.opened:
        each.close()


@pytest.fixture
def community(keys: Keys) -> VkApi:
    return keys.open(world.COMMUNITY_KEY)


@pytest.fixture
def service(keys: Keys) -> VkApi:
    return keys.open(world.SERVICE_KEY)


@pytest.fixture
def user(keys: Keys) -> VkApi:
    return keys.open(world.USER_KEY)


@pytest.fixture
def picture() -> NewFile:
    kept = io.BytesIO()
    Image.new("RGB", (320, 200), (90, 120, 60)).save(kept, "JPEG")
    return NewFile("яма.jpg", kept.getvalue(), "image/jpeg")
