"""Every method of the client against the stand-in, both judged by VK's schema."""

from __future__ import annotations

import logging
import time
from typing import Any

import httpx
import pytest

from otklik.exchange.standins.vk import doings, world
from otklik.exchange.standins.vk.keys import OPENS
from otklik.exchange.standins.vk.methods.table import METHODS
from otklik.exchange.vendors.http import OutcomeUnknown, Unreachable
from otklik.exchange.vendors.vk import groups, longpoll, messages, photos, stats, wall
from otklik.exchange.vendors.vk.client import NewFile, VkApi
from otklik.exchange.vendors.vk.errors import (
    CommentsClosed,
    DeadToken,
    LinksForbidden,
    MessagesForbidden,
    NeedsPerson,
    OurMistake,
    RetryLater,
    RightMissing,
    VkError,
    error_of,
)
from otklik.exchange.vendors.vk.tests.conftest import GROUP, OWNER, JudgedVk, Keys
from otklik.exchange.vendors.vk.tests.schema.judge import faults_of_request, keys_of

PERSON = world.ADMIN_ID + 1


def written(vk: JudgedVk, text: str, **more: Any) -> int:
    """A citizen's comment under the first post."""
    city = vk.world.communities[GROUP]
    return doings.add_comment(vk.stage, city, city.posts[1], PERSON, text, **more).id


def test_the_schema_refuses_what_vk_refuses() -> None:
    right = {"owner_id": "-1", "post_id": "2", "message": "Да", "guid": "a"}
    assert faults_of_request("wall.createComment", right) == []
    assert faults_of_request("wall.createComment", {"owner_id": "-1"}) == ["post_id: missing"]
    assert faults_of_request("wall.createComment", {**right, "post": "2"})
    assert faults_of_request("wall.createComment", {**right, "post_id": "второй"})


def test_keys_open_what_the_schema_says() -> None:
    """But for wall.post, which in life takes a community's key for text."""
    for method, kinds in OPENS.items():
        beyond = {"group"} if method == "wall.post" else set()
        assert {each.value for each in kinds} == keys_of(method) | beyond, method
    assert OPENS.keys() == METHODS.keys()


def test_walls_are_read_with_threads(vk: JudgedVk, service: VkApi) -> None:
    first = written(vk, "Яма у дома 5")
    for number in range(12):
        written(vk, f"И у нас, {number}", reply_to=first)
    page = wall.comments(service, OWNER, 1)
    root = page.items[0]
    assert (root["text"], root["thread"]["count"]) == ("Яма у дома 5", 12)
    assert len(root["thread"]["items"]) == 10
    whole = wall.comments(service, OWNER, 1, thread=first).items
    assert [each["text"] for each in whole][-1] == "И у нас, 11"
    assert whole[0]["parents_stack"] == [first]
    assert page.profiles[0]["first_name"] == "Игорь"
    assert wall.posts_by_id(service, [f"{OWNER}_1"])[0]["comments"]["count"] == 13
    assert [each["id"] for each in wall.posts(service, OWNER).items] == [2, 1]


def test_a_deleted_comment_with_answers_stays_as_a_stub(vk: JudgedVk, service: VkApi) -> None:
    first = written(vk, "Удалю")
    written(vk, "Ответ", reply_to=first)
    city = vk.world.communities[GROUP]
    doings.delete_comment(vk.stage, city, city.posts[1], city.posts[1].comments[first], PERSON)
    stub = wall.comments(service, OWNER, 1).items[0]
    assert (stub["deleted"], stub["text"]) == (True, "")


def test_a_repeat_with_one_key_is_one_comment(vk: JudgedVk, community: VkApi) -> None:
    asked = written(vk, "Когда починят?")
    made = {wall.comment(community, OWNER, 1, "Завтра", key="k", reply_to=asked) for _ in range(3)}
    assert len(made) == 1
    thread = vk.world.communities[GROUP].posts[1].comments
    assert [each.text for each in thread.values()] == ["Когда починят?", "Завтра"]
    assert thread[made.pop()].from_id == OWNER


def test_posts_are_made_changed_and_removed(
    vk: JudgedVk, community: VkApi, user: VkApi, picture: NewFile
) -> None:
    text_only = wall.post(community, OWNER, "Новость", key="1")
    assert wall.post(community, OWNER, "Новость", key="1") == text_only
    photo = photos.for_wall(user, GROUP, picture)
    number = wall.post(user, OWNER, "С фото", key="2", attachments=[photo], close_comments=True)
    wall.edit_post(user, OWNER, number, "С фотографией", attachments=[photo])
    shown = wall.posts_by_id(user, [f"{OWNER}_{number}"])[0]
    assert shown["text"] == "С фотографией"
    kept = httpx.get(photos.largest(shown["attachments"][0]["photo"]), timeout=5)
    assert kept.content == picture.content
    with pytest.raises(CommentsClosed):
        wall.comment(community, OWNER, number, "Ответ", key="3")
    wall.delete_post(user, OWNER, number)
    assert wall.posts_by_id(user, [f"{OWNER}_{number}"]) == []
    later = wall.post(user, OWNER, "Завтра", key="4", publish_at=int(time.time()) + 3600)
    assert later not in [each["id"] for each in wall.posts(user, OWNER).items]


