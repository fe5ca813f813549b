"""An обращение by form is taken from an identified person only; the rest are messages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client

from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Regime
from otklik.casework.deadlines.actions import install_builtin_rules
from otklik.directory.organisation.models import Municipality
from otklik.exchange.signin.models import ExternalDoor
from otklik.exchange.signin.tests.esia import ELKINA, LI, PROSTAKOV, connected, returned, walk
from otklik.exchange.standins.esia.application import Esia
from otklik.records.journal.models import PersonalRead
from otklik.records.journal.queries import story_of
from otklik.web.look.tests.counting import counts_of, over
from otklik.web.portal import identity

pytestmark = pytest.mark.django_db
PAGE, START = "/m/zaozersk/identification/", "/m/zaozersk/identification/start/"
NEW = "/m/zaozersk/new/"


@pytest.fixture
def place() -> Municipality:
    cache.clear()
    install_builtin_rules()
    return Municipality.objects.create(
        slug="zaozersk", name="Заозёрский округ", short_name="Заозёрск",
        kind="municipal_okrug", region="Край",
    )  # fmt: skip


@pytest.fixture
def esia(
    settings: LazySettings, tmp_path: Path, place: Municipality
) -> Iterator[tuple[ExternalDoor, Esia]]:
    with connected(settings, tmp_path, place) as found:
        yield found


def text(answer: Any) -> str:
    return str(answer.content.decode()).replace("\xa0", " ")


def filled(client: Client, **more: object) -> dict[str, object]:
    page = client.get(NEW).content.decode()
    found = dict(re.findall(r'name="(form_token|identified)" value="([^"]+)"', page))
    return {"text": "На улице Садовой нет света", **found, **more}


@pytest.mark.usefixtures("esia")
def test_an_identified_citizen_files_an_appeal_under_his_own_name(client: Client) -> None:
    back = walk(client, START, ELKINA)
    assert (back.status_code, back["Location"]) == (302, PAGE)
    assert "Ёлкина Мария Игоревна" in text(client.get(PAGE))
    page = text(client.get(NEW))
    assert "Личность подтверждена" in page
    assert 'name="name"' not in page
    forged = {"name": "Подменный Пётр", "phone": "123", "kind": "appeal"}
    answer = client.post(NEW, filled(client, **forged))
    assert answer.status_code == 302
    case = Appeal.objects.select_related("applicant").get()
    assert (case.regime, case.number[:2]) == (Regime.LAW59, "О-")
    who = case.applicant
    assert who
    assert (who.name, who.phone) == ("Ёлкина Мария Игоревна", "+7(900)1112233")
    assert (who.email, case.reply_address) == ("elkina@example.test", "elkina@example.test")
    assert "Обращение принято" in text(client.get("/receipt/"))
    told = [entry.sentence for entry in story_of(case.pk)]
    assert any("Личность заявителя подтверждена" in sentence for sentence in told)
    read = PersonalRead.objects.get()
    assert (read.actor_label, "Госуслуги" in read.purpose) == ("Сайт", True)


@pytest.mark.usefixtures("esia")
def test_another_mail_for_the_answer_stands_beside_that_of_the_person(client: Client) -> None:
    walk(client, START, ELKINA)
    client.post(NEW, filled(client, kind="appeal", email="work@example.ru"))
    case = Appeal.objects.select_related("applicant").get()
    assert case.applicant
    assert (case.applicant.email, case.reply_address) == (
        "elkina@example.test",
        "work@example.ru",
    )


@pytest.mark.usefixtures("esia")
def test_an_appeal_needs_an_address_for_the_answer(client: Client) -> None:
    walk(client, START, LI)
    answer = client.post(NEW, filled(client, kind="appeal"))
    assert (answer.status_code, "нужна почта" in text(answer)) == (422, True)
    assert client.post(NEW, filled(client, kind="message")).status_code == 302
    case = Appeal.objects.get()
    assert (case.regime, case.reply_address) == (Regime.PORTAL, "")


@pytest.mark.usefixtures("esia")
def test_without_a_confirmed_account_there_are_messages_only(client: Client) -> None:
    assert "подтверждения личности через Госуслуги" in text(client.get(NEW))
    claimed = client.post(NEW, filled(client, kind="appeal"))
    assert (claimed.status_code, "Вход через Госуслуги закончился" in text(claimed)) == (422, True)
    walk(client, START, PROSTAKOV)
    assert "не подтверждена" in text(client.get(PAGE))
    claimed = client.post(NEW, filled(client, kind="appeal"))
    assert claimed.status_code == 422
    assert not Appeal.objects.exists()
    assert client.post(NEW, filled(client, name="Иван")).status_code == 302
    case = Appeal.objects.select_related("applicant").get()
    assert case.applicant
    assert (case.regime, case.applicant.name) == (Regime.PORTAL, "Иван")


@pytest.mark.usefixtures("esia")
def test_the_form_of_one_person_is_not_filed_by_another(client: Client) -> None:
    walk(client, START, ELKINA)
    values = filled(client, kind="appeal")
    walk(client, START, LI)
    answer = client.post(NEW, values)
    assert (answer.status_code, "вошли как Ли Анна" in text(answer)) == (422, True)
    client.post(f"{PAGE}leaving/")
    answer = client.post(NEW, values)
    assert (answer.status_code, "закончился" in text(answer)) == (422, True)
    assert not Appeal.objects.exists()


@pytest.mark.usefixtures("esia")
def test_leaving_forgets_the_person_and_leads_on_to_leave_there(client: Client) -> None:
    walk(client, START, ELKINA)
    left = text(client.post(f"{PAGE}leaving/"))
    assert "Вы вышли на этом сайте" in left
    assert "/idp/ext/Logout?client_id=MCU01" in left
    assert "Ёлкина" not in text(client.get(NEW))
    assert client.get(f"{PAGE}leaving/").status_code == 405


@pytest.mark.usefixtures("esia")
def test_one_may_leave_though_the_keys_are_lost(client: Client, settings: LazySettings) -> None:
    walk(client, START, ELKINA)
    settings.ESIA = {}
    assert "Вы вышли на этом сайте" in text(client.post(f"{PAGE}leaving/"))
    assert "Ёлкина" not in text(client.get(NEW))


@pytest.mark.usefixtures("esia")
def test_an_identification_ends_within_the_hour_and_with_its_centre(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    Municipality.objects.create(
        slug="there", name="Там", short_name="Там", kind="municipal_okrug", region="Край"
    )
    walk(client, START, ELKINA)
    assert "Ёлкина" not in text(client.get("/m/there/new/"))
    monkeypatch.setattr(identity, "SECONDS", -1)
    assert "Ёлкина" not in text(client.get(NEW))


def test_refusals_are_told_in_words(client: Client, esia: tuple[ExternalDoor, Esia]) -> None:
    door, standin = esia
    denied = walk(client, START, 0)
    assert (denied.status_code, "Вход отменён" in text(denied)) == (422, True)
    again = client.get("/identification/back/?code=1&state=2")
    assert (again.status_code, "Вход прерван" in text(again)) == (403, True)
    sent = client.get(START)
    stolen = returned(sent["Location"], ELKINA)
    assert Client().get(stolen).status_code == 403
    standin.failures.order("broken", call="te")
    broken = client.get(stolen)
    assert (broken.status_code, "перегружена" in text(broken)) == (422, True)
    assert client.get(stolen).status_code == 403
    door.enabled = False
    door.save()
    assert client.get(START).status_code == 404
    assert "не подключён" in text(client.get(PAGE))
    assert "через Госуслуги" not in text(client.get(NEW))


@pytest.mark.usefixtures("esia")
def test_pages_ask_little_of_the_database(client: Client) -> None:
    walk(client, START, ELKINA)
    pages = {"identity": PAGE, "new": NEW}
    assert over(counts_of(client, pages), {"identity": 4, "new": 9}) == {}
