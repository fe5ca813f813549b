"""The executor's own page: his register, by key, as a file, masked."""

from __future__ import annotations

import io
from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from otklik.base import clock
from otklik.casework.appeals.actions import assign_executor, withdraw_assignment
from otklik.casework.appeals.models import Appeal, Assignment
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.insight.facts.actions import rebuild
from otklik.insight.facts.models import QuestionFact
from otklik.web.desk.tests.answering import (
    NOON,
    FileAppeal,
    given,
    page,
    plain,
)
from otklik.web.desk.tests.conftest import EXECUTOR, Centre, make_person
from otklik.web.look.tests.counting import queries_of

pytestmark = pytest.mark.django_db


@pytest.mark.clause("ust-kubinsky:4.9.d.1")
def test_the_executor_has_his_own_register_and_takes_it_as_a_file(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    with clock.frozen(NOON):
        late = given(centre, file_appeal("Яма у школы, обещали заделать"))
        other = file_appeal("Течёт труба в подвале")
        assign_executor(access=centre.head.access, appeal_id=other.pk, body_id=centre.water.pk)
    Appeal.objects.filter(pk=late.pk).update(due_at=NOON + timedelta(days=1))
    with clock.frozen(NOON + timedelta(days=2)):
        fresh = given(centre, file_appeal("Не чистят снег на Лесной"))
        shown = page(centre.executor.client, "desk:executor")
        assert "Моя работа" in shown
        assert late.number in shown
        assert fresh.number in shown
        assert other.number not in shown, "work of another body"
        overdue = plain(centre.executor.client.get("/desk/executor/?state=overdue").content)
        assert late.number in overdue
        assert fresh.number not in overdue
        book = centre.executor.client.get("/desk/executor/file/")
        sheet = load_workbook(io.BytesIO(book.content)).worksheets[0]
        rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:5] == ("Номер", "Канал", "Поступило", "Передано исполнителю", "Срок")
    by_number = {row[0]: row for row in rows[1:]}
    assert set(by_number) == {late.number, fresh.number}
    assert by_number[late.number][4] == datetime(2026, 3, 3)
    assert by_number[late.number][12] == "просрочено"
    assert by_number[late.number][8] == "Иванова Мария Петровна"


def test_a_file_is_masked_for_whoever_may_not_see_persons(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    narrow = make_person(
        centre.municipality,
        "Ямкин Пётр Ильич",
        {Permission.VIEW_APPEALS: Scope.BODY, Permission.DRAFT: Scope.BODY},
        centre.roads,
    )
    given(centre, file_appeal("Яма, звоните Петровой Анне Ивановне, +7 900 123-45-67"))
    text = narrow.client.get("/desk/executor/file/?form=csv").content.decode("utf-8-sig")
    assert "Номер;Канал" in text
    assert "Яма" in text
    for secret in ("Иванова Мария", "123-45-67", "Петровой"):
        assert secret not in text
    outsider = make_person(centre.municipality, "Чужой Иван Ильич", EXECUTOR, centre.water)
    assert "Яма" not in plain(outsider.client.get("/desk/executor/").content)
    assert centre.operator.client.get("/desk/executor/").status_code == 403


def test_a_formula_in_a_question_stays_text(centre: Centre, file_appeal: FileAppeal) -> None:
    given(centre, file_appeal("=HYPERLINK(1) яма на Садовой"))
    text = centre.executor.client.get("/desk/executor/file/?form=csv").content.decode()
    assert "'=HYPERLINK" in text


def test_what_was_taken_back_stays_in_the_register_without_its_words(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    appeal = given(centre, file_appeal("Яма у дома культуры"))
    withdraw_assignment(
        access=centre.head.access, assignment_id=Assignment.objects.get().pk, reason="не ваше"
    )
    shown = page(centre.executor.client, "desk:executor")
    assert appeal.number in shown
    assert "снято" in shown
    assert "дома культуры" not in shown
    assert reverse("desk:appeal", args=[appeal.pk]) not in shown


def test_the_register_is_paged_by_key_and_asks_the_same(
    centre: Centre, file_appeal: FileAppeal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("otklik.web.desk.executor.register.PAGE", 2)
    numbers = []
    for n in range(3):
        with clock.frozen(NOON + timedelta(minutes=n)):
            numbers.append(given(centre, file_appeal(f"Яма номер {n} на Садовой")).number)
    first = centre.executor.client.get("/desk/executor/")
    assert [row.number for row in first.context["rows"]] == [numbers[2], numbers[1]]
    following = centre.executor.client.get("/desk/executor/" + first.context["next_url"])
    assert [row.number for row in following.context["rows"]] == [numbers[0]]
    assert following.context["next_url"] == ""
    few = queries_of(centre.executor.client, "/desk/executor/")
    monkeypatch.setattr("otklik.web.desk.executor.register.PAGE", 50)
    for n in range(3, 20):
        given(centre, file_appeal(f"Яма номер {n} на Садовой"))
    assert queries_of(centre.executor.client, "/desk/executor/") == few
    assert few <= 18
    assert queries_of(centre.executor.client, "/desk/executor/file/") <= 10


@pytest.mark.clause("ust-kubinsky:4.9.d.2")
def test_the_executor_formalises_what_he_has_reviewed(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    appeal = given(centre, file_appeal("Вода стоит на дороге", topic_id=centre.holes.pk))
    line = Assignment.objects.get()
    where = reverse("desk:review", args=[line.pk])
    assert where in page(centre.executor.client, "desk:executor")
    form = {"result": "supported", "measures_taken": "on", "topic": centre.leaks.pk}
    refused = centre.executor.client.post(where, {**form, "result": ""})
    assert "result" in refused.context["form"].errors
    centre.executor.client.post(where, {**form, "cause": "Течёт  колодец"})
    question = appeal.questions.get()
    assert (question.result, question.measures_taken) == ("supported", True)
    assert (question.topic, question.review.cause) == (centre.leaks, "Течёт колодец")
    shown = page(centre.executor.client, "desk:executor")
    assert "поддержано" in shown
    assert "Течёт колодец" in shown
    card = plain(centre.head.client.get(reverse("desk:appeal", args=[appeal.pk])).content)
    assert "Вопрос 1 рассмотрен: поддержано, причина: Течёт колодец" in card
    rebuild(municipality_id=centre.municipality.pk)
    assert QuestionFact.objects.get().topic_id == centre.leaks.pk, "counted by the confirmed topic"
    text = centre.executor.client.get("/desk/executor/file/?form=csv").content.decode()
    assert "поддержано;Течёт колодец;да" in text
    stranger = make_person(centre.municipality, "Чужой Иван Ильич", EXECUTOR, centre.water)
    assert stranger.client.get(where).status_code == 404
    assert queries_of(centre.executor.client, where) <= 12
