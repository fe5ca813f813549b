"""A centre that calls everything «обращение»: one journal, those under 59-ФЗ marked."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client

from otklik.base import clock
from otklik.base.actor import Actor
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Regime, Status
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.actions import apply_preset
from otklik.directory.organisation.models import Appointment, Municipality
from otklik.directory.organisation.presets import load as preset_of
from otklik.directory.topics.models import Edition
from otklik.exchange.channels.actions import accept_message
from otklik.exchange.channels.models import ChannelAccount
from otklik.exchange.channels.vocabulary import InboundKind
from otklik.records.journal.queries import story_of
from otklik.web.desk.tests.conftest import Centre, Person
from otklik.web.desk.tests.settings_pages import plain
from otklik.web.desk.tests.test_one_journal import INCIDENT, WORDS, everything, load

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh(db: None) -> None:
    cache.clear()


def holder(place: Municipality, role: str) -> Client:
    account = Account.objects.create_user(f"{role}@dedovichi.test", "Соснова Анна Ильинична")
    held = place.roles.get(slug=role)
    Appointment.objects.create(account=account, role=held, since=date(2020, 1, 1))
    client = Client()
    client.force_login(account)
    return client


def seen(client: Client, url: str, **query: str) -> str:
    page = client.get(url, query)
    assert page.status_code == 200
    return plain(page.content)


@pytest.mark.clause("dedovichi:3.1")
def test_one_journal_of_the_regulation_calls_all_of_them_appeals() -> None:
    """ПОС, «Инцидент менеджмент», posts in networks and media, official accounts, 59-ФЗ."""
    apply_preset(slug="dedovichi", actor=Actor.system())
    place = Municipality.objects.get(slug="dedovichi")
    Edition.objects.create(municipality=place, slug="own", title="Свои темы")
    clerk, staff = holder(place, "chief-specialist"), preset_of("dedovichi").route
    head = holder(place, next(one.role for one in staff if one.step == "assign"))

    everything(clerk, place)
    clerk.post("/desk/imports/networks/", {"name": "Районная газета", "words": "газета"})
    load(clerk, "incident", INCIDENT,
         ("И-2", "05.03.2024", "Пишут, что закрыт мост", "Районная газета",
          "https://gazeta.test/most", ""))  # fmt: skip
    page_of_office = ChannelAccount.objects.get(municipality=place, kind="vk")
    post, _ = accept_message(
        account=page_of_office, external_id="post", kind=InboundKind.POST, raw=b"x",
        received_at=clock.now(), text="В посёлке разбита дорога к ферме", sender="id9",
    )  # fmt: skip
    clerk.post(f"/desk/inbox/message/{post.pk}/", {"verb": "register"})

    journal = seen(clerk, "/desk/appeals/")
    for words in (*WORDS, "закрыт мост", "разбита дорога"):
        assert words in journal, words
    assert "Сообщение" not in re.sub("<[^>]+>", " ", journal)
    assert "сообщение" not in re.sub("<[^>]+>", " ", journal)
    for words in ("обращение ПОС", "обращение «Инцидент менеджмент»", "обращение из соцсети"):
        assert words in journal, words
    law = Appeal.objects.get(regime=Regime.LAW59)
    assert journal.count("· 59-ФЗ") == 1
    assert "· 59-ФЗ" in seen(clerk, "/desk/appeals/", regime="law59")
    assert law.channel == Channel.PAPER
    for case in Appeal.objects.all():
        card = seen(clerk, f"/desk/appeals/{case.pk}/")
        assert ("обращение (59-ФЗ) ·" in card) == (case == law)
        assert "сообщение ПОС" not in card
        assert "Это сообщение" not in card
        told = [one.sentence for one in story_of(case.pk) if one.name == "AppealRegistered"]
        assert all("обращение" in sentence for sentence in told), told

    body = place.bodies.filter(is_active=True).first()
    assert body
    for case in Appeal.objects.filter(channel__in=(Channel.POS, Channel.VK, Channel.INCIDENT)):
        head.post(f"/desk/appeals/{case.pk}/assignments/", {"body": body.pk})
        case.refresh_from_db()
        assert (case.status, case.executor_body) == (Status.ASSIGNED, body)
    assert "закрыт мост" in seen(head, "/desk/appeals/", body=str(body.pk))


def test_a_centre_chooses_the_word_for_itself(centre: Centre, setter: Person) -> None:
    everything(centre.operator.client, centre.municipality)
    client, norms = centre.operator.client, "/desk/settings/norms/"
    assert "сообщение ПОС" in seen(client, "/desk/appeals/")
    case = Appeal.objects.get(channel=Channel.POS)
    setter.client.post(norms, {"all_called_appeals": "on"})
    assert "обращение ПОС ·" in seen(client, f"/desk/appeals/{case.pk}/")
    assert "сообщение ПОС" not in seen(client, "/desk/appeals/")
    setter.client.post(norms, {})
    assert "сообщение ПОС ·" in seen(client, f"/desk/appeals/{case.pk}/")
