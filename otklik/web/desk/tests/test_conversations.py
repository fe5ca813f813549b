"""Conversations in networks and messengers are led from one page."""

from __future__ import annotations

from datetime import date

import pytest

from otklik.base import clock
from otklik.casework.appeals.models import Appeal, Assignment
from otklik.casework.intake.actions import take_message
from otklik.casework.intake.queries.conversations import TalkFilter, talks
from otklik.casework.intake.vocabulary import TalkState
from otklik.casework.replies.actions import note_delivery
from otklik.directory.organisation.models import Appointment, Role
from otklik.directory.organisation.queries import access_of
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.exchange.channels.actions import accept_message
from otklik.exchange.channels.models import ChannelAccount, OutboundMessage
from otklik.exchange.channels.vocabulary import OutboundState
from otklik.web.desk.tests.answering import signed
from otklik.web.desk.tests.conftest import OPERATOR, Centre, Person, make_person

pytestmark = pytest.mark.django_db
PAGE = "/desk/control/conversations/"


@pytest.fixture
def administrator(centre: Centre) -> Person:
    return make_person(
        centre.municipality,
        "Управителева Ольга Ильинична",
        {**OPERATOR, Permission.ASSIGN: Scope.MUNICIPALITY},
    )


def account(centre: Centre, kind: str, title: str) -> ChannelAccount:
    return ChannelAccount.objects.create(municipality=centre.municipality, kind=kind, title=title)


def said(
    place: ChannelAccount, text: str, kind: str = "comment", *, who: str = "id7", thread: str = ""
) -> Appeal | None:
    message, _ = accept_message(
        account=place, external_id=text, kind=kind, received_at=clock.now(), raw=b"x", text=text,
        sender=who, sender_name="Мария Иванова", thread_key=thread or text,
        details={"thread_ids": [thread]} if thread else {},
    )  # fmt: skip
    return take_message(message_id=message.pk)


def shown(who: Person, **query: str | int) -> list[str]:
    page = who.client.get(PAGE, query)
    assert page.status_code == 200
    return [talk.words for talk, _ in page.context["rows"]]


@pytest.mark.clause("ust-kubinsky:2.2.2")
def test_threads_are_found_given_to_whoever_answers_and_followed_to_the_answer(
    centre: Centre, administrator: Person
) -> None:
    group, chat = account(centre, "vk", "Заозёрск ВК"), account(centre, "telegram", "Чат округа")
    pit = said(group, "На Садовой яма, разбили колесо")
    assert pit
    said(group, "И у школы такая же", thread="На Садовой яма, разбили колесо")
    water = said(chat, "Третий день нет воды", "direct", who="tg:1")
    assert water
    ChannelAccount.objects.filter(pk=group.pk).update(settings={"comments": "inbox"})
    said(group, "Кто-нибудь знает, когда ярмарка?", who="id9")
    Appeal.objects.filter(pk=pit.pk).update(topic=centre.holes)
    Appeal.objects.filter(pk=water.pk).update(topic=centre.leaks)

    loose, leak, hole = everyone = shown(administrator)
    assert (loose[:3], leak[:6], hole[:9]) == ("Кто", "Третий", "И у школы")
    assert shown(administrator, group="Дороги") == [hole]
    assert shown(administrator, topic=centre.leaks.pk) == [leak]
    assert shown(administrator, channel="telegram") == shown(administrator, account=chat.pk)
    assert shown(administrator, state="loose") == [loose]
    assert shown(administrator, body="none") == [leak, hole]
    page = administrator.client.get(PAGE).content.decode()
    for words in ("Заозёрск ВК", "Чат округа", "Мария Иванова", "без обращения", "ждёт ответа"):
        assert words in page, words

    roads = centre.executor.account.pk
    given = {"case": [pit.pk], "body": centre.roads.pk, "person": roads}
    assert administrator.client.post(PAGE, given).status_code == 302
    held = Assignment.objects.get(question__appeal=pit, withdrawn_at__isnull=True)
    assert (held.body, held.account_id) == (centre.roads, roads)
    assert shown(administrator, body=centre.roads.pk) == [hole]
    assert shown(administrator, person=roads) == [hole]
    talk, _ = administrator.client.get(PAGE, {"person": roads}).context["rows"][0]
    assert list(talk.people) == [centre.executor.account.short_name]

    reply = signed(centre, pit)
    centre.operator.client.post(f"/desk/appeals/{pit.pk}/sending/", {"reply": reply.pk})
    assert shown(administrator, state="answered") == []
    assert hole in shown(administrator, state="on_way")
    answers = OutboundMessage.objects.filter(case_id=pit.pk, purpose="answer")
    answers.update(state=OutboundState.DELIVERED, sent_at=clock.now())
    note_delivery(outbound_id=answers.get().pk)
    assert shown(administrator, state="answered") == [hole]
    page = administrator.client.get(PAGE, {"state": "answered"}).content.decode()
    assert "доставлено" in page
    assert "написали снова" not in page
    said(group, "Спасибо, но яма осталась", thread="На Садовой яма, разбили колесо")
    page = administrator.client.get(PAGE, {"state": "answered"}).content.decode()
    assert "написали снова после ответа" in page
    assert len(everyone) == len(shown(administrator))


