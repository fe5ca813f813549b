"""The connector against the stand-in: reading, answering, publishing, rights."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from otklik.base import clock
from otklik.exchange.channels.connectors.base import (
    ConnectorError,
    NewFile,
    Post,
    WebhookRefused,
    WebhookRequest,
)
from otklik.exchange.channels.connectors.vk import places
from otklik.exchange.channels.connectors.vk.session import POSTS
from otklik.exchange.channels.connectors.vk.tests.conftest import (
    GROUP,
    KEYS,
    PERSON,
    Account,
    parcel,
)
from otklik.exchange.channels.vocabulary import Ability, SendResult
from otklik.exchange.standins.vk import doings, world
from otklik.exchange.standins.vk.state import Comment


def wrote(account: Account, text: str, **more: Any) -> Comment:
    city = account.city
    return doings.add_comment(account.vk.stage, city, city.posts[1], PERSON, text, **more)


def under(comment: Comment) -> dict[str, Any]:
    target = {"post": "1", "comment": str(comment.id)}
    return {"target": target, "recipient": f"https://vk.com/id{PERSON}"}


def ours(account: Account) -> list[Comment]:
    return [each for each in account.city.posts[1].comments.values() if each.from_id < 0]


def test_the_first_visit_leaves_the_past_alone(account: Account) -> None:
    old = wrote(account, "Прошлогоднее")
    old.date -= 90 * 86_400
    wrote(account, "Сегодняшнее")
    assert [each.text for each in account.visit()] == ["Сегодняшнее"]


def test_events_are_taken_by_long_poll(account: Account, picture: NewFile) -> None:
    assert account.visit() == []
    photo = doings.new_photo(account.vk.stage, PERSON, picture.content)
    asked = wrote(account, "Яма", photos=[photo])
    doings.edit_comment(account.vk.stage, account.city, account.city.posts[1], asked, "Яма, 5")
    doings.add_message(account.vk.stage, account.city, PERSON, "Здравствуйте")
    first, edited, direct = account.visit()
    assert (first.text, edited.text, first.external_id) == ("Яма", "Яма, 5", edited.external_id)
    assert first.sender_name == "Игорь Ветров"
    assert first.files[0].content == picture.content
    assert first.post is not None
    assert first.post.text.startswith("На улице Садовой")
    assert direct.external_id == "dm502_1"
    assert account.visit() == []


@pytest.mark.parametrize("trouble", ["failed:1", "failed:2", "failed:3"])
def test_what_long_poll_forgot_is_read_in_the_history(account: Account, trouble: str) -> None:
    account.visit()
    wrote(account, "Яма")
    account.vk.failures.order(trouble, call="a_check")
    taken = account.visit() + account.visit()
    assert "Яма" in [each.text for each in taken]
    assert len({each.external_id for each in taken}) == 1


def test_history_holds_threads_discussions_and_dialogues(account: Account) -> None:
    card = account.with_keys(*KEYS, by_webhook=True, history_days=1)
    account.card = card
    first = wrote(account, "Яма")
    for number in range(12):
        wrote(account, f"И у нас, {number}", reply_to=first.id)
    stage, city = account.vk.stage, account.city
    doings.add_topic_comment(stage, city, next(iter(city.topics.values())), PERSON, "Вопрос")
    doings.add_message(stage, city, PERSON, "Личное")
    doings.add_post(stage, city, PERSON, "Фонари не горят")
    taken = account.visit()
    assert {each.text for each in taken} >= {"Яма", "И у нас, 11", "Вопрос", "Личное"}
    assert "Фонари не горят" in [each.text for each in taken]
    assert len(taken) == len({each.external_id for each in taken}) == 16
    assert account.visit() == []
    with clock.frozen(clock.now() + timedelta(minutes=16)):
        again = account.visit()
    assert {each.external_id for each in again} <= {each.external_id for each in taken}


def test_a_deleted_comment_is_marked(account: Account) -> None:
    account.visit()
    asked = wrote(account, "Яма")
    city = account.city
    doings.delete_comment(account.vk.stage, city, city.posts[1], asked, PERSON)
    *_, gone = account.visit()
    assert (gone.deleted, gone.external_id) == (True, places.comment_id(-GROUP, 1, asked.id))


def test_several_edits_end_in_the_last_text(account: Account) -> None:
    """VK dates no edits: each asks what the comment says now."""
    account.visit()
    asked = wrote(account, "Яма")
    for text in ("Яма, 5", "Яма, 5А"):
        doings.edit_comment(account.vk.stage, account.city, account.city.posts[1], asked, text)
    assert [each.text for each in account.visit()] == ["Яма", "Яма, 5А", "Яма, 5А"]


def test_edits_of_a_comment_that_is_gone_have_one_order(account: Account) -> None:
    """Nobody can ask for its text any more: every text is kept, whichever comes first."""
    account.visit()
    asked = wrote(account, "Яма")
    city, post = account.city, account.city.posts[1]
    for text in ("Яма, 5", "Яма, 5А"):
        doings.edit_comment(account.vk.stage, city, post, asked, text)
    doings.delete_comment(account.vk.stage, city, post, asked, PERSON)
    first, one, other, gone = account.visit()
    assert (one.text, other.text, gone.deleted) == ("Яма, 5", "Яма, 5А", True)
    assert first.version < min(one.version, other.version)
    assert one.version != other.version


def test_an_answer_stands_under_the_comment_once(account: Account, picture: NewFile) -> None:
    asked = wrote(account, "Яма")
    sent = parcel("Заделаем", files=[picture], **under(asked))
    first, again = (account.serving.send(account.card, sent) for _ in range(2))
    assert first.result == SendResult.SENT
    assert first.external_id == again.external_id
    (answer,) = ours(account)
    assert (answer.text, answer.reply_to_comment, len(answer.photos)) == ("Заделаем", asked.id, 1)
    assert first.url.endswith(f"?reply={answer.id}")
    account.visit()
    assert account.serving.find_sent(account.card, sent) == first.external_id


def test_an_answer_in_a_dialogue_and_in_a_discussion(account: Account, picture: NewFile) -> None:
    stage, city = account.vk.stage, account.city
    asked = doings.add_message(stage, city, PERSON, "Нет воды")
    sent = parcel(
        "Дадут к 18:00", files=[picture], target={"peer": str(PERSON), "message": str(asked.id)}
    )
    outcomes = {account.serving.send(account.card, sent).external_id for _ in range(2)}
    assert outcomes == {account.serving.find_sent(account.card, sent)}
    assert [each.text for each in city.conversations[PERSON]] == ["Нет воды", "Дадут к 18:00"]
    topic = next(iter(city.topics.values()))
    told = parcel("Отвечаем", key="answer:2", target={"topic": str(topic.id), "comment": "1"})
    assert account.serving.send(account.card, told).result == SendResult.SENT
    assert [each.text for each in topic.comments.values()] == ["Отвечаем"]


def test_a_community_may_not_write_first(account: Account) -> None:
    assert not account.serving.capabilities.can(Ability.WRITE_FIRST)
    sent = parcel("Здравствуйте", recipient=f"https://vk.com/id{PERSON}")
    outcome = account.serving.send(account.card, sent)
    assert outcome.result == SendResult.REFUSED
    assert "не разрешил" in outcome.detail
    nowhere = account.serving.send(account.card, parcel("Здравствуйте"))
    assert nowhere.result == SendResult.TO_CARRY


@pytest.mark.parametrize(
    ("trouble", "result"),
    [
        ("flood", SendResult.POSTPONED),
        ("captcha", SendResult.REFUSED),
        ("revoked", SendResult.REFUSED),
        ("right", SendResult.TO_CARRY),
        ("lost_reply", SendResult.UNKNOWN),
        ("cut", SendResult.UNKNOWN),
    ],
)
def test_never_twice_whatever_happens(account: Account, trouble: str, result: SendResult) -> None:
    sent = parcel("Заделаем", **under(wrote(account, "Яма")))
    account.vk.failures.order(trouble, call="wall.createComment")
    outcome = account.serving.send(account.card, sent)
    assert outcome.result == result
    assert outcome.detail
    if result == SendResult.UNKNOWN:
        assert account.serving.find_sent(account.card, sent)
    if result == SendResult.POSTPONED:
        assert outcome.retry_after == 60
    if result == SendResult.TO_CARRY:
        assert outcome.url.startswith("https://vk.com/wall")
    account.serving.send(account.card, sent)
    assert [each.text for each in ours(account)] == ["Заделаем"]


def test_another_answer_with_the_same_words_is_not_found(account: Account) -> None:
    asked, other = wrote(account, "Яма"), wrote(account, "Яма и у нас")
    account.serving.send(account.card, parcel("Заделаем", **under(other)))
    lost = parcel("Заделаем", key="answer:9", **under(asked))
    assert account.serving.find_sent(account.card, lost) == ""
    assert account.serving.find_sent(account.with_keys("community_key"), lost) == ""


def test_what_the_keys_cannot_do_is_said(account: Account, picture: NewFile) -> None:
    asked = wrote(account, "Яма")
    poor = account.with_keys("community_key", "service_key")
    refused = account.serving.send(poor, parcel("Смотрите", files=[picture], **under(asked)))
    assert refused.result == SendResult.REFUSED
    assert "ключом пользователя" in refused.detail
    paper = NewFile("акт.pdf", b"%PDF-1.7", "application/pdf")
    wrong = account.serving.send(account.card, parcel("Акт", files=[paper], **under(asked)))
    assert "только фотографии" in wrong.detail
    board = account.serving.send(poor, parcel("Да", target={"topic": "48000001", "comment": "1"}))
    assert board.result == SendResult.REFUSED
    nobody = account.serving.send(account.with_keys(), parcel("Да", **under(asked)))
    assert (nobody.result, ours(account)) == (SendResult.REFUSED, [])


def test_publications_and_their_figures(account: Account, picture: NewFile) -> None:
    post = Post("post:1", "Новость", [picture])
    done, again = (account.serving.publish(account.card, post) for _ in range(2))
    assert (done.result, done.external_id) == (SendResult.SENT, again.external_id)
    number = int(done.external_id.rpartition("_")[2])
    assert len(account.city.posts[number].photos) == 1
    poor = account.with_keys("community_key", "service_key")
    text_only = account.serving.publish(poor, Post("post:2", "Текст"))
    assert text_only.result == SendResult.SENT
    assert account.serving.publish(poor, post).result == SendResult.REFUSED
    later = Post("post:3", "Завтра", publish_at=clock.now() + timedelta(days=1))
    account.serving.publish(account.card, later)
    known = [done.external_id, "wall-1_404"]
    (figures,) = account.serving.stats(account.card, [done.external_id])
    assert (figures.likes, figures.comments) == (0, 0)
    assert figures.reach is not None
    (plain,) = account.serving.stats(poor, known[:1])
    assert plain.reach is None
    assert account.serving.stats(account.with_keys("community_key"), known) == []


def test_every_right_is_named_with_its_mend(account: Account) -> None:
    account.visit()
    good = account.serving.probe(account.card)
    assert good.works
    assert [each.problem for each in good.findings] == [""] * len(good.findings)
    account.vk.world.keys[world.COMMUNITY_KEY].rights = frozenset({"manage"})
    poor = account.serving.probe(account.with_keys("community_key"))
    assert poor.works
    missing = [each for each in poor.findings if each.problem]
    assert len(missing) >= 4
    assert all(each.mend for each in missing)
    account.vk.world.revoke(world.COMMUNITY_KEY)
    dead = account.serving.probe(account.card)
    assert "больше не действует" in dead.problem
    assert not account.serving.probe(account.with_keys()).works


def test_events_are_connected(account: Account) -> None:
    """VK asks the new address for the community's word; it is fetched when not written down."""
    account.card = account.with_keys(*KEYS, by_webhook=True)
    before = account.serving.probe(account.card)
    assert any("подтверждён" in each.problem for each in before.findings)
    for _ in range(2):
        found = account.serving.connect_webhook(account.card, f"{account.vk.url}/nowhere")
        assert "не подтвердил" in found.problem
    (server,) = account.city.servers.values()
    assert server.secret == KEYS["callback_secret"]
    assert "wall_reply_delete" in server.events
    asked = WebhookRequest(b'{"type":"confirmation","group_id":%d}' % GROUP)
    assert account.serving.webhook(account.card, asked).body == account.city.confirmation
    with pytest.raises(WebhookRefused):
        account.serving.webhook(account.with_keys("callback_secret"), asked)
    wrong = account.with_keys(*KEYS, confirmation="старая")
    with pytest.raises(ConnectorError, match=account.city.confirmation):
        account.serving.connect_webhook(wrong, f"{account.vk.url}/hook")
    for names in (("community_key",), ("callback_secret",)):
        with pytest.raises(ConnectorError):
            account.serving.connect_webhook(account.with_keys(*names), "https://example.org/")


