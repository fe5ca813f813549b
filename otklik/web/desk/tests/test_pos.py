"""Exchange with ПОС through the desk: four kinds of content and their state."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import docx
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from otklik.base import clock
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.casework.consultations import actions
from otklik.casework.consultations.models import Comment, Consultation, Option, ResultsFile
from otklik.casework.consultations.queries import protocols_of
from otklik.casework.consultations.vocabulary import CommentState, ConsultationState
from otklik.casework.intake.models import Difference, ImportRun
from otklik.directory.organisation.models import Role
from otklik.directory.organisation.queries import access_of
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.exchange.channels.models import OutboundMessage
from otklik.exchange.channels.vocabulary import ChannelKind, OutboundState, Purpose
from otklik.exchange.notifications.models import Notice
from otklik.records.journal.models import Entry
from otklik.web.desk.tests.conftest import OPERATOR, Centre, Person, make_person
from otklik.web.look.tests.counting import counts_of, grown, longer, over, sizes_of, views_of

FileAppeal = Callable[..., Appeal]
pytestmark = pytest.mark.django_db
PEREVOZ, NOVO = "pereslavl:1.1.1", "novoduginsky:1.1.4"
LINK = "https://pos.gosuslugi.ru/lkp/polls/12345/"
PAGES = {
    "desk:pos": 38,
    "desk:pos_events": 9,
    "desk:pos_events?tab=draft": 9,
    "desk:pos_event": 14,
    "desk:pos_event_new": 12,
    "desk:pos_event_edit": 15,
    "desk:pos_file": 9,
}


def officer(centre: Centre, name: str, *channels: str) -> Person:
    """Somebody whose role is limited to these channels."""
    made = make_person(centre.municipality, name, OPERATOR)
    Role.objects.filter(label=name).update(channels=list(channels))
    access = access_of(made.account, centre.municipality.pk, clock.today())
    return Person(made.account, access, made.client)


@pytest.fixture
def pos(centre: Centre) -> Person:
    return officer(centre, "Посова Вера Ильинична", "pos")


@pytest.fixture
def networks(centre: Centre) -> Person:
    return officer(centre, "Сетев Пётр Ильич", "incident", "vk")


def form(**more: Any) -> dict[str, Any]:
    today = clock.today()
    return {
        "kind": "vote", "title": "Сквер у школы", "question": "Что сделать в сквере сначала?",
        "options": "Дорожки\nОсвещение", "starts_on": today, "ends_on": today + timedelta(days=2),
        "basis": "Постановление администрации от 01.02.2026 № 14", "responsible": "", **more,
    }  # fmt: skip


def prepared(person: Person, **more: Any) -> Consultation:
    answer = person.client.post(reverse("desk:pos_event_new"), form(**more))
    assert answer.status_code == 302, answer.content.decode()
    return Consultation.objects.latest("pk")


def go(person: Person, one: Consultation, name: str, **sent: Any) -> str:
    """Take a step; the page after it."""
    url = reverse(f"desk:pos_{name}", args=[one.pk])
    answer = person.client.post(url, sent, follow=True)
    one.refresh_from_db()
    return answer.content.decode().replace("\xa0", " ")


def placed(person: Person, **more: Any) -> Consultation:
    one = prepared(person, **more)
    go(person, one, "place", number="12345", link=LINK)
    return one


def portal(centre: Centre) -> str:
    url = reverse("portal:consultations", args=[centre.municipality.slug])
    return Client().get(url).content.decode()


def csv_file(text: str, name: str = "итоги.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode("cp1251"))


def line_of(answer: Any, kind: str) -> Any:
    rows = {row["line"].kind: row["line"] for row in answer.context["rows"]}
    return rows[kind]


@pytest.mark.clause(PEREVOZ)
@pytest.mark.clause(NOVO)
@pytest.mark.parametrize("kind", ["discussion", "survey", "vote"])
def test_an_event_goes_there_and_its_results_come_back(
    centre: Centre, pos: Person, kind: str
) -> None:
    one = prepared(pos, kind=kind, responsible=pos.account.pk)
    assert "Сквер у школы" not in portal(centre)
    shown = pos.client.get(reverse("desk:pos_event", args=[one.pk])).content.decode()
    assert 'data-copy="Дорожки\nОсвещение"' in shown
    made = pos.client.post(reverse("desk:pos_sheet", args=[one.pk]))
    words = [part.text for part in docx.Document(io.BytesIO(made.content)).paragraphs]
    assert {"Сквер у школы", "Что сделать в сквере сначала?", "1. Дорожки"} <= set(words)
    go(pos, one, "place", number="12345", link=LINK)
    assert one.state == ConsultationState.RUNNING
    assert LINK in portal(centre)
    go(pos, one, "finish")
    assert "Итоги подводятся" in portal(centre)
    book = openpyxl.Workbook()
    votes, said = book.active, book.create_sheet("Комментарии")
    assert votes is not None
    for row in (["Всего участников", 154], [], ["Вариант ответа", "Количество голосов", "Доля"],
                ["Дорожки", 100, "65 %"], ["Освещение", 54, "35 %"], ["Итого", 154]):  # fmt: skip
        votes.append(row)
    for row in (["Номер", "Автор", "Комментарий", "Дата"],
                ["К-1", "Иванова Мария", "У школы не горит фонарь", "03.03.2026"]):  # fmt: skip
        said.append(row)
    out = io.BytesIO()
    book.save(out)
    file = SimpleUploadedFile("итоги.xlsx", out.getvalue())
    assert "Голоса приняты, 1 новый комментарий" in go(pos, one, "results_file", file=file)
    assert one.participants == 154
    assert list(one.options.values_list("votes", flat=True)) == [100, 54]
    assert "100" not in portal(centre)
    go(pos, one, "publication", conclusion="Начнём с дорожек")
    page = portal(centre)
    assert all(words in page for words in ("100", "65", "Начнём с дорожек", LINK))
    assert "Иванова" not in page
    assert "фонарь" not in page
    steps = Entry.objects.filter(subject="consultation", subject_id=one.pk).order_by("pk")
    assert list(steps.values_list("name", flat=True)) == [
        "ConsultationSaved", "ConsultationExported", "ConsultationPlaced", "ConsultationStarted",
        "ConsultationFinished", "ConsultationResultsKept", "ConsultationFileRead",
        "ConsultationPublished",
    ]  # fmt: skip


@pytest.mark.clause(PEREVOZ)
@pytest.mark.clause(NOVO)
def test_a_comment_becomes_a_case_of_pos_once(centre: Centre, pos: Person) -> None:
    one = placed(pos, kind="discussion", options="")
    text = "Номер;Автор;Комментарий;Дата\nК-1;Иванова Мария;Не горит фонарь;03.03.2026\n"
    text += "К-2;Петров Пётр;Хорошо;03.03.2026\nК-3;Петров Пётр;Плохо;вчера\n"
    shown = go(pos, one, "results_file", file=csv_file(text))
    assert "не принято: 1 строка" in shown
    assert "Исправьте дату комментария." in shown
    assert "Иванова Мария" in shown
    go(pos, one, "results_file", file=csv_file(text))
    assert Comment.objects.count() == 2
    lamp, fine = Comment.objects.order_by("external_id")
    for comment, decision in ((lamp, "case"), (lamp, "case"), (fine, "note")):
        url = reverse("desk:pos_comment", args=[one.pk, comment.pk])
        pos.client.post(url, {"decision": decision})
    case = Appeal.objects.get()
    assert (case.channel, case.regime, case.text) == ("pos", "pos", "Не горит фонарь")
    assert case.applicant is not None
    assert case.applicant.name == "Иванова Мария"
    states = Comment.objects.order_by("external_id").values_list("state", "author")
    assert list(states) == [(CommentState.CASE, ""), (CommentState.NOTED, "")]


@pytest.mark.clause(PEREVOZ)
@pytest.mark.clause(NOVO)
def test_the_officer_sees_the_state_of_all_four(
    centre: Centre, pos: Person, file_appeal: FileAppeal
) -> None:
    ours = file_appeal("Темно во дворе", channel=Channel.POS, regime=Regime.POS)
    file_appeal("Секретная яма", channel=Channel.INCIDENT, regime=Regime.INCIDENT)
    now = clock.now()
    ImportRun.objects.create(
        municipality=centre.municipality, source="pos", file_name="a.csv", file_sha256="0",
        state="done", refused=3, actor_label="Посова", started_at=now, touched_at=now,
        finished_at=now,
    )  # fmt: skip
    Difference.objects.create(
        municipality=centre.municipality, appeal=ours, source="pos", kind="closed_there",
        here="в работе", seen_at=now,
    )  # fmt: skip
    answer = waits(centre, ours)
    prepared(pos)
    one = placed(pos, kind="discussion")
    go(pos, one, "finish")
    page = pos.client.get(reverse("desk:pos"))
    messages = line_of(page, "messages")
    assert (messages.to_carry, messages.waiting, messages.differing, messages.failed) == (
        1,
        1,
        1,
        3,
    )
    assert messages.imported_at == messages.succeeded_at == now
    assert ["Посова" in name for name in messages.people] == [True]
    assert line_of(page, "polls").to_carry == 1
    assert line_of(page, "discussions").waiting == 1
    assert line_of(page, "discussions").exported_at
    reactions = line_of(page, "reactions")
    assert (reactions.waiting, reactions.mine) == (1, False)
    assert "Секретная яма" not in page.content.decode()
    pos.client.post(reverse("desk:carry"), {"channel": "pos"})
    pos.client.post(reverse("desk:placed", args=[answer.pk]))
    messages = line_of(pos.client.get(reverse("desk:pos")), "messages")
    assert messages.to_carry == 0
    assert messages.exported_at
    assert messages.succeeded_at > now


@pytest.mark.clause(NOVO)
def test_who_answers_for_networks_sees_reactions_alone(
    centre: Centre, pos: Person, networks: Person, file_appeal: FileAppeal
) -> None:
    one = placed(pos)
    file_appeal("Пропала вода", channel=Channel.INCIDENT, regime=Regime.INCIDENT)
    page = networks.client.get(reverse("desk:pos"))
    assert [row["line"].kind for row in page.context["rows"]] == ["reactions"]
    assert "Пропала вода" in page.content.decode()
    assert "Сетев" in line_of(page, "reactions").people[0]
    for url in (reverse("desk:pos_events"), reverse("desk:pos_event", args=[one.pk])):
        assert networks.client.get(url).status_code == 403
    go(networks, one, "finish")
    assert one.state == ConsultationState.RUNNING
    mailer = officer(centre, "Почтова Анна Ильинична", "email")
    assert mailer.client.get(reverse("desk:pos")).status_code == 403
    assert reverse("desk:pos") not in mailer.client.get(reverse("desk:today")).content.decode()
    assert networks.client.get("/desk/pos/events/new/").status_code == 403


@pytest.mark.clause(PEREVOZ)
def test_the_calendar_starts_reminds_and_ends(centre: Centre, pos: Person) -> None:
    today, place = clock.today(), centre.municipality.pk
    since, until = today + timedelta(days=1), today + timedelta(days=9)
    one = placed(pos, starts_on=since, ends_on=until, responsible=pos.account.pk)
    assert one.state == ConsultationState.PLACED

    def on(day: date) -> tuple[int, int]:
        moved = actions.advance(municipality_id=place, today=day)
        told = actions.remind(municipality_id=place, today=day)
        one.refresh_from_db()
        return moved, told

    assert on(since) == (1, 0)
    assert one.state == ConsultationState.RUNNING
    assert on(until - timedelta(days=3)) == (0, 1)
    assert on(until) == (0, 0)
    assert "Сквер у школы" in Notice.objects.get(account=pos.account).text
    assert on(until + timedelta(days=1)) == (1, 0)
    assert one.state == ConsultationState.FINISHED


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Вариант ответа;Голосов\nДорожки;10\nКачели;1\n", "Варианта «Качели» в мероприятии нет."),
        ("Вариант ответа;Голосов\nДорожки;много\nОсвещение;1\n", "не прочитано"),
        ("Всего участников;5\nВариант ответа;Голосов\nДорожки;9\nОсвещение;1\n", "больше голосов"),
        ("Фамилия;Адрес\nИванов;Мира, 1\n", "В файле нет итогов"),
        ("", "Файл не выбран"),
    ],
)
def test_a_bad_file_of_results_changes_nothing(
    centre: Centre, pos: Person, text: str, said: str
) -> None:
    one = placed(pos)
    file = {"file": csv_file(text)} if text else {}
    assert said in go(pos, one, "results_file", **file)
    assert one.results_at is None
    assert not Option.objects.filter(votes__isnull=False).exists()


def test_results_by_hand_protocol_and_refusals(centre: Centre, pos: Person) -> None:
    assert "Вариантов ответа меньше двух" in refused(pos, options="Один")
    assert "Окончание раньше начала" in refused(pos, ends_on=date(2020, 1, 1))
    one = prepared(pos)
    assert "Это не ссылка на Госуслуги" in go(pos, one, "place", link="https://example.com/")
    go(pos, one, "place", number="1")
    assert "нельзя" in pos.client.get(f"/desk/pos/events/{one.pk}/editing/").content.decode()
    bad = {"participants": "5", "votes1": "4", "votes2": "4"}
    assert "Голосов всего 8, а участников 5" in go(pos, one, "results", **bad)
    assert "Число не прочитано" in go(pos, one, "results", **{**bad, "votes2": "-1"})
    go(pos, one, "results", **{**bad, "votes2": "1"})
    assert (one.participants, one.results_from) == (5, "hand")
    assert "уже в состоянии" in go(pos, one, "publication")
    protocol = SimpleUploadedFile("протокол.pdf", b"%PDF-1.4\n%%EOF\n")
    assert "протокол.pdf" in go(pos, one, "protocol", file=protocol)
    assert "протокол" not in portal(centre)
    other = prepared(pos)
    assert "Напишите причину" in go(pos, other, "cancellation")
    go(pos, other, "cancellation", reason="Перенесли")
    assert other.state == ConsultationState.CANCELLED


def refused(person: Person, **more: Any) -> str:
    answer = person.client.post(reverse("desk:pos_event_new"), form(**more))
    assert answer.status_code == 200
    return answer.content.decode()


def waits(centre: Centre, case: Appeal) -> OutboundMessage:
    """An answer to place there by hand."""
    return OutboundMessage.objects.create(
        municipality=centre.municipality, case_id=case.pk, channel=ChannelKind.POS, text="Горит",
        purpose=Purpose.ANSWER, state=OutboundState.TO_CARRY, send_after=clock.now(), key="П-1",
        created_at=clock.now(), created_label="Оператор", reply_to=["П-1"], subject=case.number,
    )  # fmt: skip


def test_pages_ask_the_same_of_three_rows_and_of_thirty(
    centre: Centre, everyone: Person, file_appeal: FileAppeal
) -> None:
    one, draft = placed(everyone, kind="discussion"), prepared(everyone)
    go(everyone, one, "protocol", file=SimpleUploadedFile("п.pdf", b"%PDF-1.4\n%%EOF\n"))
    crowd(everyone, one, file_appeal, range(3))
    pages = {name: address(name, one, draft) for name in PAGES}
    few, short = counts_of(everyone.client, pages), sizes_of(everyone.client, pages)
    crowd(everyone, one, file_appeal, range(3, 30))
    many = counts_of(everyone.client, pages)
    assert grown(few, many) == {}
    assert over(many, PAGES) == {}
    grew = longer(short, sizes_of(everyone.client, pages))
    assert {"desk:pos", "desk:pos_events", "desk:pos_event"} <= grew


@pytest.fixture
def everyone(centre: Centre) -> Person:
    return make_person(
        centre.municipality, "Всемогущая Вера", dict.fromkeys(Permission, Scope.MUNICIPALITY)
    )


def crowd(person: Person, one: Consultation, file: FileAppeal, names: range) -> None:
    for n in names:
        prepared(person, title=f"Опрос {n}", responsible=person.account.pk)
        file(f"Яма {n}", channel=Channel.INCIDENT, regime=Regime.INCIDENT)
    text = "Номер;Комментарий\n" + "".join(f"К-{n};Слово {n}\n" for n in names)
    go(person, one, "results_file", file=csv_file(text))
    assert ResultsFile.objects.exists()


def address(name: str, one: Consultation, draft: Consultation) -> str:
    view, mark, query = name.partition("?")
    args: dict[str, list[int]] = {
        "desk:pos_event": [one.pk],
        "desk:pos_event_edit": [draft.pk],
        "desk:pos_file": [one.pk, protocol_of(one)],
    }
    return reverse(view, args=args.get(view, [])) + mark + query


def protocol_of(one: Consultation) -> int:
    """The one that was attached."""
    return int(protocols_of(one).get().pk)


def test_every_address_of_the_screen_is_counted() -> None:
    counted = {name.partition("?")[0] for name in PAGES}
    posts = {f"desk:pos_{name}" for name in (
        "sheet", "place", "finish", "results", "results_file", "protocol", "publication",
        "cancellation", "comment",
    )}  # fmt: skip
    assert set(views_of("otklik.web.desk.pos")) | posts == counted | posts
