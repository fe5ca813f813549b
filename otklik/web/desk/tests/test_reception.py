"""Personal reception at the desk: schedule, booking by phone, the list of a day, the card."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from otklik.base import clock
from otklik.casework.appeals.actions import NewApplicant
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel
from otklik.casework.reception import actions
from otklik.casework.reception.models import Category, Host, Hours, Visit
from otklik.casework.reception.vocabulary import Outcome, VisitState
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.records.journal.models import Entry, PersonalRead
from otklik.web.desk.tests.conftest import Centre, Person, make_person
from otklik.web.look.tests.counting import counts_of, grown, longer, over, sizes_of, views_of

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)
PAGES = {
    "desk:reception": 12,
    "desk:visits": 11,
    "desk:visit_new": 17,
    "desk:visit": 20,
    "desk:reception_schedule": 12,
    "desk:reception_host": 13,
    "desk:reception_categories": 9,
}
STEADY = {"desk:visit", "desk:visit_new", "desk:reception_categories"}
FILES = {"desk:reception_print": 12}
POSTS = {
    "desk:visit_cancel", "desk:visit_time", "desk:visit_missed", "desk:reception_hours",
    "desk:reception_closure", "desk:reception_hours_off",
}  # fmt: skip
RIGHTS = (Permission.RECEIVE, Permission.VIEW_PERSONAL, Permission.VIEW_APPEALS)


@pytest.fixture
def today() -> Iterator[None]:
    with clock.frozen(MONDAY):
        yield


@pytest.fixture
def clerk(today: None, centre: Centre) -> Person:
    return make_person(
        centre.municipality, "Приёмова Нина", dict.fromkeys(RIGHTS, Scope.MUNICIPALITY)
    )


@pytest.fixture
def host(clerk: Person) -> Host:
    """Written through the screens: Tuesdays 14:00–18:00 by twenty minutes."""
    form = {"name": "Белов Пётр Ильич", "position": "глава округа", "place": "кабинет 12",
            "horizon_days": "60", "is_active": "on", "body": ""}  # fmt: skip
    clerk.client.post(reverse("desk:reception_schedule"), form)
    made = Host.objects.get()
    hours = {"weekday": "1", "week": "0", "opens": "14:00", "closes": "18:00", "slot_minutes": "20"}
    clerk.client.post(reverse("desk:reception_hours", args=[made.pk]), hours)
    return made


def booked(clerk: Person, n: int = 1, **more: str) -> Visit:
    form = {
        "slot": f"2026-03-03T{14 + (n - 1) // 3}:{(n - 1) % 3 * 20:02d}:00+03:00",
        "name": f"Иванова Мария {n}", "phone": f"+7 900 000-00-{n:02d}",
        "question": "Когда отремонтируют мост", "via": "phone", **more,
    }  # fmt: skip
    answer = clerk.client.post(reverse("desk:visit_new"), form)
    assert answer.status_code == 302, answer.content.decode()
    return Visit.objects.latest("pk")


def shown(person: Person, name: str, *args: object, query: str = "") -> str:
    answer = person.client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200, name
    return answer.content.decode().replace("\u00a0", " ")


def card(*questions: dict[str, str], **more: str) -> dict[str, object]:
    form: dict[str, object] = {
        "identity_shown": "on", "q-TOTAL_FORMS": 3, "q-INITIAL_FORMS": 0, **more
    }  # fmt: skip
    for n, question in enumerate(questions):
        form.update({f"q-{n}-{name}": value for name, value in question.items()})
    return form


def test_booked_by_phone_and_seen_in_the_list_of_the_day(clerk: Person, host: Host) -> None:
    assert "14:00" in shown(clerk, "desk:visit_new")
    visit = booked(clerk)
    page = shown(clerk, "desk:reception", query="?day=2026-03-03")
    for words in ("Иванова Мария 1", "14:00", visit.number, "глава округа"):
        assert words in page
    again = clerk.client.post(
        reverse("desk:visit_new"),
        {"slot": "2026-03-03T14:00:00+03:00", "name": "Другой", "phone": "1", "question": "?",
         "via": "desk"},
    )  # fmt: skip
    assert "Это время уже занято" in again.content.decode()
    assert Visit.objects.count() == 1
    read = PersonalRead.objects.filter(purpose__contains="список дня")
    assert visit.number in read.latest("pk").purpose
    printed = clerk.client.get(reverse("desk:reception_print") + "?day=2026-03-03")
    assert printed.content.startswith(b"%PDF")
    assert PersonalRead.objects.filter(purpose__contains="печать").exists()


def test_moved_cancelled_and_missed(clerk: Person, host: Host) -> None:
    visit = booked(clerk)
    slot = {"slot": "2026-03-10T15:00:00+03:00"}
    clerk.client.post(reverse("desk:visit_time", args=[visit.pk]), slot)
    visit.refresh_from_db()
    assert visit.day == date(2026, 3, 10)
    clerk.client.post(reverse("desk:visit_cancel", args=[visit.pk]), {"reason": "передумал"})
    assert "передумал" in shown(clerk, "desk:visit", visit.pk)
    other = booked(clerk, 2)
    with clock.frozen(TUESDAY):
        clerk.client.post(reverse("desk:visit_missed", args=[other.pk]))
    other.refresh_from_db()
    assert other.state == VisitState.MISSED


def test_the_card_registers_what_was_handed_in_and_notes_what_was_said(
    clerk: Person, host: Host, centre: Centre
) -> None:
    visit = booked(clerk)
    assert "Карточка откроется в день приёма" in shown(clerk, "desk:visit", visit.pk)
    with clock.frozen(TUESDAY):
        url = reverse("desk:visit", args=[visit.pk])
        said = {"text": "Когда аптека", "outcome": Outcome.ORAL, "answer": "В мае"}
        paper = {"text": "Прошу починить мост", "outcome": Outcome.HANDED_IN}
        refused = clerk.client.post(url, card(said, paper)).content.decode()
        assert "нет согласия гражданина" in refused
        assert "Прошу починить мост" in refused
        clerk.client.post(url, card({**said, "consent": "on"}, paper))
        case = Appeal.objects.get()
        assert (case.channel, case.text) == (Channel.RECEPTION, "Прошу починить мост")
        assert case.due_at is not None
        page = shown(clerk, "desk:visit", visit.pk)
    assert f"№ {case.number}" in page
    assert "Гражданин согласен на устный ответ" in page
    assert "Документ предъявлен" in page
    assert Entry.objects.get(name="ReceptionHeld").case_id == case.pk


def test_out_of_turn_is_data_with_an_article(clerk: Person, host: Host) -> None:
    page = shown(clerk, "desk:reception_categories")
    assert "Сверьте с действующей редакцией" in page
    form = {"label": "Многодетные родители", "article": "закон области № 5", "is_active": "on"}
    clerk.client.post(reverse("desk:reception_categories"), form)
    kind = Category.objects.get(label="Многодетные родители")
    assert "Не применять" in page
    form = {"label": "Многодетные родители", "article": "закон области № 5"}
    clerk.client.post(reverse("desk:reception_categories"), form)
    page = shown(clerk, "desk:reception_categories")
    assert "не применяется" in page
    assert "Многодетные" not in shown(clerk, "desk:visit_new")
    clerk.client.post(reverse("desk:reception_categories"), {**form, "is_active": "on"})
    booked(clerk, 1)
    visit = booked(clerk, 2, slot="2026-03-03", category=str(kind.pk))
    assert visit.starts_at is None
    page = shown(clerk, "desk:reception", query="?day=2026-03-03")
    assert page.index("Иванова Мария 2") < page.index("Иванова Мария 1")


def test_closed_days_name_whom_to_move_and_hours_are_taken_off(clerk: Person, host: Host) -> None:
    visit = booked(clerk)
    url = reverse("desk:reception_closure", args=[host.pk])
    days = {"since": "2026-03-03", "until": "2026-03-04", "reason": "отпуск"}
    page = clerk.client.post(url, days, follow=True).content.decode()
    assert f"Перенесите записи: {visit.number}" in page
    assert "2026-03-03T14" not in shown(clerk, "desk:visit_new")
    line = Hours.objects.get()
    clerk.client.post(reverse("desk:reception_hours_off", args=[line.pk]), {"host": host.pk})
    assert not Hours.objects.exists()
    wrong = clerk.client.post(
        reverse("desk:reception_hours", args=[host.pk]), {"opens": "?"}, follow=True
    )
    assert wrong.status_code == 200
    assert not Hours.objects.exists()


def test_names_are_hidden_from_those_who_may_not_see_them(
    clerk: Person, host: Host, centre: Centre
) -> None:
    visit = booked(clerk)
    blind = make_person(
        centre.municipality, "Слепов Пётр", {Permission.RECEIVE: Scope.MUNICIPALITY}
    )
    before = PersonalRead.objects.count()
    for page in (shown(blind, "desk:reception", query="?day=2026-03-03"),
                 shown(blind, "desk:visit", visit.pk), shown(blind, "desk:visits")):  # fmt: skip
        assert "Иванова" not in page
        assert "имя скрыто" in page
    printed = blind.client.get(reverse("desk:reception_print") + "?day=2026-03-03")
    assert printed.status_code == 403
    assert PersonalRead.objects.count() == before
    assert centre.operator.client.get(reverse("desk:reception")).status_code == 403


def fill(clerk: Person, host: Host, centre: Centre, numbers: range) -> None:
    for n in numbers:
        actions.book(
            access=clerk.access,
            new=actions.NewVisit(
                host_id=host.pk, applicant=NewApplicant(name=f"Житель {n}", phone=f"8{n:010}"),
                question=f"Вопрос {n}", day=date(2026, 3, 3),
                category_id=Category.objects.earliest("pk").pk,
            ),
        )  # fmt: skip
        another = actions.save_host(
            access=clerk.access, new=actions.NewHost(name=f"Я{n}", place="кабинет")
        )
        hours = actions.NewHours(
            on=date(2026, 4, 1) + timedelta(days=n), opens=MONDAY.time(), closes=TUESDAY.time()
            .replace(hour=9),
        )  # fmt: skip
        for kept in (host, another):
            actions.open_hours(access=clerk.access, host_id=kept.pk, new=hours)


def test_pages_ask_the_same_of_three_rows_and_of_thirty(
    clerk: Person, host: Host, centre: Centre
) -> None:
    visit = booked(clerk)
    keys = {"desk:visit": [visit.pk], "desk:reception_host": [host.pk]}
    pages = {name: reverse(name, args=keys.get(name)) for name in (*PAGES, *FILES)}
    for name in ("desk:reception", "desk:reception_print"):
        pages[name] += "?day=2026-03-03"
    fill(clerk, host, centre, range(1, 4))
    few, short = counts_of(clerk.client, pages), sizes_of(clerk.client, pages)
    fill(clerk, host, centre, range(4, 31))
    many = counts_of(clerk.client, pages)
    assert grown(few, many) == {}
    assert over(many, {**PAGES, **FILES}) == {}
    assert set(PAGES) - STEADY <= longer(short, sizes_of(clerk.client, pages))


def test_all_visits_are_paged_by_key(clerk: Person, host: Host, centre: Centre) -> None:
    fill(clerk, host, centre, range(1, 56))
    first = clerk.client.get(reverse("desk:visits")).context
    second = clerk.client.get(reverse("desk:visits") + first["next_url"]).context
    numbers = [row["visit"].number for page in (first, second) for row in page["rows"]]
    assert len(numbers) == len(set(numbers)) == 55
    assert second["next_url"] == ""


def test_every_address_of_the_screen_is_counted() -> None:
    assert set(views_of("otklik.web.desk.reception")) == {*PAGES, *FILES, *POSTS}
