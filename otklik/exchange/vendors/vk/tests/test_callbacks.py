"""Events of the stand-in by Callback API: confirmed, signed, valid, repeated until «ok»."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from otklik.exchange.standins.vk import doings, news, world
from otklik.exchange.vendors.vk import groups, wall
from otklik.exchange.vendors.vk.client import NewFile, VkApi
from otklik.exchange.vendors.vk.tests.conftest import GROUP, OWNER, JudgedVk
from otklik.exchange.vendors.vk.tests.schema.judge import CALLBACKS, faults_of_event

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse

PERSON = world.ADMIN_ID + 2


@dataclass
class Receiver:
    """Our side: `refuse` answers with an error so many times first."""

    word: str = ""
    refuse: int = 0
    url: str = ""
    got: list[dict[str, Any]] = field(default_factory=list)

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        return self.answer(Request(environ))(environ, start_response)

    def answer(self, request: Request) -> Response:
        event = json.loads(request.get_data())
        self.got.append(event)
        if event["type"] == "confirmation":
            return Response(self.word)
        if self.refuse:
            self.refuse -= 1
            return Response("busy", status=503)
        return Response("ok")


@pytest.fixture
def receiver(vk: JudgedVk) -> Iterator[Receiver]:
    vk.deliveries.again_after = 0.01
    made = Receiver(word=vk.world.communities[GROUP].confirmation)
    server = make_server("127.0.0.1", 0, made, threaded=True)
    made.url = f"http://127.0.0.1:{server.server_port}/hook"
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield made
    vk.deliveries.flush(5)
    server.shutdown()
    server.server_close()
    thread.join(5)


def registered(vk: JudgedVk, community: VkApi, receiver: Receiver) -> int:
    server = groups.add_callback_server(community, GROUP, receiver.url, "Отклик", "тайна")
    groups.set_callback_events(community, GROUP, server, news.EVENTS)
    assert vk.deliveries.flush(5)
    return server


def test_an_address_is_confirmed_by_the_word(
    vk: JudgedVk, community: VkApi, receiver: Receiver
) -> None:
    assert groups.confirmation_code(community, GROUP) == receiver.word
    server = registered(vk, community, receiver)
    assert groups.callback_servers(community, GROUP)[0]["status"] == "ok"
    assert groups.callback_events(community, GROUP, server)["wall_reply_new"] == 1
    receiver.word = "другое"
    groups.add_callback_server(community, GROUP, receiver.url, "Чужой", "")
    assert vk.deliveries.flush(5)
    assert groups.callback_servers(community, GROUP)[1]["status"] == "failed"
    groups.delete_callback_server(community, GROUP, server)
    assert len(groups.callback_servers(community, GROUP)) == 1
    assert [faults_of_event(each) for each in receiver.got] == [[], []]


def test_every_kind_of_event_is_valid(
    vk: JudgedVk, community: VkApi, user: VkApi, receiver: Receiver, picture: NewFile
) -> None:
    registered(vk, community, receiver)
    groups.set_long_poll_events(community, GROUP, news.EVENTS)
    stage, city = vk.stage, vk.world.communities[GROUP]
    post, topic = city.posts[1], next(iter(city.topics.values()))
    photo = doings.new_photo(stage, PERSON, picture.content)
    comment = doings.add_comment(stage, city, post, PERSON, "Яма", [photo])
    wall.comment(community, OWNER, 1, "Ответ", key="k", reply_to=comment.id)
    doings.edit_comment(stage, city, post, comment, "Яма у дома 5")
    doings.delete_comment(stage, city, post, comment, PERSON)
    doings.restore_comment(stage, city, post, comment)
    message = doings.add_message(stage, city, PERSON, "Здравствуйте", [photo])
    doings.edit_message(stage, city, message, "Добрый день")
    doings.add_message(stage, city, PERSON, "Слушаем вас", out=True)
    said = doings.add_topic_comment(stage, city, topic, PERSON, "Вопрос")
    doings.edit_topic_comment(stage, city, topic, said, "Вопрос?")
    doings.delete_topic_comment(stage, city, topic, said)
    doings.add_post(stage, city, PERSON, "Пишу на стене", [photo])
    assert vk.deliveries.flush(10)
    events = [each for each in receiver.got if each["type"] != "confirmation"]
    assert {each["type"] for each in events} == set(CALLBACKS) - {"board_post_restore"}
    assert [fault for each in events for fault in faults_of_event(each)] == []
    assert {each["secret"] for each in events} == {"тайна"}
    assert len({each["event_id"] for each in events}) == len(events)


def test_an_event_comes_again_until_ok(vk: JudgedVk, community: VkApi, receiver: Receiver) -> None:
    registered(vk, community, receiver)
    receiver.refuse = 3
    city = vk.world.communities[GROUP]
    doings.add_comment(vk.stage, city, city.posts[1], PERSON, "Яма")
    assert vk.deliveries.flush(5)
    events = [each for each in receiver.got if each["type"] == "wall_reply_new"]
    assert len(events) == 4
    assert len({each["event_id"] for each in events}) == 1
