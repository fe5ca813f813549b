"""Pages by a one-time link: how many queries, and the same however much the case holds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from otklik.base import clock
from otklik.casework.appeals.actions import assign_executor
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import AssignmentRole
from otklik.casework.replies.models import Reply, ReplyRevision
from otklik.casework.replies.queries import SUBJECT, token_hash
from otklik.casework.teamwork.models import InfoRequest, RequestLink
from otklik.directory.approvals.models import ApprovalStep
from otklik.directory.approvals.vocabulary import StepState
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.rules import Access
from otklik.records.attachments.actions import store
from otklik.web.answer.tests.test_link import case as case  # noqa: PLC0414 — a fixture
from otklik.web.look.tests.counting import counts_of, grown, over, views_of

pytestmark = pytest.mark.django_db

# Page → most queries.
PAGES = {
    "answer:answer": 17, "answer:file": 8, "answer:thanks": 2,
    "answer:request": 8, "answer:request_thanks": 2,
}  # fmt: skip


def fill(appeal: Appeal, reply: Reply, names: range) -> int:
    """More executors, files, revisions and returns; the id of a file."""
    for n in names:
        body = Body.objects.create(
            municipality_id=appeal.municipality_id, name=f"Служба {n}", kind="institution"
        )
        access = Access.system(appeal.municipality_id)
        assign_executor(access=access, appeal_id=appeal.pk, body_id=body.pk, role=AssignmentRole.CO)
        for subject, owner in (("appeal", appeal.pk), (SUBJECT, reply.pk)):
            kept = store(
                municipality_id=appeal.municipality_id, file_name=f"Фото {n}.txt",
                content=f"{n} {subject}".encode(), subject=subject, subject_id=owner,
            )  # fmt: skip
        ReplyRevision.objects.create(
            reply=reply, number=n, text=f"Редакция {n}", author_label="Школа",
            created_at=clock.now(),
        )  # fmt: skip
        ApprovalStep.objects.create(
            municipality_id=appeal.municipality_id, subject=SUBJECT, subject_id=reply.pk, round=n,
            order=1, label="Согласование", permission="approve", state=StepState.RETURNED,
            remark=f"Замечание {n}", reasons=["no_dates"], decided_at=clock.now(),
        )  # fmt: skip
    return kept.pk


def _request(case: Appeal, body: Body) -> str:
    """The token of a request to the body."""
    asked = InfoRequest.objects.create(
        municipality_id=case.municipality_id, appeal=case, kind="information", body=body,
        text="Сколько ям?", asker_label="Оператор", asked_at=clock.now(),
        due_at=clock.now() + timedelta(days=1), state="asked",
    )  # fmt: skip
    RequestLink.objects.create(
        request=asked, token_hash=token_hash("asked"), created_at=clock.now(),
        expires_at=clock.now() + timedelta(days=30),
    )  # fmt: skip
    return "asked"


def test_pages_ask_the_same_however_much_is_inside(case: Appeal, client: Client) -> None:
    own = Body.objects.get(name="Школа № 2")
    reply = Reply.objects.create(
        appeal=case, body=own, status="returned", text="Заделали", author_label="Школа",
        created_at=clock.now(),
    )  # fmt: skip
    file = store(
        municipality_id=case.municipality_id, file_name="яма.txt", content=b"photo",
        subject="appeal", subject_id=case.pk,
    )  # fmt: skip
    fill(case, reply, range(1, 4))
    keys: dict[str, dict[str, object]] = {
        "answer:answer": {"token": "secret"},
        "answer:file": {"token": "secret", "file_id": file.pk},
        "answer:request": {"token": _request(case, own)},
    }
    pages = {name: reverse(name, kwargs=keys.get(name)) for name in PAGES}
    few = counts_of(client, pages)
    fill(case, reply, range(4, 31))
    many = counts_of(client, pages)
    assert grown(few, many) == {}
    assert over(many, PAGES) == {}
    assert "Замечание 30" in client.get(pages["answer:answer"]).content.decode()


def test_every_address_by_link_is_counted() -> None:
    assert set(views_of("otklik.web.answer")) == set(PAGES)