def test_a_dead_key_stops_the_visit_in_words(account: Account) -> None:
    account.vk.world.revoke(world.COMMUNITY_KEY)
    with pytest.raises(ConnectorError, match="больше не действует"):
        account.visit()


def test_an_event_waits_while_vk_cannot_be_asked(account: Account) -> None:
    body = (
        b'{"type":"wall_reply_new","group_id":%d,"object":{"id":9,"post_id":1,"owner_id":-%d,'
        b'"from_id":502,"date":1795200000,"text":"?"}}' % (GROUP, GROUP)
    )
    account.vk.failures.order("flood", call="users.get")
    with pytest.raises(ConnectorError):
        account.serving.read_event(account.card, body)
    POSTS.forget()
    account.vk.failures.order("captcha", call="wall.getById")
    (found,) = account.serving.read_event(account.card, body)
    assert found.sender_name == "Игорь Ветров"
    assert found.post is not None
    assert found.post.text == ""


def test_addresses_of_files_lead_nowhere_else(account: Account, picture: NewFile) -> None:
    account.visit()
    photo = doings.new_photo(account.vk.stage, PERSON, picture.content)
    asked = wrote(account, "Яма", photos=[photo])
    raw = account.vk.world.communities[GROUP].events[-1]
    raw["object"]["attachments"][0]["photo"]["sizes"][1]["url"] = "http://127.0.0.1:1/secret"
    (found,) = account.visit()
    assert found.external_id.endswith(f"_r{asked.id}")
    assert found.files == []
    assert "[фотография" in found.text
