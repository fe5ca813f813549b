"""The executor's one-time link: one case, one answer, nothing more."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from otklik.base import clock
from otklik.casework.appeals.actions import NewAppeal, NewApplicant, assign_executor
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Regime, Status
from otklik.casework.intake.actions import take
from otklik.casework.replies.models import AnswerLink, Reply
from otklik.casework.replies.queries import token_hash
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.organisation.rules import Access
from otklik.records.attachments.queries import files_of
from otklik.records.journal.models import PersonalRead
from otklik.records.journal.queries import story_of

GOOD = (
    "Здравствуйте! Бригада заделала яму на улице Садовой 5 марта 2026 года, качество работ "
    "проверено мастером участка."
)
TICKS = {"on_point": "1", "all_questions": "1", "facts_checked": "1"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Appeal:
    place = Municipality.objects.create(
        slug="zaozersk", name="Округ", short_name="Округ", kind="municipal_okrug", region="Край"
    )
    body = Body.objects.create(municipality=place, name="Школа № 2", kind="institution")
    access = Access.system(place.pk)
    new = NewAppeal(
        regime=Regime.PORTAL,
        channel=Channel.PORTAL,
        text="У школы яма",
        received_at=clock.now(),
        applicant=NewApplicant(name="Иванова Мария Петровна"),
    )
    made = take(access=access, new=new)
    assign_executor(access=access, appeal_id=made.pk, body_id=body.pk, instruction="Заделать")
    AnswerLink.objects.create(
        appeal=made,
        body=body,
        email="school@zaozersk.test",
        token_hash=token_hash("secret"),
        created_at=clock.now(),
        expires_at=clock.now() + timedelta(days=30),
    )
    return made


def test_executor_answers_by_link_and_spends_it(case: Appeal, client: Client) -> None:
    page = client.get("/a/secret/").content.decode()
    assert "У школы яма" in page
    assert "Заделать" in page
    assert PersonalRead.objects.filter(case_ids=[case.pk]).exists()
    client.post("/a/secret/", {"text": GOOD, "next": "save"})
    assert Reply.objects.get().status == "draft"
    refused = client.post("/a/secret/", {"text": GOOD, "next": "send"})
    assert refused.status_code == 422
    assert GOOD in refused.content.decode()
    done = client.post("/a/secret/", {"text": GOOD, "next": "send", **TICKS})
    assert done["Location"] == "/a/thanks/"
    case.refresh_from_db()
    assert case.status == Status.ON_APPROVAL
    assert client.get("/a/secret/").status_code == 404
    story = [entry.sentence for entry in story_of(case.pk)]
    assert any("открыл обращение по ссылке" in line for line in story)
    assert any("Подготовлен проект ответа по ссылке" in line for line in story)


def test_forged_and_old_links_open_nothing(case: Appeal, client: Client) -> None:
    assert client.get("/a/forged/").status_code == 404
    AnswerLink.objects.update(expires_at=clock.now() - timedelta(days=1))
    page = client.get("/a/secret/")
    assert page.status_code == 404
    assert "У школы яма" not in page.content.decode()


def test_files_of_a_refused_draft_are_not_chosen_again(case: Appeal, client: Client) -> None:
    act = SimpleUploadedFile("акт.txt", b"act")
    refused = client.post("/a/secret/", {"text": " ", "next": "save", "files": act})
    assert refused.status_code == 422
    shown = refused.content.decode()
    assert "акт.txt" in shown
    token = re.search(r'name="kept_files" value="([^"]+)"', shown)
    assert token
    again = {"text": GOOD, "next": "save", "kept_files": token.group(1)}
    assert client.post("/a/secret/", again).status_code == 302
    kept = files_of("reply", [Reply.objects.get().pk])
    assert [one.file_name for one in kept] == ["акт.txt"]
    client.post("/a/secret/", again)
    assert kept.count() == 1
