"""Staff hear what concerns them, once, and only their own."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.base.actor import Actor
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Appointment, Municipality, Role, RoleGrant
from otklik.directory.organisation.queries import access_of
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.exchange.channels import actions as channels
from otklik.exchange.channels.models import OutboundMessage
from otklik.exchange.channels.vocabulary import OutboundState, Purpose
from otklik.exchange.notifications import actions, queries
from otklik.exchange.notifications.jobs import tell_of_trouble
from otklik.exchange.notifications.models import Notice
from otklik.exchange.notifications.vocabulary import NoticeKind
from tests.peers.mail import MailServer

DAY = date(2026, 3, 2)


@pytest.fixture
def centre(db: None) -> Municipality:
    return Municipality.objects.create(
        slug="ozersk", name="Озёрский район", short_name="Озёрский", kind="district", region="—"
    )


@pytest.fixture
def executor(db: None) -> Account:
    return Account.objects.create_user("executor@mail.test", "Кузнецов Иван Петрович")


@pytest.fixture
def operator(centre: Municipality) -> Account:
    account = Account.objects.create_user("operator@mail.test", "Сидорова Анна Павловна")
    role = Role.objects.create(municipality=centre, slug="operator", label="Оператор")
    for permission in (Permission.SEND, Permission.SET_UP):
        RoleGrant.objects.create(role=role, permission=permission, scope=Scope.MUNICIPALITY)
    Appointment.objects.create(account=account, role=role, since=date(2020, 1, 1))
    return account


def tell(centre: Municipality, *people: Account, **more: str) -> list[Notice]:
    return actions.tell(
        municipality_id=centre.pk,
        account_ids=[each.pk for each in people],
        kind=NoticeKind.ASSIGNED,
        text="Вам поручено обращение № 12.",
        url="/desk/appeals/12/",
        case_id=12,
        **more,
    )


def mailbox(centre: Municipality, server: MailServer) -> None:
    channels.set_up_account(
        access=Access.system(centre.pk),
        kind="email",
        title="Почта",
        settings={
            "address": "mcu@mail.test",
            "smtp_host": server.smtp_host,
            "smtp_port": server.smtp_port,
            "smtp_security": "none",
            "smtp_login": False,
        },
    )


def test_person_sees_own_notices_and_reads_them(
    centre: Municipality, executor: Account, operator: Account
) -> None:
    (notice,) = tell(centre, executor)
    mine = access_of(executor, centre.pk, DAY)
    other = access_of(operator, centre.pk, DAY)
    assert [each.text for each in queries.unread(mine)] == ["Вам поручено обращение № 12."]
    assert queries.unread_count(other) == 0
    assert actions.mark_read(access=other, notice_ids=[notice.pk]) == 0
    assert actions.mark_read(access=mine) == 1
    assert queries.unread_count(mine) == 0
    assert [each.pk for each in queries.recent(mine)] == [notice.pk]


def test_same_news_is_told_once(centre: Municipality, executor: Account, operator: Account) -> None:
    assert len(tell(centre, executor, key="assigned:12")) == 1
    assert [each.account_id for each in tell(centre, executor, operator, key="assigned:12")] == [
        operator.pk
    ]


def test_urgent_news_also_goes_by_mail(
    centre: Municipality, mail_server: MailServer, settings: object
) -> None:
    mailbox(centre, mail_server)
    address = mail_server.user("executor")
    person = Account.objects.create_user(address, "Кузнецов Иван Петрович")
    tell(centre, person)
    message = OutboundMessage.objects.get(purpose=Purpose.NOTICE)
    assert channels.deliver(message.pk) == OutboundState.SENT
    (letter,) = mail_server.inbox(address)
    assert letter["Subject"] == "Поручено обращение"
    assert letter["Auto-Submitted"] == "auto-replied"
    assert "http://127.0.0.1:8000/desk/appeals/12/" in letter.get_content()


def test_demonstration_people_get_no_mail(
    centre: Municipality, mail_server: MailServer, executor: Account
) -> None:
    mailbox(centre, mail_server)
    executor.is_demo = True
    executor.save()
    assert len(tell(centre, executor)) == 1
    assert not OutboundMessage.objects.exists()


def test_lost_answer_is_told_to_those_who_send_answers_once(
    centre: Municipality, operator: Account, executor: Account, mail_server: MailServer
) -> None:
    mailbox(centre, mail_server)
    message = channels.queue_message(
        municipality_id=centre.pk,
        actor=Actor.system(),
        channel="email",
        recipient="nobody@mail.test",
        subject="Ответ",
        text="Яма засыпана.",
        case_id=7,
        key="reply:1",
    )
    mail_server.gate.refuse_recipient = "550 no such user"
    channels.deliver(message.pk)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args FROM procrastinate_jobs WHERE task_name = 'notifications.tell_of_trouble'"
        )
        ((args,),) = cursor.fetchall()
    given = json.loads(args)
    assert given["message_id"] == message.pk
    for _ in range(2):
        tell_of_trouble(**given)
    (notice,) = Notice.objects.all()
    assert notice.account_id == operator.pk
    assert notice.text == "Не доставлено: Почта: Ответ [МЦУ-7]"


def test_bell_costs_one_query(centre: Municipality, executor: Account) -> None:
    for _ in range(5):
        tell(centre, executor)
    mine = access_of(executor, centre.pk, DAY)
    with CaptureQueriesContext(connection) as captured:
        assert queries.unread_count(mine) == 5
    assert len(captured) == 1
