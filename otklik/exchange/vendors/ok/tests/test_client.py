"""Every method of the client against the stand-in, which checks keys and signatures itself."""

from __future__ import annotations

import hashlib
import io
import logging
import time
from collections.abc import Iterator

import httpx
import pytest
from PIL import Image

from otklik.exchange.standins.ok import doings, state
from otklik.exchange.standins.ok.application import OkStandIn
from otklik.exchange.standins.serving import served
from otklik.exchange.vendors.http import HttpSettings, OutcomeUnknown
from otklik.exchange.vendors.ok import topics
from otklik.exchange.vendors.ok.bot import OkBot
from otklik.exchange.vendors.ok.client import NewFile, OkApi, OkKeys, signature
from otklik.exchange.vendors.ok.errors import (
    DeadToken,
    NeedsPerson,
    NotThere,
    OkError,
    OurMistake,
    RetryLater,
    RightMissing,
    error_of,
)

KEYS = OkKeys(state.APPLICATION_KEY, state.APPLICATION_SECRET, state.ACCESS_TOKEN)
PERSON = "560000000002"


@pytest.fixture
def ok() -> Iterator[OkStandIn]:
    with served(OkStandIn()) as app:
        yield app


@pytest.fixture
def api(ok: OkStandIn) -> Iterator[OkApi]:
    with OkApi(KEYS, HttpSettings(ok.url), sleep=lambda _: None) as made:
        yield made


@pytest.fixture
def bot(ok: OkStandIn) -> Iterator[OkBot]:
    with OkBot(state.BOT_TOKEN, HttpSettings(ok.url)) as made:
        yield made


@pytest.fixture
def picture() -> NewFile:
    kept = io.BytesIO()
    Image.new("RGB", (40, 30), (10, 90, 60)).save(kept, "PNG")
    return NewFile("двор.png", kept.getvalue(), "image/png")


def first_topic(ok: OkStandIn) -> state.Topic:
    return next(iter(ok.world.topics.values()))


def test_the_signature_is_that_of_the_documentation() -> None:
    values = {"method": "users.getInfo", "application_key": "A", "uids": "1", "access_token": "t"}
    secret = hashlib.md5(b"tS").hexdigest()
    text = f"application_key=Amethod=users.getInfouids=1{secret}"
    assert signature(values, OkKeys("A", "S", "t").secret) == hashlib.md5(text.encode()).hexdigest()
    assert OkKeys("A", "S", "t", session_secret="given").secret == "given"


def test_a_wrong_secret_is_refused(ok: OkStandIn) -> None:
    wrong = OkKeys(state.APPLICATION_KEY, "other", state.ACCESS_TOKEN)
    with OkApi(wrong, HttpSettings(ok.url)) as api, pytest.raises(DeadToken):
        topics.group(api, state.GROUP_ID)


def test_topics_and_their_counters(ok: OkStandIn, api: OkApi) -> None:
    page = topics.recent(api, state.GROUP_ID, count=1)
    assert page.has_more
    rest = topics.recent(api, state.GROUP_ID, anchor=page.anchor)
    ids = [each["id"] for each in (*page.items, *rest.items)]
    assert ids == list(reversed(ok.world.topics))
    told = topics.by_ids(api, ids)
    assert topics.text_of(told[0]) == "Ярмарка в субботу."
    assert topics.counters(told[0]) == {"likes": 0, "reposts": 0, "comments": 0}
    assert topics.by_ids(api, []) == []
    assert topics.reach(api, ids[0])["reach"] > 0


def test_comments_come_in_pages_with_the_removed(ok: OkStandIn, api: OkApi) -> None:
    topic = first_topic(ok)
    made = [doings.add_comment(ok.stage, topic, PERSON, f"Слово {n}") for n in range(5)]
    made[1].removed = True
    page = topics.comments(api, topic.id, count=3)
    rest = topics.comments(api, topic.id, anchor=page.anchor, count=3)
    assert (page.has_more, rest.has_more) == (True, False)
    assert [each["id"] for each in (*page.items, *rest.items)] == [each.id for each in made]
    assert page.items[1]["text"] == ""
    assert topics.people(api, [PERSON])[0]["last_name"] == "Самойлов"
    assert topics.people(api, []) == []


def test_an_official_comment(ok: OkStandIn, api: OkApi) -> None:
    topic = first_topic(ok)
    asked = doings.add_comment(ok.stage, topic, PERSON, "Когда?")
    number = topics.comment(api, topic.id, "Завтра", reply_to=asked.id)
    assert topic.comments[number].by_group
    ok.world.comments_may_be_written = False
    with pytest.raises(OurMistake):
        topics.comment(api, topic.id, "Завтра")


def test_posts_with_photos(ok: OkStandIn, api: OkApi, picture: NewFile) -> None:
    tokens = topics.upload_photos(api, state.GROUP_ID, [picture, picture])
    number = topics.post(api, state.GROUP_ID, "Новость", photos=tokens)
    made = ok.world.topics[number]
    assert [each.content for each in made.photos] == [picture.content] * 2
    topics.delete(api, state.GROUP_ID, number)
    assert topics.by_ids(api, [number]) == []
    soon = int(time.time() * 1000) + 3_600_000
    later = topics.post(api, state.GROUP_ID, "Завтра", publish_at_ms=soon)
    assert later not in [each["id"] for each in topics.recent(api, state.GROUP_ID).items]
    with pytest.raises(OkError):
        topics.upload_photos(api, state.GROUP_ID, [NewFile("акт.pdf", b"%PDF")])
    assert topics.upload_photos(api, state.GROUP_ID, []) == []


