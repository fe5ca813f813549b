"""The note at the desk: made, read, edited, signed, handed over, and only by those who may."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta

import docx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from otklik.base import clock
from otklik.casework.appeals.actions import assign_executor
from otklik.casework.appeals.models import Appeal
from otklik.insight.reports.catalogue import kind_of
from otklik.insight.reports.models import Note
from otklik.insight.reports.queries import plan_of
from otklik.records.journal.models import Entry
from otklik.web.desk.tests.conftest import Centre

FileAppeal = Callable[..., Appeal]


@pytest.fixture
def note(centre: Centre, file_appeal: FileAppeal) -> Note:
    for text in ("Яма у школы на Садовой", "Яма у больницы, не проехать", "Темно у детского сада"):
        appeal = file_appeal(text, topic_id=centre.holes.pk)
        assign_executor(access=centre.head.access, appeal_id=appeal.pk, body_id=centre.roads.pk)
    today = clock.today()
    response = centre.head.client.post(
        "/desk/notes/", {"since": today - timedelta(days=6), "until": today}
    )
    assert response.status_code == 302
    return Note.objects.get()


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode().replace("\u00a0", " ")


@pytest.mark.clause("novoduginsky:1.2.v.4")
def test_the_head_makes_a_report_on_the_work_of_executors(centre: Centre, note: Note) -> None:
    shown = page(centre.head.client, f"/desk/notes/{note.pk}/")
    assert "Поступило 3 сообщения" in shown
    assert "Загрузка исполнителей" in shown
    assert "Дорожная служба" in shown
    assert "Ямы на дорогах" in shown


def test_files_open(centre: Centre, note: Note) -> None:
    word = centre.head.client.get(f"/desk/notes/{note.pk}/files/docx/")
    assert "attachment" in word["Content-Disposition"]
    assert docx.Document(io.BytesIO(word.content)).tables
    pdf = centre.head.client.get(f"/desk/notes/{note.pk}/files/pdf/")
    assert pdf.content.startswith(b"%PDF")
    assert centre.head.client.get(f"/desk/notes/{note.pk}/files/exe/").status_code == 404
    assert centre.head.client.get(f"/desk/notes/{note.pk}/pictures/99/").status_code == 404


@pytest.mark.clause("pereslavl:3.2.1")
def test_words_are_changed_then_signed_then_handed_over(centre: Centre, note: Note) -> None:
    client, address = centre.head.client, f"/desk/notes/{note.pk}/"
    part = f"{address}parts/summary/"
    assert "Поступило 3 сообщения" in page(client, part)
    client.post(part, {"text": "Неделя прошла спокойно.\nПоручений нет."})
    assert "Неделя прошла спокойно." in page(client, address)
    client.post(f"{address}delivery/", {"to": "Глава округа"})
    assert Note.objects.get().handed_over_at is None
    client.post(f"{address}signature/")
    late = client.post(part, {"text": "Слова, которые нельзя потерять"})
    assert "Слова, которые нельзя потерять" in late.content.decode()
    assert "уже подписан" in late.content.decode()
    client.post(f"{address}delivery/", {"to": "Глава округа"})
    assert "Глава округа" in page(client, address)
    names = Entry.objects.filter(subject="note").order_by("id").values_list("name", flat=True)
    assert list(names) == ["NoteMade", "NoteEdited", "NoteSigned", "NoteHandedOver"]


def test_the_list_does_not_grow_in_statements(centre: Centre, note: Note) -> None:
    def used() -> int:
        with CaptureQueriesContext(connection) as found:
            assert note.full_number in page(centre.head.client, "/desk/notes/")
        return len(found)

    before = used()
    for number in range(2, 9):
        Note.objects.create(
            municipality=centre.municipality,
            year=note.year,
            number=number,
            since=note.since,
            until=note.until,
            document=note.document,
            author_label="Система",
            created_at=note.created_at,
        )
    assert used() <= before <= 15


def test_a_wrong_period_is_told_and_kept(centre: Centre) -> None:
    response = centre.head.client.post(
        "/desk/notes/", {"since": "2026-03-08", "until": "2026-03-02"}
    )
    shown = response.content.decode()
    assert "Конец периода раньше начала" in shown
    assert "2026-03-08" in shown
    assert not Note.objects.exists()


def test_only_those_who_report(centre: Centre, note: Note) -> None:
    for person in (centre.operator, centre.executor):
        for address in (
            "/desk/notes/",
            f"/desk/notes/{note.pk}/",
            f"/desk/notes/{note.pk}/files/pdf/",
        ):
            assert person.client.get(address).status_code == 403
    assert Client().get("/desk/notes/").status_code == 302


def test_the_schedule_is_switched_at_the_desk(centre: Centre) -> None:
    client = centre.head.client
    assert "составляется сама: по понедельникам в 7:00" in page(client, "/desk/notes/")
    client.post("/desk/notes/schedule/", {"on": "0"})
    assert not plan_of(centre.municipality.pk, "weekly", kind_of("weekly").plan).on
    assert "только по вашей команде" in page(client, "/desk/notes/")
