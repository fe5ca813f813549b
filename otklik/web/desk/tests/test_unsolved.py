"""Staff see which question of an appeal is not answered or not solved, and return it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse

from otklik.casework.appeals.actions import mark_answered
from otklik.casework.appeals.models import Appeal, Question
from otklik.casework.appeals.vocabulary import Result
from otklik.casework.replies.actions import save_draft, submit
from otklik.web.desk.tests.answering import TICKED, given, page, plain, signed
from otklik.web.desk.tests.conftest import Centre

FileAppeal = Callable[..., Appeal]
pytestmark = pytest.mark.django_db
HALF = (
    "Яму на улице Садовой бригада заделала 5 марта 2026 года, качество работ проверил мастер "
    "участка.\nСпасибо, что сообщили."
)


@pytest.fixture
def case(centre: Centre, file_appeal: FileAppeal) -> Appeal:
    made = file_appeal("На Садовой яма на проезжей части, и не вывозят мусор из контейнеров")
    Question.objects.filter(appeal=made).update(text="Яма на Садовой улице")
    Question.objects.create(appeal=made, number=2, text="Не вывозят мусор из контейнеров во дворе")
    return given(centre, made)


@pytest.mark.clause("dedovichi:3.6")
def test_an_answer_that_leaves_a_question_out_is_seen_and_returned(
    centre: Centre, case: Appeal
) -> None:
    save_draft(access=centre.executor.access, appeal_id=case.pk, text=HALF, confirmed=TICKED)
    submit(access=centre.executor.access, appeal_id=case.pk)
    card = page(centre.head.client, "desk:appeal", pk=case.pk)
    assert "Не видно ответа на вопрос 2." in card
    assert 'name="reasons" value="not_all" checked' in card
    form = {"decision": "return", "reasons": "not_all", "remark": "Про мусор ни слова."}
    url = reverse("desk:decision", args=[case.pk])
    plain(centre.head.client.post(url, form, follow=True).content)
    shown = page(centre.executor.client, "desk:appeal", pk=case.pk)
    assert "даны ответы не на все вопросы; Про мусор ни слова." in shown


@pytest.mark.clause("dedovichi:3.6")
def test_an_appeal_answered_but_not_solved_is_taken_up_again(centre: Centre, case: Appeal) -> None:
    reply = signed(centre, case, HALF + "\nМусор из контейнеров вывезли 5 марта 2026 года.")
    assert reply.signed_label
    mark_answered(access=centre.operator.access, appeal_id=case.pk, result=Result.SUPPORTED)
    assert "поддержано" in page(centre.head.client, "desk:appeal", pk=case.pk)
    url = reverse("desk:reopening", args=[case.pk])
    refused = plain(centre.head.client.post(url, {"reason": ""}, follow=True).content)
    assert "нужна причина" in refused
    form = {"reason": "Мусор не вывезли: фотография жителя."}
    centre.head.client.post(url, form)
    case.refresh_from_db()
    assert (case.status, case.reopened) == ("assigned", 1)
    assert not Question.objects.filter(appeal=case).exclude(result="").exists()
    story = page(centre.head.client, "desk:appeal", pk=case.pk)
    assert "Мусор не вывезли: фотография жителя." in story