def test_the_bot_reads_and_answers(ok: OkStandIn, bot: OkBot, picture: NewFile) -> None:
    assert bot.me()["group_id"] == f"group:{state.GROUP_ID}"
    photo = doings.new_photo(ok.stage, picture.content)
    doings.add_message(ok.stage, PERSON, "Нет света", [photo])
    chats, marker = bot.chats()
    assert marker == ""
    chat = str(chats[0]["chat_id"])
    number = bot.send(chat, "Включат к вечеру")
    told = bot.messages(chat)
    assert [each["message"]["text"] for each in told] == ["Включат к вечеру", "Нет света"]
    assert told[0]["message"]["mid"] == number
    url = told[1]["message"]["attachments"][0]["payload"]["url"]
    assert bot.download(url, largest=10**6) == (picture.content, "image/png")
    assert bot.messages(chat, newest_ms=told[1]["timestamp"], oldest_ms=0, count=1)
    with pytest.raises(NotThere):
        bot.send("chat:C404", "Кто здесь?")


def test_webhooks_come_until_taken(ok: OkStandIn, bot: OkBot) -> None:
    url = f"{ok.url}/nowhere"
    bot.subscribe(url)
    assert bot.subscriptions() == [url]
    ok.deliveries.again_after = 0.01
    ok.deliveries.most_tries = 3
    doings.add_message(ok.stage, PERSON, "Нет света")
    assert ok.deliveries.flush(5)
    assert [each.status for each in ok.deliveries.told] == [404, 404, 404]
    event = ok.deliveries.told[0].body
    assert (event["webhookType"], event["message"]["text"]) == ("MESSAGE_CREATED", "Нет света")
    bot.unsubscribe(url)
    assert bot.subscriptions() == []


@pytest.mark.parametrize(
    ("trouble", "error"),
    [
        ("rate", RetryLater),
        ("limit", RetryLater),
        ("captcha", NeedsPerson),
        ("revoked", DeadToken),
        ("expired", DeadToken),
        ("right", RightMissing),
    ],
)
def test_refusals_are_told_apart(
    ok: OkStandIn, api: OkApi, bot: OkBot, trouble: str, error: type[OkError]
) -> None:
    for ask in (lambda: topics.post(api, state.GROUP_ID, "Новость"), bot.me):
        ok.failures.order(trouble)
        with pytest.raises(error):
            ask()
    assert len(ok.world.topics) == 2


def test_a_short_trouble_is_waited_out(ok: OkStandIn, api: OkApi) -> None:
    ok.failures.order("broken", times=2)
    assert topics.group(api, state.GROUP_ID)["name"] == ok.world.group_name
    ok.world.rights.clear()
    with pytest.raises(RightMissing):
        topics.by_ids(api, ["1"])


@pytest.mark.parametrize("trouble", ["lost_reply", "cut"])
def test_an_unknown_outcome_is_no_refusal(ok: OkStandIn, bot: OkBot, trouble: str) -> None:
    doings.add_message(ok.stage, PERSON, "Нет света")
    chat = next(iter(ok.world.chats.values()))
    ok.failures.order(trouble, call="graph.send")
    with pytest.raises(OutcomeUnknown):
        bot.send(chat.id, "Включат")
    assert chat.messages[-1].text == "Включат"


def test_keys_are_told_nowhere(
    ok: OkStandIn, api: OkApi, bot: OkBot, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    told = {"error_code": 102, "error_msg": f"bad {state.ACCESS_TOKEN} {state.APPLICATION_SECRET}"}
    texts = [str(error_of(told, "users.getInfo", KEYS.all())), repr(api), repr(bot), repr(KEYS)]
    for trouble in ("revoked", "cut", "lost_reply"):
        ok.failures.order(trouble)
        with pytest.raises(Exception) as caught:  # noqa: PT011
            bot.me()
        texts.append(str(caught.value))
    topics.group(api, state.GROUP_ID)
    everything = "\n".join([*texts, caplog.text])
    for secret in (*KEYS.all(), state.BOT_TOKEN):
        assert not secret or secret not in everything


def test_a_citizen_writes_on_the_page(ok: OkStandIn, picture: NewFile) -> None:
    topic = first_topic(ok)
    with httpx.Client(base_url=ok.url, follow_redirects=True, timeout=5) as citizen:
        place = {"as": PERSON, "topic": topic.id}
        page = citizen.post(
            "/citizen/comment",
            data={**place, "text": "Во дворе <b>темно</b>"},
            files={"photos": (picture.name, picture.content, picture.content_type)},
        )
        assert "Во дворе &lt;b&gt;темно&lt;/b&gt;" in page.text
        made = next(iter(topic.comments.values()))
        assert citizen.get(f"/photos/{made.photos[0].id}").content == picture.content
        citizen.post("/citizen/comment/edit", data={**place, "comment": made.id, "text": "Темно"})
        assert made.text == "Темно"
        citizen.post("/citizen/official", data={**place, "reply_to": made.id, "text": "Починим"})
        assert [each.by_group for each in topic.comments.values()] == [False, True]
        citizen.post("/citizen/comment/delete", data={**place, "comment": made.id})
        assert "Комментарий удалён." in citizen.get("/").text
        citizen.post("/citizen/like", data=place)
        citizen.post("/citizen/message", data={"as": PERSON, "text": "Здравствуйте"})
        citizen.post("/citizen/topic", data={"as": PERSON, "text": "Новая тема"})
        assert "Новая тема" in citizen.get("/", params={"as": PERSON}).text
        for address in (f"/group/1/topic/{topic.id}", "/group/1/messages", f"/profile/{PERSON}"):
            assert topic.text in citizen.get(address).text
        refused = citizen.post("/citizen/comment", data={**place, "reply_to": "нет", "text": "х"})
        assert "Отказ 700" in refused.text
    assert topic.likes == 1
