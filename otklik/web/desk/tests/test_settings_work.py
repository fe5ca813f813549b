"""The order of work is set on the screens by those who may; nobody else gets in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.base import clock
from otklik.casework.appeals.actions import assign_executor
from otklik.casework.appeals.models import Appeal, Door
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.casework.deadlines.models import DeadlineRule
from otklik.casework.replies.models import ReplyTemplate
from otklik.casework.routing.models import RoutingRule
from otklik.directory.calendars.models import DayOverride
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.directory.topics.models import Topic
from otklik.exchange.channels.models import ChannelAccount
from otklik.exchange.channels.queries import secret_of
from otklik.records.journal.models import Entry
from otklik.web.desk.tests.conftest import Centre, Person, make_person
from otklik.web.desk.tests.settings_pages import (
    FORMS,
    LISTS,
    MAILBOX,
    ROOT,
    SECRET,
    plain,
    send,
    text,
)


@pytest.mark.parametrize("page", LISTS + FORMS)
def test_only_those_who_set_up_come_in(page: str, centre: Centre, setter: Person) -> None:
    assert setter.client.get(f"{ROOT}/{page}/").status_code == 200
    narrow = make_person(
        centre.municipality, "Узкий Иван Ильич", {Permission.SET_UP: Scope.BODY}, centre.roads
    )
    for other in (centre.operator, centre.head, centre.executor, narrow):
        assert other.client.get(f"{ROOT}/{page}/").status_code == 403
        assert other.client.post(f"{ROOT}/{page}/", {"title": "Взлом"}).status_code == 403


def test_the_settings_name_these_pages_only_to_them(centre: Centre, setter: Person) -> None:
    page = setter.client.get(f"{ROOT}/").content.decode()
    for name in LISTS:
        assert f'href="{ROOT}/{name}/"' in page
    assert f"{ROOT}/structure/" not in page


def test_nothing_of_another_municipality_opens(setter: Person, stranger: Municipality) -> None:
    body = Body.objects.create(municipality=stranger, name="Чужой орган", kind="department")
    rule = RoutingRule.objects.create(municipality=stranger, name="Чужое правило", body=body)
    sample = ReplyTemplate.objects.create(municipality=stranger, title="Чужой шаблон", text="…")
    account = ChannelAccount.objects.create(
        municipality=stranger, kind="email", title="Чужая почта"
    )
    term = DeadlineRule.objects.create(
        municipality=stranger,
        slug="other",
        title="Чужой срок",
        kind="answer",
        unit="calendar_days",
        amount=3,
        counted_from="receipt",
    )
    for page in (
        f"routing/{rule.pk}",
        f"samples/{sample.pk}",
        f"channels/{account.pk}",
        f"terms/{term.pk}",
        "channels/new/pigeon",
    ):
        assert setter.client.get(f"{ROOT}/{page}/").status_code == 404, page
    for page in (
        f"routing/{rule.pk}/retirement",
        f"samples/{sample.pk}/archive",
        f"channels/{account.pk}/probe",
        f"terms/{term.pk}/retirement",
    ):
        assert setter.client.post(f"{ROOT}/{page}/").status_code == 404, page
    for page in LISTS:
        assert "Чуж" not in text(setter, page)
    taken = setter.client.post(f"{ROOT}/routing/new/", {"body": body.pk, "order": 100})
    assert taken.status_code == 200
    assert not RoutingRule.objects.filter(municipality__slug="zaozersk").exists()


@pytest.mark.parametrize(
    ("page", "most"),
    [
        ("channels", 15),
        ("addressees", 13),
        ("routing", 15),
        ("terms", 14),
        ("calendar", 16),
        ("approval", 15),
        ("norms", 10),
        ("topics", 15),
        ("samples", 14),
        ("routing/new", 15),
    ],
)
def test_queries_do_not_grow_with_rows(
    page: str, most: int, centre: Centre, setter: Person
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            text(setter, page)
        return len(captured)

    def fill_with(number: int) -> None:
        place = centre.municipality
        topic = Topic.objects.create(
            edition=centre.holes.edition, code=f"9.{number}", name=f"Тема {number}", group="Иное"
        )
        rule = RoutingRule.objects.create(
            municipality=place, name=f"Правило {number}", body=centre.roads, topic=topic
        )
        rule.co_bodies.set([centre.water])
        ReplyTemplate.objects.create(
            municipality=place, title=f"Шаблон {number}", text="…", topic=topic
        )
        ChannelAccount.objects.create(municipality=place, kind="email", title=f"Ящик {number}")
        Door.objects.create(municipality=place, body=centre.roads, box=f"b{number}@zaozersk.test")
        DayOverride.objects.create(
            municipality=place, date=clock.today() + timedelta(days=number), kind="day_off"
        )
        DeadlineRule.objects.create(
            municipality=place,
            slug=f"own-{number}",
            title=f"Срок {number}",
            kind="answer",
            unit="working_days",
            amount=number,
            counted_from="receipt",
            topic=topic,
        )
        make_person(place, f"Людин Пётр {number}", {Permission.SIGN: Scope.MUNICIPALITY})

    fill_with(1)
    count()
    first = count()
    for number in range(2, 9):
        fill_with(number)
    assert count() == first <= most


@pytest.mark.clause("ust-kubinsky:4.7.3")
def test_a_mailbox_is_connected_without_showing_its_password(
    centre: Centre, setter: Person
) -> None:
    send(setter, "channels/new/email", dict(MAILBOX))
    account = ChannelAccount.objects.get()
    assert secret_of(account) == {"password": SECRET}
    assert account.basis == "Распоряжение от 12.01.2026 № 3"
    assert account.settings["imap_host"] == "127.0.0.1"
    path = f"channels/{account.pk}"
    for page in ("channels", path):
        shown = text(setter, page)
        assert SECRET not in shown
        assert account.secret not in shown
    send(setter, path, {**MAILBOX, "title": "Общая почта", "secret_password": ""})
    account.refresh_from_db()
    assert account.title == "Общая почта"
    assert secret_of(account) == {"password": SECRET}, "an empty field keeps the password"
    wrong = setter.client.post(f"{ROOT}/{path}/", {**MAILBOX, "set_address": "не адрес"})
    assert wrong.status_code == 200
    assert "Адрес ящика" in wrong.content.decode()
    assert SECRET not in wrong.content.decode()
    again = setter.client.post(f"{ROOT}/channels/new/email/", {**MAILBOX, "title": "Общая почта"})
    assert "уже есть" in again.content.decode()
    entries = [str(entry.payload) for entry in Entry.objects.filter(name="ChannelSetUp")]
    assert len(entries) == 2
    assert SECRET not in "".join(entries)


def test_a_check_reports_each_right_and_sends_nothing(centre: Centre, setter: Person) -> None:
    send(setter, "channels/new/email", dict(MAILBOX))
    account = ChannelAccount.objects.get()
    shown = setter.client.post(f"{ROOT}/channels/{account.pk}/probe/").content.decode()
    assert "Канал не работает" in shown
    assert "читать папку «INBOX»: нет" in shown
    assert "войти на сервер отправки: нет" in shown
    assert SECRET not in shown
    account.refresh_from_db()
    assert account.last_error.startswith("Входящая почта")
    assert "не работает" in text(setter, "channels")
    assert setter.client.get(f"{ROOT}/channels/{account.pk}/probe/").status_code == 405


def test_norms_of_work_are_set_and_kept(
    centre: Centre, setter: Person, file_appeal: Callable[..., Appeal]
) -> None:
    page = text(setter, "norms")
    assert "Пусто — 1." in page
    assert "Пусто — 1000." in page
    bad = setter.client.post(f"{ROOT}/norms/", {"receipt_days": 11, "social_answer_length": 100})
    assert bad.status_code == 422
    case = file_appeal(channel=Channel.VK, regime=Regime.SOCIAL)
    assign_executor(access=centre.head.access, appeal_id=case.pk, body_id=centre.roads.pk)
    answer = {"text": "Яму заделали, спасибо за сообщение. " * 10}
    centre.executor.client.post(f"/desk/appeals/{case.pk}/reply/", answer)
    card = f"/desk/appeals/{case.pk}/"
    later = clock.now() + timedelta(days=8)
    with clock.frozen(later):
        assert case.number in waiting_of(centre)
    assert "читают до 300" not in plain(centre.executor.client.get(card).content)
    send(setter, "norms", {"receipt_days": 10, "social_answer_length": 300})
    assert "читают до 300" in plain(centre.executor.client.get(card).content)
    with clock.frozen(later):
        assert case.number not in waiting_of(centre)
    assert 'value="300"' in text(setter, "norms")
    told = Entry.objects.filter(name__in=("ReceiptDaysSet", "SocialLengthSet"))
    assert sorted(one.sentence for one in told) == [
        "Наибольшая длина ответа в соцсети: знаков: 300",
        "Срок приёма поручения в работу: рабочих дней: 10",
    ]
    send(setter, "norms", {"receipt_days": "", "social_answer_length": 300})
    centre.municipality.refresh_from_db()
    assert centre.municipality.settings == {"social_answer_length": 300}


def waiting_of(centre: Centre) -> str:
    """The queue of tasks whose receipt nobody confirmed in time."""
    page = centre.head.client.get("/desk/coordination/?tab=unconfirmed")
    assert page.status_code == 200
    return plain(page.content)
