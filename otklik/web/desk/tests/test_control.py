"""Control at the desk: the board, many cases at once with undo, the discipline log, reminders."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta

import openpyxl
import pytest
from django.conf import settings
from django.urls import reverse

from otklik.base import clock
from otklik.casework.appeals.actions import assign_executor
from otklik.casework.appeals.models import Appeal
from otklik.casework.control.actions import apply_bulk, take_back
from otklik.casework.control.models import BulkRun, EscalationStep
from otklik.casework.quality.actions import NewFault, mark_fault, note_missed_terms
from otklik.casework.quality.vocabulary import FaultKind
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.directory.territory.models import Settlement
from otklik.exchange.channels.models import ChannelAccount, InboundMessage
from otklik.exchange.notifications.models import Notice
from otklik.records.journal.queries import story_of
from otklik.web.desk.control.discipline import span_words
from otklik.web.desk.control.views import FIRST_GROUPS
from otklik.web.desk.tests.conftest import HEAD, Centre, Person, make_person
from otklik.web.desk.tests.crowd import add_reply
from otklik.web.look.tests.counting import counts_of, grown, longer, over, sizes_of, views_of

FileAppeal = Callable[..., Appeal]
pytestmark = pytest.mark.django_db

PAGES = {
    "desk:control": 18,
    "desk:control?by=person": 20,
    "desk:control?by=block": 18,
    "desk:control?by=settlement": 18,
    "desk:control?by=channel": 18,
    "desk:control?urgency=breaking": 18,
    "desk:bulk": 12,
    "desk:discipline": 16,
    "desk:discipline_file": 16,
    "desk:reaction": 13,
    "desk:control_channels": 20,
    "desk:conversations": 24,
    "desk:conversations?state=waiting&group=Дороги": 24,
    "desk:escalation": 14,
}
STEADY = {
    "desk:conversations?state=waiting&group=Дороги",
    "desk:control?by=channel",
    "desk:control?urgency=breaking",
    "desk:control_channels",
}
POSTS = {"desk:bulk_undo", "desk:escalation_drop"}
CONTROLS = {**HEAD, Permission.EXTEND: Scope.MUNICIPALITY, Permission.SET_UP: Scope.MUNICIPALITY}


@pytest.fixture
def head(centre: Centre) -> Person:
    return make_person(centre.municipality, "Главнова Нина Ильинична", CONTROLS)


@pytest.fixture
def case(centre: Centre, file_appeal: FileAppeal) -> Appeal:
    made = file_appeal()
    assign_executor(access=centre.head.access, appeal_id=made.pk, body_id=centre.roads.pk)
    return made


def text_of(person: Person, url: str) -> str:
    response = person.client.get(url)
    assert response.status_code == 200, url
    return response.content.decode().replace("\u00a0", " ")


def overdue(appeal: Appeal, days: int = 3) -> Appeal:
    """Its term ended some days ago."""
    ended = clock.now() - timedelta(days=days)
    Appeal.objects.filter(pk=appeal.pk).update(due_at=ended)
    appeal.deadlines.filter(kind="answer").update(due_at=ended)
    return appeal


@pytest.mark.clause("ust-kubinsky:3.1.d.1", "novoduginsky:1.2.a.4")
def test_the_board_marks_terms_by_word_per_recipient(
    centre: Centre, head: Person, case: Appeal, file_appeal: FileAppeal
) -> None:
    overdue(case)
    page = text_of(head, reverse("desk:control"))
    for words in ("Просрочено", "Сорвётся завтра", "По населённым пунктам", "Дорожная служба"):
        assert words in page
    assert "ответ не начат" in page
    mine = text_of(head, f"{reverse('desk:control')}?by=body&key={centre.roads.pk}&urgency=overdue")
    assert case.number in mine
    other = text_of(head, f"{reverse('desk:control')}?by=body&key={centre.water.pk}")
    assert case.number not in other
    mark_fault_of(head, centre, case)
    note_missed_terms(municipality_id=centre.municipality.pk, now=clock.now())
    log = text_of(head, reverse("desk:discipline"))
    assert "ошибок — 1, возвратов — 0" in log


def test_the_worst_recipients_come_first_and_the_others_on_demand(
    centre: Centre, head: Person, file_appeal: FileAppeal
) -> None:
    bodies = Body.objects.bulk_create(
        Body(municipality=centre.municipality, name=f"Служба {n}", kind="institution")
        for n in range(FIRST_GROUPS + 2)
    )
    for n, body in enumerate(bodies):
        case = file_appeal(f"Яма {n}")
        assign_executor(access=centre.head.access, appeal_id=case.pk, body_id=body.pk)
        # The last ones have nothing overdue.
        if n < FIRST_GROUPS:
            overdue(case)
    page = reverse("desk:control")
    first = text_of(head, page)
    hidden = {body for body in bodies[FIRST_GROUPS:] if f"{body.name}</a>" not in first}
    assert hidden == set(bodies[FIRST_GROUPS:])
    assert "Показать ещё 2 строки" in first
    chosen = text_of(head, f"{page}?by=body&key={bodies[-1].pk}")
    assert f"{bodies[-1].name}</a>" in chosen
    assert "Показать ещё 1 строку" in chosen
    every = text_of(head, f"{page}?by=body&groups=all")
    assert all(f"{body.name}</a>" in every for body in bodies)
    assert "Показать ещё" not in every


def mark_fault_of(head: Person, centre: Centre, case: Appeal) -> None:
    keeper = make_person(
        centre.municipality, "Орлова Вера",
        dict.fromkeys((Permission.VIEW_APPEALS, Permission.QUALITY), Scope.MUNICIPALITY),
    )  # fmt: skip
    mark_fault(
        access=keeper.access, appeal_id=case.pk, new=NewFault(kind=FaultKind.FORMAL, essence="—")
    )


@pytest.mark.clause("ust-kubinsky:4.5.1", "novoduginsky:2.3.6")
def test_the_head_reassigns_chosen_cases_and_may_undo_it(
    centre: Centre, head: Person, case: Appeal, file_appeal: FileAppeal
) -> None:
    other = file_appeal("Яма у школы")
    assert "Ждут моего решения" in text_of(head, reverse("desk:today"))
    form = {"verb": "reassign", "body": centre.water.pk, "case": [case.pk, other.pk]}
    done = head.client.post(reverse("desk:control"), form, follow=True)
    run = BulkRun.objects.get()
    assert reverse("desk:bulk_undo", args=[run.pk]) in done.content.decode()
    head.client.post(reverse("desk:bulk_undo", args=[run.pk]))
    assert finish(run).state == "cancelled"
    case.refresh_from_db()
    assert case.executor_body == centre.roads
    head.client.post(reverse("desk:control"), form)
    again = finish(BulkRun.objects.latest("pk"))
    assert again.state == "done"
    case.refresh_from_db()
    assert case.executor_body == centre.water
    assert "Исполнитель — Водоканал" in text_of(head, reverse("desk:bulk", args=[again.pk]))


def finish(run: BulkRun) -> BulkRun:
    """What the worker does when the time of undoing is over."""
    with clock.frozen(clock.now() + timedelta(seconds=settings.UNDO_SECONDS + 1)):
        return apply_bulk(run_id=run.pk)


def test_a_finished_change_is_undone_on_its_page(
    centre: Centre, head: Person, case: Appeal, file_appeal: FileAppeal
) -> None:
    other = file_appeal("Яма у школы")
    form = {"verb": "reassign", "body": centre.water.pk, "case": [case.pk, other.pk]}
    head.client.post(reverse("desk:control"), form)
    run = finish(BulkRun.objects.get())
    page = reverse("desk:bulk", args=[run.pk])
    assert "Можно отменить" in text_of(head, page)
    with clock.frozen(clock.now() + timedelta(minutes=5)):
        done = head.client.post(reverse("desk:bulk_undo", args=[run.pk]), follow=True)
        assert "Отменяется" in done.content.decode()
        take_back(run_id=run.pk)
        shown = text_of(head, page)
    assert "возвращено — 2, осталось — 0" in shown
    assert "Исполнитель снова — Дорожная служба" in shown
    assert "Можно отменить" not in shown
    case.refresh_from_db()
    assert case.executor_body == centre.roads


def test_what_was_typed_is_shown_again_when_it_is_refused(head: Person, case: Appeal) -> None:
    form = {"verb": "extend", "days": "10", "reason": "ждём акт", "case": [case.pk]}
    answer = head.client.post(reverse("desk:control"), form)
    page = answer.content.decode()
    assert "Не указаны причина продления и уведомление." in page
    assert "ждём акт" in page
    assert f'value="{case.pk}" form="bulk" aria-label="Выбрать {case}" checked' in page.replace(
        "\u00a0", " "
    )
    assert not BulkRun.objects.exists()


def test_all_of_the_page_may_be_chosen_without_scripts(head: Person, case: Appeal) -> None:
    form = {"verb": "remind", "all": "1", "shown": [case.pk], "text": "Доложите."}
    head.client.post(reverse("desk:control"), form)
    assert [row.appeal_id for row in BulkRun.objects.get().rows.all()] == [case.pk]


@pytest.mark.clause("ust-kubinsky:4.11", "dedovichi:15.3")
def test_the_log_shows_who_held_the_case_and_is_exported(
    centre: Centre, head: Person, case: Appeal
) -> None:
    overdue(case)
    note_missed_terms(municipality_id=centre.municipality.pk, now=clock.now())
    page = text_of(head, reverse("desk:discipline"))
    assert case.number in page
    assert "Белов П. И." in page
    book = openpyxl.load_workbook(
        io.BytesIO(head.client.get(reverse("desk:discipline_file")).content)
    )
    assert book.sheetnames == ["Нарушения сроков", "Органы", "Сотрудники"]
    row = [cell.value for cell in book.worksheets[0][2]]
    assert row[4] == "Дорожная служба"
    assert "по настоящее время" in str(row[6])
    liaison = make_person(
        centre.municipality, "Связной Пётр",
        dict.fromkeys((Permission.VIEW_APPEALS, Permission.CONTROL), Scope.BODY), centre.roads,
    )  # fmt: skip
    assert case.number in text_of(liaison, reverse("desk:discipline"))
    assert centre.executor.client.get(reverse("desk:discipline")).status_code == 403


@pytest.mark.clause("ust-kubinsky:2.2.4", "ust-kubinsky:4.6.v.2")
def test_the_head_sees_first_reaction_and_the_queue_for_an_executor(
    centre: Centre, head: Person, case: Appeal, file_appeal: FileAppeal
) -> None:
    waiting = file_appeal("Темно у школы", received_at=clock.now() - timedelta(hours=5))
    page = text_of(head, reverse("desk:reaction"))
    assert waiting.number in page
    assert "Ждут исполнителя" in page
    assert span_words(timedelta(days=2, hours=5)) == "2\u00a0дн. 5\u00a0ч"
    assert (span_words(timedelta(minutes=35)), span_words(None)) == ("35\u00a0мин", "—")


@pytest.mark.clause("dedovichi:15.2", "dedovichi:13.4")
def test_a_contact_sees_terms_who_prepares_and_drafts_reminds_and_returns_a_weak_answer(
    centre: Centre, case: Appeal, file_appeal: FileAppeal
) -> None:
    rights = (Permission.VIEW_APPEALS, Permission.CONTROL, Permission.APPROVE)
    contact = make_person(
        centre.municipality, "Связной Пётр", dict.fromkeys(rights, Scope.BODY), centre.roads
    )
    assign_executor(
        access=centre.head.access, appeal_id=case.pk, body_id=centre.roads.pk,
        account_id=centre.executor.account.pk,
    )  # fmt: skip
    foreign = file_appeal("Протечка в подвале")
    overdue(case)
    board = text_of(contact, f"{reverse('desk:control')}?by=person")
    assert case.number in board
    assert "Дорожный И. П." in board
    assert foreign.number not in board
    contact.client.post(reverse("desk:control"), {"verb": "remind", "case": [case.pk]})
    assert finish(BulkRun.objects.get()).state == "done"
    assert Notice.objects.filter(account=centre.executor.account, case_id=case.pk).exists()
    reply = add_reply(centre, case, "on_approval")
    Appeal.objects.filter(pk=case.pk).update(status="on_approval")
    assert case.number in text_of(contact, f"{reverse('desk:replies')}?tab=approval")
    contact.client.post(
        reverse("desk:decision", args=[case.pk]),
        {"decision": "return", "reasons": ["no_dates"], "remark": "Назовите срок."},
    )
    reply.refresh_from_db()
    assert reply.status == "returned"
    assert "ответ возвращён на доработку" in text_of(contact, reverse("desk:control"))


@pytest.mark.clause("pereslavl:1.2.b")
def test_the_executor_is_reminded_from_the_card_which_keeps_the_time_of_each_step(
    centre: Centre, head: Person, case: Appeal
) -> None:
    url = reverse("desk:appeal", args=[case.pk])
    assert "Первая реакция" in text_of(head, url)
    head.client.post(
        reverse("desk:term_reminder", args=[case.pk]), {"text": "Нужен ответ сегодня."}
    )
    notice = Notice.objects.get(account=centre.executor.account, case_id=case.pk)
    assert "Нужен ответ сегодня." in notice.text
    shown = text_of(head, url)
    assert "Исполнителю напомнили о сроке (Дорожный И. П.): Нужен ответ сегодня." in shown
    moments = [entry.recorded_at for entry in story_of(case.pk)]
    assert moments == sorted(moments)
    assert len(moments) >= 3
    centre.executor.client.post(reverse("desk:term_reminder", args=[case.pk]))
    assert Notice.objects.filter(account=centre.executor.account, case_id=case.pk).count() == 1


def test_steps_and_quiet_hours_are_set_on_the_page(centre: Centre, head: Person) -> None:
    url = reverse("desk:escalation")
    assert "2 рабочих дня до срока" in text_of(head, url)
    head.client.post(
        url, {"form": "step", "amount": 4, "unit": "hours", "side": "before",
              "addressee": "executor"},
    )  # fmt: skip
    made = EscalationStep.objects.latest("pk")
    assert (made.amount, made.unit) == (4, "hours")
    head.client.post(reverse("desk:escalation_drop", args=[made.pk]))
    made.refresh_from_db()
    assert not made.is_active
    hours = {"form": "quiet", "digest_at": "07:00", "quiet_from": "19:00", "quiet_until": "08:00"}
    assert "Утренняя сводка попадает в тихие часы." in head.client.post(url, hours).content.decode()
    head.client.post(url, {**hours, "digest_at": "08:30"})
    assert "08:30" in text_of(head, url)
    assert centre.executor.client.get(url).status_code == 403


def test_pages_ask_the_same_of_three_rows_and_of_thirty(
    centre: Centre, head: Person, case: Appeal, file_appeal: FileAppeal
) -> None:
    crowd(centre, head, file_appeal, range(3))
    run = BulkRun.objects.latest("pk")
    pages = {name: address(name, run) for name in PAGES}
    few, short = counts_of(head.client, pages), sizes_of(head.client, pages)
    crowd(centre, head, file_appeal, range(3, 30))
    many = counts_of(head.client, pages)
    assert grown(few, many) == {}
    assert over(many, PAGES) == {}
    assert set(PAGES) - STEADY <= longer(short, sizes_of(head.client, pages)) | {"desk:bulk"}


def address(name: str, run: BulkRun) -> str:
    view, mark, query = name.partition("?")
    return reverse(view, args=[run.pk] if view == "desk:bulk" else []) + mark + query


def crowd(centre: Centre, head: Person, file: FileAppeal, names: range) -> None:
    """Overdue cases of many bodies, people and places, a bulk change and a step for each."""
    for n in names:
        place = centre.municipality
        body = Body.objects.create(municipality=place, name=f"Служба {n}", kind="institution")
        village = Settlement.objects.create(municipality=place, name=f"Село {n}", kind="village")
        made = file(f"Яма номер {n}")
        file(f"Ждёт исполнителя {n}")
        assign_executor(
            access=head.access, appeal_id=made.pk, body_id=body.pk, account_id=head.account.pk
        )
        Appeal.objects.filter(pk=made.pk).update(settlement=village)
        overdue(made)
        account = ChannelAccount.objects.create(municipality=place, kind="vk", title=f"Группа {n}")
        for case in (made.pk, None):
            InboundMessage.objects.create(
                received_at=clock.now(), taken_at=clock.now(), municipality_id=place.pk,
                account_id=account.pk, channel="vk", kind="comment", external_id=f"{n}-{case}",
                thread_key=f"{n}-{case}", text=f"Яма {n}", raw=b"", disposition="accepted",
                case_id=case,
            )  # fmt: skip
        head.client.post(reverse("desk:control"), {"verb": "remind", "case": [made.pk]})
        EscalationStep.objects.create(
            municipality=place, side="before", amount=n, unit="days", addressee="control"
        )
    note_missed_terms(municipality_id=centre.municipality.pk, now=clock.now())


def test_every_address_of_the_screen_is_counted() -> None:
    counted = {name.partition("?")[0] for name in PAGES}
    assert set(views_of("otklik.web.desk.control")) == counted | POSTS
