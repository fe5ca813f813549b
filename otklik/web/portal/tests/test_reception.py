"""A citizen books a reception without scripts, moves it and gives it up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from otklik.base import clock
from otklik.casework.appeals.actions import NewApplicant
from otklik.casework.reception.actions import NewHost, NewHours, NewVisit, open_hours, save_host
from otklik.casework.reception.actions import book as make_visit
from otklik.casework.reception.models import Category, Host, Visit
from otklik.casework.reception.vocabulary import BookedVia, VisitState
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.records.journal.models import Entry
from otklik.web.look.tests.counting import counts_of, grown, longer, over, sizes_of, views_of

pytestmark = pytest.mark.django_db
PAGES = {
    "portal:reception": 4,
    "portal:reception-book": 14,
    "portal:reception-find": 2,
    "portal:reception-visit": 14,
}
POSTS = {"portal:reception-time", "portal:reception-cancel"}
MONDAY = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
SLOT = "2026-03-03T14:00:00+10:00"


@pytest.fixture(autouse=True)
def host() -> Iterator[Host]:
    """A centre far in the east: its hours are its own."""
    cache.clear()
    place = Municipality.objects.create(
        slug="zaozersk", name="Заозёрский округ", short_name="Заозёрский округ",
        kind="municipal_okrug", region="Край", time_zone="Asia/Vladivostok",
    )  # fmt: skip
    with clock.frozen(MONDAY):
        access = Access.system(place.pk)
        made = save_host(access=access, new=NewHost(name="Белов Пётр Ильич", place="кабинет 12"))
        open_hours(
            access=access, host_id=made.pk, new=NewHours(weekday=1, opens=time(14), closes=time(15))
        )
        yield made


def book(client: Client, host: Host, **more: str) -> str:
    """Send the form as a browser would; the page after it."""
    url = f"/m/zaozersk/reception/{host.pk}/"
    token = re.search(r'name="form_token" value="([^"]+)"', client.get(url).content.decode())
    assert token
    form = {"slot": SLOT, "question": "Мост", "name": "Иванова Мария", "phone": "+7 900 1",
            "form_token": token.group(1), **more}  # fmt: skip
    return str(client.post(url, form, follow=True).content.decode())


def test_the_slip_has_a_number_and_a_code_that_open_the_visit(client: Client, host: Host) -> None:
    assert "Записаться на личный приём" in client.get("/m/zaozersk/").content.decode()
    assert "вторник" in client.get("/m/zaozersk/reception/").content.decode()
    page = book(client, host)
    number = re.search(r"ЛП-\d+/\d\d", page)
    code = re.search(r"[А-Я0-9]{5}-[А-Я0-9]{5}", page)
    assert number
    assert code
    assert "14:00" in page
    made = Visit.objects.get()
    assert made.via == BookedVia.SITE
    other = Client()
    assert other.get("/reception/visit/").status_code == 302
    wrong = other.post("/reception/", {"number": number.group(0), "code": "ААААА-ААААА"})
    assert "Записи с таким номером и кодом нет" in wrong.content.decode()
    given = {"number": number.group(0), "code": code.group(0).lower()}
    found = other.post("/reception/", given, follow=True)
    assert "14:00" in found.content.decode()
    assert "no-store" in found["Cache-Control"]
    other.post("/reception/visit/time/", {"slot": "2026-03-10T14:20:00+10:00"})
    made.refresh_from_db()
    assert made.day.day == 10
    other.post("/reception/visit/cancellation/")
    made.refresh_from_db()
    assert made.state == VisitState.CANCELLED
    assert Entry.objects.filter(name="VisitCancelled", actor_label="Заявитель").exists()


def test_the_same_form_twice_is_one_visit_and_a_taken_place_is_told(
    client: Client, host: Host
) -> None:
    url = f"/m/zaozersk/reception/{host.pk}/"
    form = {"slot": SLOT, "question": "Мост", "name": "Иванова", "phone": "1", "form_token": "т"}
    client.post(url, form)
    client.post(url, {**form, "slot": "2026-03-03T14:20:00+10:00"})
    assert Visit.objects.count() == 1
    taken = book(Client(), host, phone="2")
    assert "Это время только что заняли" in taken
    assert "Мост" in taken
    assert Visit.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"phone": ""}, "Не указано, как с вами связаться"),
        ({"slot": "2026-03-03"}, "Не выбрано время"),
        ({"slot": ""}, "Выберите день и время"),
        ({"website": "spam"}, "только роботы"),
    ],
)
def test_what_is_missing_is_said(
    client: Client, host: Host, more: dict[str, str], said: str
) -> None:
    assert said in book(client, host, **more)
    assert not Visit.objects.exists()


def test_robots_are_stopped_after_ten(client: Client, host: Host) -> None:
    for n in range(10):
        book(client, host, phone=str(n), slot="2026-03-03")
    assert "Слишком много попыток" in book(client, host, phone="11")


def test_another_centre_does_not_show_this_host(client: Client, host: Host) -> None:
    Municipality.objects.create(
        slug="other", name="Другой", short_name="Другой", kind="settlement", region="Край"
    )
    assert client.get(f"/m/other/reception/{host.pk}/").status_code == 404
    assert "Записи на приём пока нет" in client.get("/m/other/reception/").content.decode()


def fill(host: Host, numbers: range) -> None:
    """More people who receive, more days, more visits."""
    access = Access.system(host.municipality_id)
    for n in numbers:
        another = save_host(access=access, new=NewHost(name=f"Я{n}", place="зал"))
        hours = NewHours(on=date(2026, 3, 1) + timedelta(days=n), opens=time(9), closes=time(10))
        for one in (host, another):
            open_hours(access=access, host_id=one.pk, new=hours)
        visit = NewVisit(
            host_id=host.pk, applicant=NewApplicant(name="Я", phone=f"{n}"), question="?",
            day=date(2026, 3, 3), category_id=Category.objects.earliest("pk").pk,
        )  # fmt: skip
        make_visit(access=access, new=visit)


def test_pages_ask_the_same_of_three_rows_and_of_thirty(client: Client, host: Host) -> None:
    book(client, host, phone="+7 1")
    keys: dict[str, list[object]] = {
        "portal:reception": ["zaozersk"],
        "portal:reception-book": ["zaozersk", host.pk],
    }
    pages = {name: reverse(name, args=keys.get(name)) for name in PAGES}
    fill(host, range(1, 4))
    few, short = counts_of(client, pages), sizes_of(client, pages)
    fill(host, range(4, 29))
    many = counts_of(client, pages)
    assert grown(few, many) == {}
    assert over(many, PAGES) == {}
    assert set(PAGES) - {"portal:reception-find"} <= longer(short, sizes_of(client, pages))


def test_every_address_of_reception_is_counted() -> None:
    assert set(views_of("otklik.web.portal.reception")) == {*PAGES, *POSTS}
