"""Written proposals and drafted acts: from the executor to the head and back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from otklik.base.errors import Conflict, Forbidden
from otklik.casework.appeals.models import Appeal
from otklik.casework.replies.actions import (
    decide_proposal,
    submit_proposal,
)
from otklik.casework.replies.models import Proposal
from otklik.casework.replies.vocabulary import ActStage, ProposalStatus
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.records.attachments.models import Attachment
from otklik.web.desk.tests.answering import (
    FileAppeal,
    given,
    page,
    plain,
)
from otklik.web.desk.tests.conftest import EXECUTOR, Centre, make_person

pytestmark = pytest.mark.django_db


def propose(
    centre: Centre, appeal: Appeal, *, kind: str = "proposal", **more: Any
) -> dict[str, Any]:
    form: dict[str, Any] = {
        "kind": kind,
        "title": "Водоотвод на Садовой",
        "text": "Яма появляется снова, пока не отведена вода.",
        "body": [centre.roads.pk, centre.water.pk, ""],
        "measure": ["Заделать яму", "Перенести колодец", ""],
        "due": ["2026-04-01", "2026-03-20", ""],
        "next": "submit",
    }
    return {**form, **more}


@pytest.mark.clause("ust-kubinsky:4.9.b.2", "ust-kubinsky:4.9.g")
def test_a_proposal_names_bodies_and_measures_and_the_head_decides(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    appeal = given(centre, file_appeal())
    card = reverse("desk:appeal", args=[appeal.pk])
    where = reverse("desk:proposal", args=[appeal.pk])
    bare = propose(centre, appeal, body=["", "", ""])
    refused = centre.executor.client.post(where, bare, follow=True)
    assert "не названы органы и меры" in plain(refused.content)
    made = Proposal.objects.get()
    assert made.status == ProposalStatus.DRAFT, "what was typed is kept"
    centre.executor.client.post(where, propose(centre, appeal, proposal=made.pk))
    made.refresh_from_db()
    assert made.status == ProposalStatus.ON_DECISION
    shown = page(centre.head.client, "desk:proposals")
    assert "Водоотвод на Садовой" in shown
    shown = plain(centre.head.client.get(card).content)
    assert "Водоканал</strong>: Перенести колодец, до 20 марта" in shown
    decide = reverse("desk:proposal_decision", args=[appeal.pk, made.pk])
    refused = centre.head.client.post(decide, {"decision": "reject"}, follow=True)
    assert "без обоснования не принимается" in plain(refused.content)
    centre.head.client.post(decide, {"decision": "return", "reason": "Нет сметы"})
    shown = plain(centre.executor.client.get(card).content)
    assert "возвращено на доработку" in shown
    assert "Нет сметы" in shown
    again = propose(centre, appeal, proposal=made.pk, text="Смета: 40 тысяч рублей.")
    centre.executor.client.post(where, again)
    made.refresh_from_db()
    assert (made.revision, made.revisions.count()) == (2, 2)
    assert made.revisions.get(number=1).text.startswith("Яма появляется")
    centre.head.client.post(decide, {"decision": "reject", "reason": "Нет денег до июня"})
    made.refresh_from_db()
    assert (made.status, made.decision_reason) == (ProposalStatus.REJECTED, "Нет денег до июня")
    shown = plain(centre.executor.client.get(card).content)
    assert "отклонено: Нет денег до июня" in shown, "the journal tells it"
    assert "Решать нечего" in page(centre.head.client, "desk:proposals")
    with pytest.raises(Conflict):
        submit_proposal(access=centre.executor.access, proposal_id=made.pk)


@pytest.mark.clause("ust-kubinsky:4.9.b.3", "ust-kubinsky:4.9.g")
def test_a_drafted_act_has_its_file_and_its_way_is_followed(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    appeal = given(centre, file_appeal())
    where = reverse("desk:proposal", args=[appeal.pk])
    act = propose(centre, appeal, kind="act", title="О стоянках", body=[], measure=[], due=[])
    refused = centre.executor.client.post(where, act, follow=True)
    assert "не приложен файл" in plain(refused.content)
    made = Proposal.objects.get()
    file = SimpleUploadedFile("проект.txt", "Запретить стоянку".encode())
    centre.executor.client.post(where, {**act, "files": [file], "proposal": made.pk})
    kept = Attachment.objects.get(subject="proposal")
    found = centre.head.client.get(reverse("desk:file", args=[appeal.pk, kept.pk]))
    assert b"".join([found.content]).decode() == "Запретить стоянку"
    decide_proposal(access=centre.head.access, proposal_id=made.pk, decision="approve")
    stage = reverse("desk:proposal_stage", args=[appeal.pk, made.pk])
    refused = centre.executor.client.post(stage, {"stage": "adopted"}, follow=True)
    assert "есть номер и дата" in plain(refused.content)
    adopted = {"stage": "adopted", "number": "412", "date": "2026-03-20"}
    centre.executor.client.post(stage, adopted)
    made.refresh_from_db()
    assert (made.stage, made.act_date) == (ActStage.ADOPTED, date(2026, 3, 20))
    shown = plain(centre.head.client.get(reverse("desk:appeal", args=[appeal.pk])).content)
    assert "акт № 412 от 20 марта" in shown


def test_a_file_of_an_act_is_masked_for_whoever_may_not_see_persons(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    appeal = given(centre, file_appeal())
    act = propose(centre, appeal, kind="act", title="О стоянках", body=[], measure=[], due=[])
    file = SimpleUploadedFile("Акт_Иванова_Мария_Петровна.txt", "Запретить стоянку".encode())
    where = reverse("desk:proposal", args=[appeal.pk])
    centre.executor.client.post(where, {**act, "files": [file]})
    only_sees = {Permission.VIEW_APPEALS: Scope.MUNICIPALITY}
    observer = make_person(centre.municipality, "Зорина Вера Ильинична", only_sees)
    card = reverse("desk:appeal", args=[appeal.pk])
    shown = plain(observer.client.get(card).content)
    assert "О стоянках" in shown
    assert ".txt" in shown
    assert "Акт Иванова" not in shown
    assert "Иванова_Мария" not in shown
    assert "Акт_Иванова_Мария_Петровна.txt" in plain(centre.head.client.get(card).content)


def test_only_the_executor_writes_and_only_the_head_decides(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    appeal = given(centre, file_appeal())
    where = reverse("desk:proposal", args=[appeal.pk])
    centre.operator.client.post(where, propose(centre, appeal))
    assert not Proposal.objects.exists()
    centre.executor.client.post(where, propose(centre, appeal, next="save"))
    made = Proposal.objects.get()
    card = reverse("desk:appeal", args=[appeal.pk])
    assert "Водоотвод" not in plain(centre.head.client.get(card).content), "a draft is the author's"
    submit_proposal(access=centre.executor.access, proposal_id=made.pk)
    with pytest.raises(Forbidden):
        decide_proposal(access=centre.executor.access, proposal_id=made.pk, decision="approve")
    stranger = make_person(centre.municipality, "Чужой Иван Ильич", EXECUTOR, centre.water)
    assert "Водоотвод" not in plain(stranger.client.get("/desk/proposals/?tab=all").content)
