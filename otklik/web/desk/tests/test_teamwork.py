"""Work of several bodies on one case: notes, talks, requests at the desk, by link and by letter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from email.message import EmailMessage

import pytest
from django.test import Client
from django.urls import reverse

from otklik.base import clock
from otklik.casework.appeals.actions import assign_executor
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import AssignmentRole
from otklik.casework.intake.actions import take_message
from otklik.casework.teamwork import actions
from otklik.casework.teamwork.models import Entry, InfoRequest
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.exchange.channels import actions as channels
from otklik.exchange.channels.models import ChannelAccount, InboundMessage, OutboundMessage
from otklik.exchange.channels.vocabulary import ChannelKind
from otklik.exchange.notifications.models import Notice
from otklik.records.journal.models import Entry as Record
from otklik.web.desk.tests.conftest import EXECUTOR, Centre, Person, make_person
from tests.peers.mail import MailServer

FileAppeal = Callable[..., Appeal]
pytestmark = pytest.mark.django_db
TUESDAY = datetime.fromisoformat("2025-03-04T11:00:00+03:00")
DUE = date(2025, 3, 6)


@pytest.fixture(autouse=True)
def tuesday() -> Iterator[None]:
    with clock.frozen(TUESDAY):
        yield


@pytest.fixture
def plumber(centre: Centre) -> Person:
    return make_person(centre.municipality, "Водяной Олег Ильич", EXECUTOR, centre.water)


@pytest.fixture
def case(centre: Centre, file_appeal: FileAppeal) -> Appeal:
    made = file_appeal("На Садовой яма, из-под асфальта течёт вода")
    give(centre, made, centre.roads)
    return made


@pytest.fixture
def mailbox(centre: Centre, mail_server: MailServer) -> ChannelAccount:
    """The centre's mailbox on a real mail server."""
    setter = make_person(
        centre.municipality, "Почтова Нина", {Permission.SET_UP: Scope.MUNICIPALITY}
    )
    address = mail_server.user("mcu")
    return channels.set_up_account(
        access=setter.access,
        kind=ChannelKind.EMAIL,
        title="Общая почта",
        settings={
            "address": address,
            "display_name": "Центр управления",
            "imap_host": mail_server.imap_host,
            "imap_port": mail_server.imap_port,
            "imap_security": "none",
            "smtp_host": mail_server.smtp_host,
            "smtp_port": mail_server.smtp_port,
            "smtp_security": "none",
            "smtp_login": False,
            "timeout": 10,
        },
        secret={"password": mail_server.password},
        basis="распоряжение № 5",
    )


def give(centre: Centre, case: Appeal, body: Body, role: str = "main") -> None:
    assign_executor(
        access=centre.head.access, appeal_id=case.pk, body_id=body.pk, role=AssignmentRole(role)
    )


def post(person: Person, case: Appeal, verb: str, **form: object) -> str:
    """Do a step; what the card says afterwards."""
    answer = person.client.post(reverse(f"desk:team_{verb}", args=[case.pk]), form, follow=True)
    return str(answer.content.decode()).replace("\u00a0", " ")


def page(person: Person, url: str) -> str:
    answer = person.client.get(url)
    assert answer.status_code == 200, url
    return str(answer.content.decode()).replace("\u00a0", " ")


@pytest.mark.clause("ust-kubinsky:4.6.v.5")
def test_bodies_of_a_case_write_in_one_thread_and_ask_each_other(
    centre: Centre, case: Appeal, plumber: Person
) -> None:
    give(centre, case, centre.water, "co")
    post(centre.executor, case, "note", text="Вскрыли колодец. @Водяной, труба ваша?")
    (notice,) = Notice.objects.filter(kind="mentioned")
    assert notice.account == plumber.account
    assert "Вскрыли колодец" in page(plumber, reverse("desk:appeal", args=[case.pk]))
    post(plumber, case, "note", text="Наша, течь устраним.")
    assert [entry.body for entry in Entry.objects.all()] == [centre.roads, centre.water]
    post(
        centre.executor, case, "inquiry",
        kind="information", body=centre.water.pk, text="Когда перекроете воду?", due_on=DUE,
    )  # fmt: skip
    asked = InfoRequest.objects.get()
    assert (asked.body, asked.asker_body, asked.email) == (centre.water, centre.roads, "")
    assert "Когда перекроете воду?" in page(plumber, reverse("desk:requests"))
    plumber.client.post(reverse("desk:request", args=[asked.pk]), {"text": "В среду с 9 до 12."})
    asked.refresh_from_db()
    assert (asked.state, asked.answered_label) == ("answered", plumber.access.actor.label)
    card = page(centre.executor, reverse("desk:appeal", args=[case.pk]))
    assert "В среду с 9 до 12." in card
    assert Notice.objects.filter(kind="informed", account=centre.executor.account).count() == 1
    assert not OutboundMessage.objects.exists(), "the thread is internal"


