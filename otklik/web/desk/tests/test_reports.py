"""Papers at the desk: found in the catalogue, made, handed over in time, set to a schedule."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from otklik.base import clock
from otklik.casework.appeals.actions import assign_executor
from otklik.casework.appeals.models import Appeal
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.insight.reports.models import Note, Schedule
from otklik.web.desk.tests.conftest import Centre, Person, make_person

FileAppeal = Callable[..., Appeal]
KINDS = "/desk/reports/catalogue/"


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode().replace("\u00a0", " ")


@pytest.fixture
def cases(centre: Centre, file_appeal: FileAppeal) -> None:
    for text in ("Яма у школы на Садовой", "Яма у больницы, не проехать", "Темно у детского сада"):
        appeal = file_appeal(text, topic_id=centre.holes.pk)
        assign_executor(access=centre.head.access, appeal_id=appeal.pk, body_id=centre.roads.pk)


def make(person: Person, kind: str, **more: object) -> Note:
    today = clock.today()
    form = {"since": today - timedelta(days=6), "until": today, **more}
    response = person.client.post(f"{KINDS}{kind}/", form)
    assert response.status_code == 302, response.content.decode()
    return Note.objects.latest("pk")


def test_a_paper_goes_from_the_catalogue_to_its_addressee(centre: Centre, cases: None) -> None:
    client = centre.head.client
    assert "Ежемесячный свод по разделам классификатора" in page(client, KINDS)
    note = make(centre.head, "classifier")
    card = f"/desk/notes/{note.pk}/"
    assert "По разделам" in page(client, card)
    assert client.get(f"{card}files/xlsx/").content.startswith(b"PK")
    late = clock.today() - timedelta(days=2)
    client.post(f"{card}terms/", {"due_on": late, "recipient": "Глава округа"})
    assert note.full_number in page(client, "/desk/reports/?state=overdue")
    client.post(f"{card}signature/")
    wrong = {"to": "Глава округа", "on": clock.today() + timedelta(days=3), "way": "letter"}
    client.post(f"{card}delivery/", wrong)
    assert Note.objects.get().handed_over_at is None
    given = {"to": "Глава округа", "on": late, "way": "letter", "letter": "исх. № 7"}
    client.post(f"{card}delivery/", given)
    shown = page(client, card)
    assert "исх. № 7" in shown
    assert "с сопроводительным письмом" in shown
    assert note.full_number not in page(client, "/desk/reports/?state=overdue")
    assert note.full_number in page(client, "/desk/reports/?state=handed_over&kind=classifier")


def test_two_versions_are_compared(centre: Centre, cases: None) -> None:
    note = make(centre.head, "daily")
    address = f"/desk/notes/{note.pk}/"
    assert "Сравнивать не с чем" in page(centre.head.client, f"{address}versions/")
    centre.head.client.post(f"{address}parts/summary/", {"text": "Спокойный день."})
    shown = page(centre.head.client, f"{address}versions/?a=1&b=2")
    assert "<ins>Спокойный день.</ins>" in shown
    assert "<del>" in shown


def test_what_waits_for_words_is_asked_for(centre: Centre, cases: None) -> None:
    note = make(centre.head, "regional")
    address = f"/desk/notes/{note.pk}/"
    shown = page(centre.head.client, address)
    assert "Напишите сами" in shown
    assert "Реализация проектов и программ" in shown
    centre.head.client.post(f"{address}parts/projects/", {"text": "Проект «Дороги» идёт."})
    shown = page(centre.head.client, address)
    assert "Проект «Дороги» идёт." in shown
    assert "Напишите сами" not in shown


def test_a_schedule_is_set_at_the_desk(centre: Centre) -> None:
    address = "/desk/reports/schedules/pos/"
    form = {
        "on": "on", "step": "month", "day": "3", "hour": "8", "due_days": "6", "recipient": "ЦУР",
    }  # fmt: skip
    centre.head.client.post(address, form)
    kept = Schedule.objects.get()
    assert (kept.kind, kept.on, kept.day, kept.hour, kept.recipient) == ("pos", True, 3, 8, "ЦУР")
    assert "каждый месяц, 3-го числа в 8:00" in page(centre.head.client, "/desk/reports/schedules/")
    wrong = centre.head.client.post(address, {**form, "step": "week", "day": "9"})
    assert "Такого дня или часа нет" in wrong.content.decode()


def test_a_narrow_reporter_sees_his_own_and_sets_nothing(centre: Centre, cases: None) -> None:
    whole = make(centre.head, "classifier")
    rights = (Permission.VIEW_APPEALS, Permission.ANALYTICS, Permission.REPORT)
    narrow = make_person(
        centre.municipality, "Водный Олег Ильич", dict.fromkeys(rights, Scope.BODY), centre.water
    )
    assert whole.full_number not in page(narrow.client, "/desk/reports/")
    for address in ("", "versions/", "parts/summary/", "files/pdf/", "pictures/0/"):
        assert narrow.client.get(f"/desk/notes/{whole.pk}/{address}").status_code == 404
    assert "Квартальный отчёт для сайта" not in page(narrow.client, KINDS)
    today = clock.today()
    form = {"since": today, "until": today}
    refused = narrow.client.post(f"{KINDS}classifier/", form).content.decode()
    assert "писать не о чем" in refused, "cases of another body are nothing to him"
    narrow.client.post("/desk/reports/schedules/pos/", {"step": "month"})
    assert not Schedule.objects.exists()


def test_only_those_who_report(centre: Centre) -> None:
    for person in (centre.operator, centre.executor):
        for address in ("/desk/reports/", KINDS, f"{KINDS}pos/", "/desk/reports/schedules/"):
            assert person.client.get(address).status_code == 403
