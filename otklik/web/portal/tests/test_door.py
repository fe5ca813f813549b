"""A citizen files, follows and scores; nobody else sees the case."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from otklik.base import clock
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Regime, Status
from otklik.casework.deadlines.actions import install_builtin_rules
from otklik.casework.replies.models import Reply
from otklik.casework.satisfaction.models import Survey
from otklik.casework.satisfaction.queries import token_of
from otklik.directory.organisation.models import Municipality
from otklik.records.attachments.jobs import clear_staged
from otklik.records.attachments.models import Attachment, StagedFile
from otklik.records.attachments.queries import content_of, staged_path

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def centre() -> Municipality:
    cache.clear()
    install_builtin_rules()
    return Municipality.objects.create(
        slug="zaozersk",
        name="Заозёрский муниципальный округ",
        short_name="Заозёрский округ",
        kind="municipal_okrug",
        region="Северореченская область",
    )


def filled(client: Client, **more: object) -> dict[str, object]:
    page = client.get("/m/zaozersk/new/").content.decode()
    token = re.search(r'name="form_token" value="([^"]+)"', page)
    assert token
    return {"text": "На улице Садовой яма у дома 5", "form_token": token.group(1), **more}


def receipt(client: Client) -> tuple[str, str]:
    page = client.get("/receipt/").content.decode()
    number = re.search(r"С-\d+/\d\d", page)
    code = re.search(r"[А-Я0-9]{5}-[А-Я0-9]{5}", page)
    assert number
    assert code
    return number.group(0), code.group(0)


def test_form_files_a_message_and_gives_a_receipt(client: Client) -> None:
    photo = SimpleUploadedFile("яма.png", PNG, "image/png")
    answer = client.post("/m/zaozersk/new/", filled(client, photos=[photo], name="Мария"))
    assert answer.status_code == 302
    number, code = receipt(client)
    case = Appeal.objects.get()
    assert (case.number, case.regime, case.status) == (number, Regime.PORTAL, Status.REGISTERED)
    assert case.due_at is not None
    assert Attachment.objects.filter(subject="appeal", subject_id=case.pk).count() == 1
    assert code not in case.code_hash
    other = Client()
    page = other.post("/follow/", {"number": number, "code": code.lower()}, follow=True)
    assert "На улице Садовой яма" in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_form_sent_twice_makes_one_case(client: Client) -> None:
    values = filled(client)
    client.post("/m/zaozersk/new/", values)
    first = receipt(client)
    client.post("/m/zaozersk/new/", values)
    assert receipt(client) == first
    assert Appeal.objects.count() == 1


def test_bad_file_keeps_the_text_and_says_what_to_do(client: Client) -> None:
    bad = SimpleUploadedFile("virus.exe", b"MZ", "application/octet-stream")
    answer = client.post("/m/zaozersk/new/", filled(client, photos=[bad]))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "не принимаются" in page
    assert "На улице Садовой яма" in page
    assert Appeal.objects.count() == 0


def test_files_stay_with_a_returned_form(client: Client) -> None:
    good = SimpleUploadedFile("яма.png", PNG, "image/png")
    spare = SimpleUploadedFile("лишнее.png", PNG + b"2", "image/png")
    bad = SimpleUploadedFile("virus.exe", b"MZ", "application/octet-stream")
    values = filled(client)
    page = client.post("/m/zaozersk/new/", {**values, "photos": [good, spare, bad]})
    shown = page.content.decode()
    assert "Уже приложены" in shown
    assert "virus.exe — убрать" not in shown
    token = re.search(r'name="kept_files" value="([^"]+)"', shown)
    drops = re.findall(r'name="kept_drop" value="([^"]+)"', shown)
    assert token
    assert len(drops) == 2
    again = {**values, "kept_files": token.group(1), "kept_drop": drops[1]}
    assert client.post("/m/zaozersk/new/", again).status_code == 302
    case = Appeal.objects.get()
    kept = Attachment.objects.get(subject="appeal", subject_id=case.pk)
    assert (kept.file_name, content_of(kept)) == ("яма.png", PNG)
    assert not StagedFile.objects.exists()
    assert not [path for path in staged_path("").iterdir() if path.name in drops]


def test_files_of_a_form_nobody_finished_are_cleared(client: Client) -> None:
    photo = SimpleUploadedFile("яма.png", PNG, "image/png")
    client.post("/m/zaozersk/new/", filled(client, text=" ", photos=[photo]))
    (row,) = StagedFile.objects.all()
    clear_staged(0)
    assert staged_path(row.key).exists()
    with clock.frozen(clock.now() + timedelta(hours=25)):
        clear_staged(0)
    assert not StagedFile.objects.exists()
    assert not staged_path(row.key).exists()


def test_empty_text_and_robots_are_refused(client: Client) -> None:
    assert client.post("/m/zaozersk/new/", filled(client, text=" ")).status_code == 422
    assert client.post("/m/zaozersk/new/", filled(client, website="spam")).status_code == 422
    assert Appeal.objects.count() == 0


def test_wrong_code_says_the_same_for_every_number_and_is_limited(client: Client) -> None:
    client.post("/m/zaozersk/new/", filled(client))
    number, _ = receipt(client)
    stranger = Client()
    known = stranger.post("/follow/", {"number": number, "code": "ААААА-ААААА"})
    unknown = stranger.post("/follow/", {"number": "С-999/26", "code": "ААААА-ААААА"})
    text = "Сообщения с таким номером и кодом нет"
    assert text in known.content.decode()
    assert text in unknown.content.decode()
    for _ in range(10):
        last = stranger.post("/follow/", {"number": number, "code": "ААААА-ААААА"})
    assert "Слишком много попыток" in last.content.decode()
    assert stranger.get("/follow/case/").status_code == 302


def answered() -> tuple[Appeal, Survey]:
    case = Appeal.objects.get()
    reply = Reply.objects.create(
        appeal=case,
        status="sent",
        text="Яму заделали 3 марта.",
        author_label="Дорожная служба",
        created_at=clock.now(),
        sent_at=clock.now(),
        signed_label="Глава",
    )
    Appeal.objects.filter(pk=case.pk).update(status=Status.ANSWERED, answered_at=clock.now())
    survey = Survey.objects.create(
        appeal=case,
        reply_id=reply.pk,
        token_hash="x",
        asked_at=clock.now(),
        expires_at=clock.now() + timedelta(days=60),
    )
    return case, survey


def test_score_by_link_reopens_and_looking_changes_nothing(client: Client) -> None:
    client.post("/m/zaozersk/new/", filled(client))
    case, survey = answered()
    url = f"/rate/{token_of(survey)}/"
    assert client.get(url).status_code == 200
    survey.refresh_from_db()
    assert survey.answered_at is None
    client.post(url, {"score": "2", "comment": "Яма снова", "again": "on"})
    case.refresh_from_db()
    assert (case.status, case.score, case.reopened) == (Status.ASSIGNED, 2, 1)
    client.post(url, {"score": "5"})
    case.refresh_from_db()
    assert case.score == 2
    assert client.get("/rate/forged/").status_code == 404


def test_answer_and_score_form_stand_on_the_citizens_page(client: Client) -> None:
    client.post("/m/zaozersk/new/", filled(client))
    number, code = receipt(client)
    answered()
    client.post("/follow/", {"number": number, "code": code})
    page = client.get("/follow/case/").content.decode()
    assert "Яму заделали 3 марта." in page
    assert "Оцените ответ" in page


@pytest.mark.parametrize(
    "page", ["/m/zaozersk/", "/m/zaozersk/new/", "/follow/", "/privacy/", "/accessibility/"]
)
def test_pages_are_strict_and_cheap(page: str, client: Client) -> None:
    client.get(page)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(page)
    assert answer.status_code == 200
    assert len(captured) <= 12
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    text = answer.content.decode()
    assert not re.search(r"<script(?![^>]*(src=|type=\"application/json\"))", text)
    assert " style=" not in text
    assert " onclick=" not in text
