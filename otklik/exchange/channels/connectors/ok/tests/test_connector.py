"""The connector against the stand-in: reading, answering, publishing, rights."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from otklik.base import clock
from otklik.exchange.channels.connectors.base import ConnectorError, NewFile, Post
from otklik.exchange.channels.connectors.ok.tests.conftest import (
    KEYS,
    PERSON,
    Account,
    parcel,
)
from otklik.exchange.channels.vocabulary import SendResult
from otklik.exchange.standins.ok import doings, state


def wrote(account: Account, text: str, **more: Any) -> state.Comment:
    return doings.add_comment(account.ok.stage, account.topic, PERSON, text, **more)


def asked(account: Account, text: str) -> dict[str, str]:
    doings.add_message(account.ok.stage, PERSON, text)
    return {"chat": next(iter(account.ok.world.chats))}


def answers(account: Account) -> list[str]:
    chat = next(iter(account.ok.world.chats.values()))
    return [each.text for each in chat.messages if each.by_group]


def test_comments_and_messages_are_taken_once(account: Account, picture: NewFile) -> None:
    assert account.visit() == []
    photo = doings.new_photo(account.ok.stage, picture.content)
    first = wrote(account, "Темно во дворе", photos=[photo])
    wrote(account, "И у нас", reply_to=first.id)
    asked(account, "Нет света")
    taken = account.visit()
    assert [each.text for each in taken] == ["Темно во дворе", "И у нас", "Нет света"]
    assert taken[0].files[0].content == picture.content
    assert taken[0].sender_name == "Виктор Самойлов"
    assert taken[0].post is not None
    assert taken[0].post.text.startswith("С понедельника")
    assert taken[1].thread_ids == (taken[0].external_id,)
    assert account.visit() == []


def test_the_first_visit_leaves_the_past_alone(account: Account) -> None:
    wrote(account, "Прошлогоднее").at -= 90 * 86_400_000
    asked(account, "Давнее")
    chat = next(iter(account.ok.world.chats.values()))
    chat.messages[0].at -= 90 * 86_400_000
    wrote(account, "Сегодняшнее")
    assert [each.text for each in account.visit()] == ["Сегодняшнее"]


def test_edits_and_removals_are_seen_when_everything_is_read(account: Account) -> None:
    first = wrote(account, "Темно")
    second = wrote(account, "Холодно")
    taken = account.visit()
    first.text = "Темно во дворе"
    second.removed = True
    with clock.frozen(clock.now() + timedelta(minutes=31)):
        edited, gone = account.visit()
    assert (edited.external_id, edited.text) == (taken[0].external_id, "Темно во дворе")
    assert (gone.external_id, gone.deleted) == (taken[1].external_id, True)


def test_a_quiet_visit_costs_little(account: Account) -> None:
    wrote(account, "Темно")
    account.visit()
    before = len(account.ok.calls)
    account.visit()
    made = [each.name for each in account.ok.calls[before:]]
    assert made == ["stream.get", "mediatopic.getByIds", "graph.chats"]


def test_long_threads_and_long_talks_are_read_to_the_end(account: Account) -> None:
    account.visit()
    for number in range(130):
        wrote(account, f"Слово {number}")
        doings.add_message(account.ok.stage, PERSON, f"Письмо {number}")
    chat = next(iter(account.ok.world.chats.values()))
    for number, each in enumerate(chat.messages):
        each.at += number
    taken = account.visit()
    assert len({each.external_id for each in taken}) == 260
    assert taken[-1].text == "Письмо 129"


def test_an_answer_in_the_conversation(account: Account) -> None:
    target = asked(account, "Нет света")
    outcome = account.serving.send(account.card, parcel("Включат к вечеру", target=target))
    assert outcome.result == SendResult.SENT
    assert answers(account) == ["Включат к вечеру"]
    account.visit()
    found = account.serving.find_sent(account.card, parcel("Включат к вечеру", target=target))
    assert found == outcome.external_id
    assert account.serving.find_sent(account.card, parcel("Другое", target=target)) == ""


@pytest.mark.parametrize(
    ("trouble", "result"),
    [
        ("rate", SendResult.POSTPONED),
        ("captcha", SendResult.REFUSED),
        ("revoked", SendResult.REFUSED),
        ("right", SendResult.TO_CARRY),
        ("lost_reply", SendResult.UNKNOWN),
        ("cut", SendResult.UNKNOWN),
    ],
)
def test_never_twice_whatever_happens(account: Account, trouble: str, result: SendResult) -> None:
    sent = parcel("Включат к вечеру", target=asked(account, "Нет света"))
    account.ok.failures.order(trouble, call="graph.send")
    outcome = account.serving.send(account.card, sent)
    assert outcome.result == result
    assert outcome.detail
    assert not account.serving.capabilities.repeatable
    if result == SendResult.UNKNOWN:
        assert account.serving.find_sent(account.card, sent)
        assert answers(account) == ["Включат к вечеру"]
    else:
        assert answers(account) == []


def test_a_comment_is_answered_by_hand_at_its_place(account: Account) -> None:
    target = {"topic": account.topic.id, "comment": wrote(account, "Темно").id}
    outcome = account.serving.send(account.card, parcel("Починим", target=target))
    assert outcome.result == SendResult.TO_CARRY
    assert outcome.url.endswith(f"/topic/{account.topic.id}")
    assert "скопируйте" in outcome.detail
    assert len(account.topic.comments) == 1


def test_writing_comments_may_be_switched_on(account: Account) -> None:
    brave = account.with_keys(*KEYS, write_comments=True)
    target = {"topic": account.topic.id, "comment": wrote(account, "Темно").id}
    sent = parcel("Починим", target=target)
    outcome = account.serving.send(brave, sent)
    assert outcome.result == SendResult.SENT
    assert account.serving.find_sent(brave, sent) == outcome.external_id
    account.ok.world.rights.discard("VALUABLE_ACCESS")
    again = account.serving.send(brave, parcel("Ещё", key="answer:2", target=target))
    assert (again.result, bool(again.url)) == (SendResult.TO_CARRY, True)
    assert account.serving.send(account.card, parcel("Куда?")).result == SendResult.TO_CARRY


def test_what_the_keys_cannot_do_is_said(account: Account, picture: NewFile) -> None:
    target = asked(account, "Нет света")
    with_file = parcel("Фото", files=[picture], target=target)
    assert account.serving.send(account.card, with_file).result == SendResult.REFUSED
    no_bot = account.with_keys("application_secret", "access_token")
    assert account.serving.send(no_bot, parcel("Да", target=target)).result == SendResult.REFUSED
    with pytest.raises(ConnectorError):
        account.serving.connect_webhook(no_bot, "https://example.org/")
    no_rest = account.with_keys("bot_token")
    assert account.serving.publish(no_rest, Post("p", "т")).result == SendResult.TO_CARRY
    assert account.serving.stats(no_rest, ["topic1"]) == []


def test_publications_and_their_figures(account: Account, picture: NewFile) -> None:
    done = account.serving.publish(account.card, Post("post:1", "Новость", [picture]))
    assert done.result == SendResult.SENT
    made = account.ok.world.topics[done.external_id.removeprefix("topic")]
    assert [each.content for each in made.photos] == [picture.content]
    (figures,) = account.serving.stats(account.card, [done.external_id, "topic404"])
    assert (figures.external_id, figures.likes, figures.comments) == (done.external_id, 0, 0)
    assert figures.reach is not None
    account.ok.world.rights.discard("VALUABLE_ACCESS")
    (plain,) = account.serving.stats(account.card, [done.external_id])
    assert (plain.reach, plain.likes) == (None, 0)
    later = Post("post:2", "Завтра", publish_at=clock.now() + timedelta(days=1))
    assert account.serving.publish(account.card, later).result == SendResult.SENT


def test_every_right_is_named_with_its_mend(account: Account) -> None:
    good = account.serving.probe(account.card)
    assert good.works
    assert [each.problem for each in good.findings] == [""] * len(good.findings)
    account.ok.world.rights.clear()
    poor = account.serving.probe(account.with_keys(*KEYS, by_webhook=True))
    assert poor.works
    missing = [each for each in poor.findings if each.problem]
    assert len(missing) == 4
    assert all(each.mend for each in missing)
    account.ok.world.token = account.ok.world.bot_token = "другой"
    assert "больше не действует" in account.serving.probe(account.card).problem
    assert not account.serving.probe(account.with_keys()).works
    with pytest.raises(ConnectorError, match="больше не действует"):
        account.visit()


def test_a_wrong_group_is_named(account: Account) -> None:
    strange = account.with_keys(*KEYS, group_id="70000000000099")
    problems = [each.problem for each in account.serving.probe(strange).findings]
    assert any("номер группы" in each for each in problems)


def test_messages_come_by_webhook(account: Account) -> None:
    url = f"{account.ok.url}/hook"
    account.serving.connect_webhook(account.card, url)
    assert account.ok.world.hooks == [url]
    account.ok.deliveries.most_tries = 1
    asked(account, "Нет света")
    assert account.ok.deliveries.flush(5)
    event = account.ok.deliveries.told[0].body
    assert event["message"]["text"] == "Нет света"