def test_comments_are_changed_and_removed(vk: JudgedVk, user: VkApi) -> None:
    number = wall.comment(user, OWNER, 1, "Ответ", key="k")
    wall.edit_comment(user, OWNER, number, "Ответ, исправлено")
    assert vk.world.communities[GROUP].posts[1].comments[number].text == "Ответ, исправлено"
    wall.delete_comment(user, OWNER, number)
    assert wall.comments(user, OWNER, 1).items == []


def test_dialogues(vk: JudgedVk, community: VkApi, picture: NewFile) -> None:
    with pytest.raises(MessagesForbidden):
        messages.send(community, PERSON, "Здравствуйте", random_id=7)
    city = vk.world.communities[GROUP]
    asked = doings.add_message(vk.stage, city, PERSON, "Нет воды").id
    photo = photos.for_message(community, PERSON, picture)
    sent = {
        messages.send(
            community, PERSON, "Дадут к 18:00", random_id=7, attachment=photo, reply_to=asked
        )
        for _ in range(2)
    }
    assert len(sent) == 1
    messages.mark_read(community, PERSON, GROUP)
    page = messages.history(community, PERSON, GROUP)
    assert [each["text"] for each in page.items] == ["Дадут к 18:00", "Нет воды"]
    assert (page.items[0]["random_id"], page.items[0]["out"]) == (7, 1)
    talks = messages.conversations(community, GROUP)
    assert talks[0]["last_message"]["id"] == sent.pop()


def test_discussions(vk: JudgedVk, service: VkApi, user: VkApi) -> None:
    topic = wall.board_topics(service, GROUP).items[0]["id"]
    number = wall.board_comment(user, GROUP, topic, "Отвечаем", key="k")
    assert wall.board_comment(user, GROUP, topic, "Отвечаем", key="k") == number
    page = wall.board_comments(service, GROUP, topic)
    assert [each["id"] for each in page.items] == [number]


def test_figures_grow(vk: JudgedVk, service: VkApi, user: VkApi) -> None:
    before = wall.posts_by_id(service, [f"{OWNER}_1"])[0]["views"]["count"]
    written(vk, "Спасибо")
    after = wall.posts_by_id(service, [f"{OWNER}_1"])[0]["views"]["count"]
    assert after > before
    assert stats.reach(user, OWNER, [1])[0]["reach_total"] >= after
    now = int(time.time())
    day = stats.community(user, GROUP, since=now - 86_400, until=now)[0]
    assert day["activity"]["comments"] == 1


def test_who_is_who(vk: JudgedVk, community: VkApi) -> None:
    assert groups.community(community)["id"] == GROUP
    assert "messages" in groups.permissions(community)
    assert groups.users(community, [PERSON])[0]["last_name"] == "Ветров"
    assert groups.users(community, []) == []


def test_long_poll_and_its_three_failures(vk: JudgedVk, community: VkApi) -> None:
    with pytest.raises(OurMistake):
        groups.long_poll_server(community, GROUP)
    groups.set_long_poll_events(community, GROUP, ["wall_reply_new", "wall_reply_delete"])
    server = groups.long_poll_server(community, GROUP)
    assert longpoll.step(community, GROUP, server, wait=0).events == ()
    written(vk, "Первый")
    step = longpoll.step(community, GROUP, server, wait=5)
    assert [each["object"]["text"] for each in step.events] == ["Первый"]
    written(vk, "Второй")
    vk.failures.order("failed:2", call="a_check")
    renewed = longpoll.step(community, GROUP, step.server, wait=0)
    assert (renewed.events, renewed.server.ts, renewed.lost) == ((), step.server.ts, False)
    again = longpoll.step(community, GROUP, renewed.server, wait=0)
    assert [each["object"]["text"] for each in again.events] == ["Второй"]
    for trouble in ("failed:1", "failed:3"):
        vk.failures.order(trouble, call="a_check")
        assert longpoll.step(community, GROUP, again.server, wait=0).lost


@pytest.mark.parametrize(
    ("trouble", "error", "code"),
    [
        ("captcha", NeedsPerson, 14),
        ("validation", NeedsPerson, 17),
        ("revoked", DeadToken, 5),
        ("flood", RetryLater, 9),
        ("limit", RetryLater, 29),
        ("right", RightMissing, 15),
    ],
)
def test_refusals_are_told_apart(
    vk: JudgedVk, community: VkApi, trouble: str, error: type[VkError], code: int
) -> None:
    vk.failures.order(trouble)
    with pytest.raises(error) as caught:
        wall.comment(community, OWNER, 1, "Ответ", key="k")
    assert caught.value.code == code
    assert vk.world.communities[GROUP].posts[1].comments == {}


