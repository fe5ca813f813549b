"""The author adds to an open case, or stops it, on his own page by number and code."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from otklik.base import clock
from otklik.casework.appeals.actions import NewAppeal, NewApplicant
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Regime, Status
from otklik.casework.deadlines.actions import install_builtin_rules
from otklik.casework.intake.actions import take
from otklik.casework.proceedings.models import Decision, Material
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.records.attachments.models import Attachment
from otklik.records.journal.queries import story_of

pytestmark = pytest.mark.django_db
CODE = "АВЕКМ-23456"


@pytest.fixture
def case() -> Appeal:
    cache.clear()
    install_builtin_rules()
    place = Municipality.objects.create(
        slug="zarechye", name="Заречье", short_name="Заречье", region="Область", kind="district"
    )
    new = NewAppeal(
        regime=Regime.PORTAL, channel=Channel.PORTAL, text="Яма у школы", code=CODE,
        received_at=clock.now(), applicant=NewApplicant(name="Иванова Мария Петровна"),
    )  # fmt: skip
    return take(access=Access.system(place.pk), new=new)


@pytest.fixture
def author(client: Client, case: Appeal) -> Client:
    """Has opened the page of the case by its number and code."""
    client.post(reverse("portal:follow"), {"number": case.number, "code": CODE})
    return client


def page(client: Client) -> str:
    return str(client.get(reverse("portal:case")).content.decode())


def test_the_author_adds_words_and_files(author: Client, case: Appeal) -> None:
    assert reverse("portal:materials") in page(author)
    photo = SimpleUploadedFile("яма.txt", "снимок".encode())
    author.post(reverse("portal:materials"), {"text": "Яма стала больше", "papers": [photo]})
    made = Material.objects.get(appeal=case)
    assert made.from_citizen
    assert Attachment.objects.get(subject="material").subject_id == made.pk
    shown = page(author)
    assert "Яма стала больше" in shown
    assert "с файлами" in shown
    assert any("Заявитель добавил материалы" in entry.sentence for entry in story_of(case.pk))


def test_nothing_to_add_is_said_in_plain_words(author: Client) -> None:
    answer = author.post(reverse("portal:materials"), {"text": " "})
    assert answer.status_code == 422
    assert "Напишите пояснение или приложите файл" in answer.content.decode()


def test_a_disguised_file_is_refused_and_nothing_is_kept(author: Client) -> None:
    bad = SimpleUploadedFile("вирус.exe", b"MZ")
    answer = author.post(reverse("portal:materials"), {"text": "Вот", "papers": [bad]})
    assert answer.status_code == 422
    assert not Material.objects.exists()


def test_the_author_stops_his_case(author: Client, case: Appeal) -> None:
    refused = author.post(reverse("portal:withdrawal"), {"reason": "Уже починили"})
    assert "Отметьте, что больше рассматривать не нужно" in refused.content.decode()
    author.post(reverse("portal:withdrawal"), {"reason": "Уже починили", "sure": "on"})
    case.refresh_from_db()
    assert case.status == Status.WITHDRAWN
    assert "Уже починили" in Decision.objects.get(appeal=case).reason
    shown = page(author)
    assert "Рассмотрение прекращено по вашей просьбе" in shown
    assert reverse("portal:withdrawal") not in shown
    again = author.post(reverse("portal:withdrawal"), {"sure": "on"})
    assert "уже закрыто" in again.content.decode()


def test_a_stranger_is_asked_for_the_code(client: Client, case: Appeal) -> None:
    for name in ("portal:materials", "portal:withdrawal"):
        answer = client.post(reverse(name), {"text": "Вот", "sure": "on"})
        assert answer["Location"] == reverse("portal:follow")
    case.refresh_from_db()
    assert case.is_open