def test_each_sees_the_threads_of_his_reach_only(centre: Centre, administrator: Person) -> None:
    group = account(centre, "vk", "Заозёрск ВК")
    pit, leak = said(group, "Яма у школы"), said(group, "Течёт труба", who="id2")
    assert pit
    assert leak
    ChannelAccount.objects.filter(pk=group.pk).update(settings={"comments": "inbox"})
    said(group, "Просто вопрос", who="id3")
    administrator.client.post(PAGE, {"case": [pit.pk], "body": centre.roads.pk})
    rights = dict.fromkeys((Permission.VIEW_APPEALS, Permission.CONTROL), Scope.BODY)
    watcher = make_person(centre.municipality, "Смотров Пётр Ильич", rights, centre.roads)
    assert shown(watcher) == ["Яма у школы"]
    page = watcher.client.get(PAGE).content.decode()
    assert "Мария Иванова" not in page
    assert "Назначить" not in page
    watcher.client.post(PAGE, {"case": [leak.pk], "body": centre.roads.pk})
    assert not Assignment.objects.filter(question__appeal=leak).exists()
    assert centre.executor.client.get(PAGE).status_code == 403


def test_pages_follow_by_key_and_one_person_is_one_dialogue(
    centre: Centre, administrator: Person
) -> None:
    chat = account(centre, "max", "МАКС")
    for number in range(5):
        said(chat, f"Вопрос {number}", "direct", who=f"max:{number}")
    said(chat, "И ещё про вопрос 0", "direct", who="max:0")
    first = talks(administrator.access, TalkFilter(), limit=3)
    rest = talks(administrator.access, TalkFilter(), after=first.after, limit=3)
    words = [talk.words for talk in (*first.rows, *rest.rows)]
    assert words == ["И ещё про вопрос 0", *(f"Вопрос {n}" for n in (4, 3, 2, 1))]
    assert rest.after is None
    assert {talk.state for talk in first.rows} == {TalkState.WAITING}


def test_a_person_answers_only_in_his_own_body(centre: Centre, administrator: Person) -> None:
    case = said(account(centre, "ok", "ОК"), "Темно у клуба")
    assert case
    given = {"case": [case.pk], "body": centre.water.pk, "person": centre.executor.account.pk}
    page = administrator.client.post(PAGE, given, follow=True).content.decode()
    assert "назначен в другом органе" in page
    assert "Отметьте разговоры" in administrator.client.post(PAGE, {}, follow=True).content.decode()
    assert not Assignment.objects.exists()


def test_a_role_of_one_network_is_told_of_that_network(centre: Centre) -> None:
    said(account(centre, "vk", "ВК"), "Яма")
    said(account(centre, "ok", "ОК"), "Труба")
    officer = make_person(centre.municipality, "Сетев Пётр Ильич", OPERATOR)
    role = Role.objects.get(label="Сетев Пётр Ильич")
    role.channels = ["ok"]
    role.save()
    assert Appointment.objects.filter(role=role, since__lt=date(2021, 1, 1)).exists()
    assert shown(officer) == ["Труба"]
    access = access_of(officer.account, centre.municipality.pk, clock.today())
    assert len(talks(access, TalkFilter(channel="vk")).rows) == 0