def test_pauses_grow_and_end(vk: JudgedVk, keys: Keys, community: VkApi) -> None:
    vk.failures.order("rate", times=2)
    assert wall.comment(community, OWNER, 1, "Ответ", key="k")
    assert keys.slept == sorted(keys.slept)
    assert len(keys.slept) == 2
    vk.failures.order("broken", times=20)
    with pytest.raises(RetryLater) as caught:
        wall.comment(community, OWNER, 1, "Ещё", key="n")
    assert caught.value.pause > 0


def test_the_captcha_leads_to_its_picture(vk: JudgedVk, community: VkApi) -> None:
    vk.failures.order("captcha")
    with pytest.raises(NeedsPerson) as caught:
        groups.permissions(community)
    assert caught.value.captcha_image.startswith(vk.url)


def test_links_may_be_forbidden(vk: JudgedVk, community: VkApi) -> None:
    vk.world.communities[GROUP].links_forbidden = True
    with pytest.raises(LinksForbidden):
        wall.comment(community, OWNER, 1, "Подробнее: https://example.org", key="k")


@pytest.mark.parametrize("trouble", ["lost_reply", "cut"])
def test_an_unknown_outcome_is_no_refusal(vk: JudgedVk, community: VkApi, trouble: str) -> None:
    vk.failures.order(trouble, call="wall.createComment")
    with pytest.raises(OutcomeUnknown):
        wall.comment(community, OWNER, 1, "Ответ", key="k")
    assert len(vk.world.communities[GROUP].posts[1].comments) == 1
    wall.comment(community, OWNER, 1, "Ответ", key="k")
    assert len(vk.world.communities[GROUP].posts[1].comments) == 1


def test_a_time_out_is_an_unknown_outcome(vk: JudgedVk, keys: Keys) -> None:
    hasty = keys.open(world.COMMUNITY_KEY, read_timeout=0.2)
    vk.failures.order("slow", seconds=0.6)
    with pytest.raises(OutcomeUnknown):
        wall.comment(hasty, OWNER, 1, "Ответ", key="k")


def test_nobody_there_is_certain(keys: Keys) -> None:
    api = VkApi(world.COMMUNITY_KEY, keys.open("x")._settings.__class__("http://127.0.0.1:9"))
    with pytest.raises(Unreachable), api:
        groups.permissions(api)


def test_no_key_of_the_wrong_kind(
    keys: Keys, community: VkApi, service: VkApi, picture: NewFile
) -> None:
    for api, ask, code in (
        (community, lambda api: wall.comments(api, OWNER, 1), 27),
        (community, lambda api: photos.for_wall(api, GROUP, picture), 27),
        (service, lambda api: wall.comment(api, OWNER, 1, "х", key="k"), 28),
        (keys.open(world.VK_ID_KEY), lambda api: wall.post(api, OWNER, "х", key="k"), 1051),
    ):
        with pytest.raises(RightMissing) as caught:
            ask(api)
        assert caught.value.code == code


def test_a_key_without_a_right(vk: JudgedVk, community: VkApi) -> None:
    vk.world.keys[world.COMMUNITY_KEY].rights = frozenset({"wall"})
    assert groups.permissions(community) == {"wall"}
    with pytest.raises(RightMissing):
        messages.conversations(community, GROUP)


def test_a_file_that_is_no_picture(user: VkApi) -> None:
    with pytest.raises(VkError) as caught:
        photos.for_wall(user, GROUP, NewFile("акт.pdf", b"%PDF-1.7", "application/pdf"))
    assert caught.value.code in (100, 129)


def test_unknown_codes_survive() -> None:
    error = error_of({"error_code": 98765, "error_msg": "Something new"}, "wall.post", "t")
    assert type(error) is VkError
    assert error.code == 98765
    assert error_of({}, "wall.post", "t").code == 0


def test_the_key_is_told_nowhere(
    vk: JudgedVk, community: VkApi, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    told = {"error_code": 5, "error_msg": f"bad token {world.COMMUNITY_KEY}"}
    texts = [str(error_of(told, "wall.post", world.COMMUNITY_KEY)), repr(community)]
    for trouble in ("revoked", "cut", "lost_reply"):
        vk.failures.order(trouble)
        with pytest.raises(Exception) as caught:  # noqa: PT011
            groups.permissions(community)
        texts += [str(caught.value), repr(caught.value), str(vars(caught.value))]
    wall.comment(community, OWNER, 1, "Ответ", key="k")
    assert world.COMMUNITY_KEY not in "\n".join([*texts, caplog.text])
