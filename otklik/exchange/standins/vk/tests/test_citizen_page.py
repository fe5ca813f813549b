"""The page on which one writes to the stand-in of VK as a citizen."""

from __future__ import annotations

import io
from collections.abc import Iterator

import httpx
import pytest
from PIL import Image

from otklik.exchange.standins.registry import make, names
from otklik.exchange.standins.serving import served
from otklik.exchange.standins.vk import world
from otklik.exchange.standins.vk.application import VkStandIn

PERSON = str(world.ADMIN_ID + 1)


@pytest.fixture
def vk() -> Iterator[VkStandIn]:
    app = make("vk")
    assert isinstance(app, VkStandIn)
    with served(app):
        yield app


@pytest.fixture
def citizen(vk: VkStandIn) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=vk.url, follow_redirects=True, timeout=5) as client:
        yield client


def picture() -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (400, 300), (200, 20, 20)).save(kept, "JPEG")
    return kept.getvalue()


def test_it_is_found_by_name() -> None:
    assert {"vk", "ok"} <= set(names())


def test_a_comment_with_a_photo_is_written_changed_and_removed(
    vk: VkStandIn, citizen: httpx.Client
) -> None:
    place = {"as": PERSON, "post": "1"}
    page = citizen.post(
        "/citizen/comment",
        data={**place, "text": "Яма <b>у дома</b>"},
        files={"photos": ("яма.jpg", picture(), "image/jpeg")},
    )
    assert "Яма &lt;b&gt;у дома&lt;/b&gt;" in page.text
    comments = vk.world.communities[world.COMMUNITY_ID].posts[1].comments
    made = next(iter(comments.values()))
    photo = made.photos[0]
    whole = citizen.get(f"/photos/{photo.owner_id}_{photo.id}_w.jpg")
    small = citizen.get(f"/photos/{photo.owner_id}_{photo.id}_m.jpg")
    assert whole.content == picture()
    assert 0 < len(small.content) < len(whole.content)
    told = {**place, "comment": str(made.id)}
    citizen.post("/citizen/comment/edit", data={**told, "text": "Яма у дома 5"})
    assert made.text == "Яма у дома 5"
    citizen.post("/citizen/comment", data={**place, "reply_to": str(made.id), "text": "И у нас"})
    citizen.post("/citizen/comment/delete", data=told)
    assert "Комментарий удалён." in citizen.get("/").text
    citizen.post("/citizen/comment/restore", data=told)
    assert not made.deleted
    citizen.post("/citizen/like", data=place)
    assert vk.world.communities[world.COMMUNITY_ID].posts[1].likes == 18


def test_a_dialogue_a_discussion_and_a_post(vk: VkStandIn, citizen: httpx.Client) -> None:
    city = vk.world.communities[world.COMMUNITY_ID]
    citizen.post("/citizen/message", data={"as": PERSON, "text": "Нет воды"})
    kept = city.conversations[int(PERSON)]
    citizen.post(
        "/citizen/message/edit",
        data={"as": PERSON, "message": str(kept[0].id), "text": "Нет горячей воды"},
    )
    topic = next(iter(city.topics.values()))
    citizen.post("/citizen/topic", data={"as": PERSON, "topic": str(topic.id), "text": "Вопрос"})
    citizen.post("/citizen/post", data={"as": PERSON, "text": "Запись сообщества"})
    page = citizen.get("/", params={"as": PERSON}).text
    for text in ("Нет горячей воды", "Вопрос", "Запись сообщества"):
        assert text in page


def test_a_refused_deed_is_told(vk: VkStandIn, citizen: httpx.Client) -> None:
    vk.world.communities[world.COMMUNITY_ID].posts[1].closed = True
    page = citizen.post("/citizen/comment", data={"as": PERSON, "post": "1", "text": "Яма"})
    assert "Отказ 213" in page.text
    refused = citizen.post(
        "/citizen/message",
        data={"as": PERSON, "text": "Фото"},
        files={"photos": ("акт.pdf", b"%PDF-1.7", "application/pdf")},
    )
    assert "Отказ 129" in refused.text
    assert citizen.get("/", params={"as": "1"}).status_code == 400


def test_failures_are_ordered_from_the_page(vk: VkStandIn, citizen: httpx.Client) -> None:
    citizen.post("/standin/fail", data={"trouble": "captcha", "call": "wall.get"})
    values = {"v": "5.199", "owner_id": f"-{world.COMMUNITY_ID}"}
    head = {"Authorization": f"Bearer {world.SERVICE_KEY}"}
    first = citizen.post("/method/wall.get", data=values, headers=head).json()
    second = citizen.post("/method/wall.get", data=values, headers=head).json()
    assert first["error"]["error_code"] == 14
    assert second["response"]["count"] == 2
    assert citizen.post("/method/wall.get", data=values).json()["error"]["error_code"] == 5
    unknown = citizen.post("/method/wall.sing", data=values, headers=head).json()
    assert unknown["error"]["error_code"] == 3


def test_addresses_of_the_site_lead_to_the_page(citizen: httpx.Client) -> None:
    owner = f"-{world.COMMUNITY_ID}"
    for address, place in (
        (f"/wall{owner}_1?reply=5", f"/#wall{owner}_1_r5"),
        (f"/wall{owner}_1", f"/#wall{owner}_1"),
        (f"/id{PERSON}", f"/?as={PERSON}"),
        (f"/gim1?sel={PERSON}", f"/?as={PERSON}#dialogue"),
    ):
        told = citizen.get(address, follow_redirects=False)
        assert told.headers["Location"].endswith(place)
        assert citizen.get(address).status_code == 200
    assert citizen.get("/nothing").status_code == 404