def test_a_mention_that_would_not_be_read_is_refused(
    centre: Centre, case: Appeal, plumber: Person
) -> None:
    assert "не видит это обращение" in post(centre.executor, case, "note", text="@Водяной, взгляни")
    assert "по фамилии «Никтов» нет" in post(centre.executor, case, "note", text="@Никтов, привет")
    assert "Запись пуста" in post(centre.executor, case, "note", text="  ")
    assert not Entry.objects.exists()


def test_the_thread_is_closed_to_bodies_that_do_not_see_the_case(
    centre: Centre, case: Appeal, plumber: Person
) -> None:
    url = reverse("desk:team_note", args=[case.pk])
    plumber.client.post(url, {"text": "Подсмотрел"})
    assert not Entry.objects.exists()
    assert plumber.client.get(reverse("desk:appeal", args=[case.pk])).status_code == 404


@pytest.mark.clause("pereslavl:2.4.2", "tuapse:2.4.2", "dedovichi:16.2")
def test_a_body_outside_the_case_answers_without_seeing_the_applicant(
    centre: Centre, case: Appeal, plumber: Person
) -> None:
    post(
        centre.operator, case, "inquiry",
        kind="information", body=centre.water.pk, text="Чья это труба?", due_on=DUE,
    )  # fmt: skip
    asked = InfoRequest.objects.get()
    (notice,) = Notice.objects.filter(kind="asked")
    assert (notice.account, notice.url) == (plumber.account, f"/desk/requests/{asked.pk}/")
    shown = page(plumber, notice.url)
    assert "Чья это труба?" in shown
    assert "Иванова" not in shown
    assert "Открыть обращение" not in shown
    refused = centre.executor.client.post(notice.url, {"text": "Не наша"})
    assert refused.status_code == 422
    assert "Отвечает сотрудник этого органа" in refused.content.decode()
    with clock.frozen(TUESDAY + timedelta(hours=3)):
        plumber.client.post(notice.url, {"text": "Труба городская"})
    asked.refresh_from_db()
    assert asked.answered_at == TUESDAY + timedelta(hours=3)
    names = set(Record.objects.filter(case_id=case.pk).values_list("name", flat=True))
    assert {"InformationAsked", "InformationGiven"} <= names


def test_a_request_needs_a_text_a_term_and_somebody_to_ask(centre: Centre, case: Appeal) -> None:
    good = {"kind": "information", "body": centre.roads.pk, "text": "Сколько ям?", "due_on": DUE}
    for change, said in (
        ({"text": ""}, "Не написано, что нужно"),
        ({"due_on": ""}, "Не указан срок ответа"),
        ({"due_on": "2025-03-03"}, "Срок ответа уже прошёл"),
        ({"due_on": "завтра"}, "не дата"),
        ({"body": ""}, "Не указано, кого спросить"),
        ({"body": centre.water.pk}, "нет ни сотрудников в системе, ни почты"),
        ({"email": "кому-нибудь"}, "не адрес почты"),
    ):
        assert said in post(centre.operator, case, "inquiry", **{**good, **change})
    assert not InfoRequest.objects.exists()


def test_overdue_request_is_reminded_of_once_a_working_day(
    centre: Centre, case: Appeal, plumber: Person
) -> None:
    post(
        centre.operator, case, "inquiry",
        kind="information", body=centre.water.pk, text="Чья труба?", due_on=DUE,
    )  # fmt: skip
    town = centre.municipality.pk

    def reminded(moment: str) -> int:
        with clock.frozen(datetime.fromisoformat(f"{moment}+03:00")):
            return actions.remind_overdue(municipality_id=town)

    assert reminded("2025-03-06T09:10") == 0, "not yet due"
    assert reminded("2025-03-07T08:10") == 0, "not yet nine"
    assert reminded("2025-03-07T09:10") == 1
    assert reminded("2025-03-07T09:50") == 0, "once a day"
    assert reminded("2025-03-08T09:10") == 0, "a holiday"
    assert reminded("2025-03-10T09:10") == 1
    told = Notice.objects.filter(account=plumber.account, kind="overdue")
    assert told.count() == 2
    asked = InfoRequest.objects.get()
    plumber.client.post(reverse("desk:request", args=[asked.pk]), {"text": "Городская"})
    assert reminded("2025-03-11T09:10") == 0


