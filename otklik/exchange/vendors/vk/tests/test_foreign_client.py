"""Another's client, vk_api, drives the stand-in: only its host is changed."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
import requests
import vk_api
from vk_api.bot_longpoll import VkBotEventType, VkBotLongPoll
from vk_api.upload import VkUpload

from otklik.exchange.standins.vk import doings, news, world
from otklik.exchange.vendors.vk.client import NewFile
from otklik.exchange.vendors.vk.tests.conftest import GROUP, OWNER, JudgedVk

PERSON = world.ADMIN_ID + 3


class _Elsewhere(requests.adapters.HTTPAdapter):
    """Sends what is meant for api.vk.ru to the stand-in."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url

    def send(self, request: requests.PreparedRequest, *args: Any, **more: Any) -> Any:
        request.url = str(request.url).replace("https://api.vk.ru", self.url)
        return super().send(request, *args, **more)


@pytest.fixture
def foreign(vk: JudgedVk) -> Iterator[Any]:
    opened = []

    def opening(token: str) -> Any:
        session = requests.Session()
        session.trust_env = False
        session.mount("https://api.vk.ru", _Elsewhere(vk.url))
        opened.append(session)
        return vk_api.VkApi(token=token, session=session, api_version="5.199")

    yield opening
    for each in opened:
        each.close()


def test_wall_messages_and_photos(vk: JudgedVk, foreign: Any, picture: NewFile) -> None:
    user = foreign(world.USER_KEY)
    photo = VkUpload(user).photo_wall(io.BytesIO(picture.content), group_id=GROUP)[0]
    attachment = f"photo{photo['owner_id']}_{photo['id']}"
    api = user.get_api()
    made = api.wall.post(owner_id=OWNER, from_group=1, message="Новость", attachments=attachment)
    shown = api.wall.getById(posts=f"{OWNER}_{made['post_id']}")["items"][0]
    assert shown["attachments"][0]["photo"]["id"] == photo["id"]
    told = api.wall.createComment(owner_id=OWNER, post_id=made["post_id"], message="Да")
    comments = api.wall.getComments(owner_id=OWNER, post_id=made["post_id"])
    assert comments["items"][0]["id"] == told["comment_id"]
    city = vk.world.communities[GROUP]
    doings.add_message(vk.stage, city, PERSON, "Здравствуйте")
    bot = foreign(world.COMMUNITY_KEY)
    sent = VkUpload(bot).photo_messages(io.BytesIO(picture.content), peer_id=PERSON)[0]
    bot.get_api().messages.send(
        peer_id=PERSON,
        random_id=11,
        message="Добрый день",
        attachment=f"photo{sent['owner_id']}_{sent['id']}",
    )
    assert city.conversations[PERSON][-1].text == "Добрый день"


def test_long_poll(vk: JudgedVk, foreign: Any) -> None:
    bot = foreign(world.COMMUNITY_KEY)
    bot.method(
        "groups.setLongPollSettings",
        {"group_id": GROUP, "enabled": 1, **dict.fromkeys(news.EVENTS, 1)},
    )
    poll = VkBotLongPoll(bot, GROUP, wait=1)
    city = vk.world.communities[GROUP]
    doings.add_message(vk.stage, city, PERSON, "Здравствуйте")
    doings.add_comment(vk.stage, city, city.posts[1], PERSON, "Яма")
    events = poll.check()
    assert [each.type for each in events] == [
        VkBotEventType.MESSAGE_NEW,
        VkBotEventType.WALL_REPLY_NEW,
    ]
    assert events[0].message["text"] == "Здравствуйте"
    vk.failures.order("failed:2", call="a_check")
    assert poll.check() == []
    doings.add_comment(vk.stage, city, city.posts[1], PERSON, "Ещё яма")
    assert [each.object["text"] for each in poll.check()] == ["Ещё яма"]
    poll.session.close()


def test_errors_reach_it(vk: JudgedVk, foreign: Any) -> None:
    service = foreign(world.SERVICE_KEY)
    with pytest.raises(vk_api.ApiError) as caught:
        service.method("wall.createComment", {"owner_id": OWNER, "post_id": 1, "message": "х"})
    assert caught.value.code == 28
    vk.failures.order("captcha")
    with pytest.raises(vk_api.Captcha) as asked:
        service.method("wall.get", {"owner_id": OWNER})
    assert asked.value.get_url().startswith(vk.url)
    assert json.dumps(str(caught.value))