@pytest.mark.clause("novoduginsky:3.3")
def test_a_talk_by_telephone_is_logged_on_the_card(centre: Centre, case: Appeal) -> None:
    said = post(
        centre.operator, case, "talk",
        counterpart="Мастер Ильин", number="+7 900 111-22-33", result="Обещал засыпать к вечеру",
        happened_at="2025-03-04T10:30",
    )  # fmt: skip
    assert "Мастер Ильин, +7 900 111-22-33" in said
    assert "Обещал засыпать к вечеру" in said
    assert Entry.objects.get().happened_at == TUESDAY - timedelta(minutes=30)
    assert "собеседника и итог" in post(centre.operator, case, "talk", counterpart="Ильин")
    later = post(
        centre.operator, case, "talk", counterpart="И", result="Да", happened_at="2026-01-01T10:00"
    )
    assert "отнесён к будущему" in later


@pytest.mark.clause("novoduginsky:3.3")
def test_a_task_goes_by_mail_and_the_letter_in_reply_is_its_answer(
    centre: Centre, case: Appeal, mailbox: ChannelAccount, mail_server: MailServer
) -> None:
    master = mail_server.user("master")
    post(
        centre.operator, case, "inquiry",
        kind="task", email=master, text="Огородите яму на Садовой", due_on=DUE,
    )  # fmt: skip
    (sent,) = OutboundMessage.objects.filter(purpose="task")
    channels.deliver(sent.pk)
    (letter,) = mail_server.inbox(master)
    assert "Срок ответа: 06.03.2025" in text_of(letter)
    came = answer_to(letter, mailbox, mail_server, "Огородили, поставили знак.")
    assert take_message(message_id=came.pk) is None
    asked = InfoRequest.objects.get()
    assert (asked.state, asked.answer) == ("answered", "Огородили, поставили знак.")
    assert asked.inbound_id == came.pk
    assert Appeal.objects.count() == 1
    assert not Record.objects.filter(name="MaterialsAdded").exists(), "it is not the applicant"
    card = page(centre.operator, reverse("desk:appeal", args=[case.pk]))
    assert "Огородили, поставили знак." in card
    again = answer_to(letter, mailbox, mail_server, "И лампу повесили.", "<second@mail.test>")
    take_message(message_id=again.pk)
    (entry,) = Entry.objects.filter(kind="letter")
    assert (entry.text, entry.counterpart) == ("И лампу повесили.", master)


@pytest.mark.clause("novoduginsky:3.3")
def test_a_task_is_answered_by_its_link_without_an_account(
    centre: Centre, case: Appeal, mailbox: ChannelAccount, client: Client
) -> None:
    centre.water.email = "voda@zaozersk.test"
    centre.water.save()
    post(
        centre.operator, case, "inquiry",
        kind="reminder", body=centre.water.pk, text="Пришлите акт", due_on=DUE,
    )  # fmt: skip
    (sent,) = OutboundMessage.objects.filter(purpose="task")
    assert sent.recipient == "voda@zaozersk.test"
    found = re.search(r"/a/requests/[\w-]+/", sent.text)
    assert found is not None
    url = found.group()
    shown = client.get(url).content.decode()
    assert "Пришлите акт" in shown
    assert "Иванова" not in shown
    assert "яма" not in shown
    assert client.post(url, {"text": " "}).status_code == 422
    assert client.post(url, {"text": "Акт № 5 от 4 марта"}).status_code == 302
    assert InfoRequest.objects.get().answer == "Акт № 5 от 4 марта"
    assert client.get(url).status_code == 404
    assert client.get("/a/requests/wrong/").status_code == 404


def test_a_request_taken_back_closes_its_link(
    centre: Centre, case: Appeal, mailbox: ChannelAccount, client: Client
) -> None:
    post(
        centre.operator, case, "inquiry",
        kind="task", email="master@zaozersk.test", text="Огородите", due_on=DUE,
    )  # fmt: skip
    asked = InfoRequest.objects.get()
    post(centre.operator, case, "inquiry_cancel", request=asked.pk)
    sent = OutboundMessage.objects.get(purpose="task")
    found = re.search(r"/a/requests/[\w-]+/", sent.text)
    assert found is not None
    assert "Запрос отозван" in client.get(found.group()).content.decode()


def text_of(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def answer_to(
    letter: EmailMessage, box: ChannelAccount, server: MailServer, text: str, own: str = "<a@b.c>"
) -> InboundMessage:
    """Answer a letter as a mail program would; what came of it."""
    reply = EmailMessage()
    reply["From"], reply["To"] = str(letter["To"]), box.settings["address"]
    reply["Subject"], reply["Message-ID"] = f"Re: {letter['Subject']}", own
    reply["In-Reply-To"] = reply["References"] = str(letter["Message-ID"])
    reply.set_content(text)
    server.deliver(reply.as_bytes(), box.settings["address"])
    channels.poll_account(box.pk)
    return InboundMessage.objects.latest("pk")
