"""Staff by ЕСИА: who is let in, what his role opens, who reads personal data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client

from otklik.base import clock
from otklik.casework.appeals.actions import NewAppeal, NewApplicant
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.casework.deadlines.actions import install_builtin_rules
from otklik.casework.intake.actions import take
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Appointment, Municipality, Role, RoleGrant
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.exchange.signin.models import ExternalDoor
from otklik.exchange.signin.queries import checks_of
from otklik.exchange.signin.tests.esia import (
    ELKINA,
    LI,
    NEPOCHTIN,
    PROSTAKOV,
    connected,
    returned,
    walk,
)
from otklik.exchange.standins.esia.application import Esia
from otklik.exchange.standins.esia.signing import gost_there
from otklik.exchange.vendors.esia.gost import COMMAND
from otklik.records.journal.models import Entry, PersonalRead

pytestmark = pytest.mark.django_db
START, BACK = "/accounts/esia/zaozersk-esia/", "/accounts/esia/back/"
SEES = (Permission.VIEW_APPEALS, Permission.VIEW_PERSONAL)


@pytest.fixture
def place() -> Municipality:
    cache.clear()
    install_builtin_rules()
    return Municipality.objects.create(
        slug="zaozersk", name="Заозёрский округ", short_name="Заозёрск",
        kind="municipal_okrug", region="Край",
    )  # fmt: skip


@pytest.fixture
def door(
    settings: LazySettings, tmp_path: Path, place: Municipality
) -> Iterator[tuple[ExternalDoor, Esia]]:
    with connected(settings, tmp_path, place) as found:
        yield found


@pytest.fixture
def case(place: Municipality) -> Appeal:
    new = NewAppeal(
        regime=Regime.PORTAL, channel=Channel.PORTAL, text="Яма у школы",
        received_at=clock.now(),
        applicant=NewApplicant(name="Тайнова Вера Львовна", phone="+79007778899"),
    )  # fmt: skip
    return take(access=Access.system(place.pk), new=new)


def employ(place: Municipality, email: str, *grants: Permission) -> Account:
    role = Role.objects.create(municipality=place, slug=f"role-{email[:5]}", label="Роль")
    RoleGrant.objects.bulk_create(
        RoleGrant(role=role, permission=one, scope=Scope.MUNICIPALITY) for one in grants
    )
    account = Account.objects.create_user(email, "Ёлкина Мария Игоревна")
    Appointment.objects.create(account=account, role=role, since=date(2020, 1, 1))
    return account


def text(answer: Any) -> str:
    return str(answer.content.decode()).replace("\xa0", " ")


@pytest.mark.clause("novoduginsky:1.1.7.5")
@pytest.mark.usefixtures("door")
def test_a_member_enters_by_esia_and_does_what_the_role_allows(
    client: Client, place: Municipality, case: Appeal
) -> None:
    """Entry by ЕСИА; functions by the role; personal data to those with the right, each read
    logged."""
    account = employ(place, "elkina@example.test", *SEES)
    assert "Госуслуги" in text(client.get("/accounts/login/"))
    answer = walk(client, f"{START}?next=/desk/appeals/{case.pk}/", ELKINA)
    assert (answer.status_code, answer["Location"]) == (302, f"/desk/appeals/{case.pk}/")
    assert "Тайнова Вера Львовна" in text(client.get(answer["Location"]))
    read = PersonalRead.objects.get(account_id=account.pk)
    assert read.case_ids == [case.pk]
    for closed in ("/desk/settings/people/", "/desk/journal/", "/desk/imports/"):
        assert client.get(closed).status_code == 403, closed
    entered = Entry.objects.filter(name="EnteredByDoor").get()
    assert entered.sentence == (
        "Вход через «Госуслуги»: Ёлкина Мария Игоревна, учётная запись привязана"
    )


@pytest.mark.clause("novoduginsky:1.1.7.5")
@pytest.mark.usefixtures("door")
def test_a_role_without_the_right_is_shown_no_personal_data(
    client: Client, place: Municipality, case: Appeal
) -> None:
    account = employ(place, "elkina@example.test", Permission.VIEW_APPEALS)
    assert walk(client, START, ELKINA)["Location"] == "/desk/"
    page = text(client.get(f"/desk/appeals/{case.pk}/"))
    assert "Яма у школы" in page
    assert "Тайнова" not in page
    assert "7778899" not in page
    assert not PersonalRead.objects.filter(account_id=account.pk).exists()


@pytest.mark.skipif(not gost_there(), reason=f"OpenSSL без ГОСТ: {COMMAND}")
def test_the_way_is_the_same_by_gost(
    client: Client, settings: LazySettings, tmp_path: Path, place: Municipality
) -> None:
    employ(place, "elkina@example.test", *SEES)
    with connected(settings, tmp_path, place, gost=True) as (door, esia):
        assert walk(client, START, ELKINA)["Location"] == "/desk/"
        told = [(call.name, call.status) for call in esia.calls]
        assert told == [("ac", 200), ("te", 200), ("prns", 200), ("ctts", 200)]
        assert all(one.good for one in checks_of(door))


@pytest.mark.usefixtures("door")
def test_afterwards_the_person_is_known_whatever_the_mail(
    client: Client, place: Municipality
) -> None:
    account = employ(place, "elkina@example.test", *SEES)
    walk(client, START, ELKINA)
    Account.objects.filter(pk=account.pk).update(email="new@example.test")
    other = Client()
    assert walk(other, START, ELKINA).status_code == 302
    assert other.session["_auth_user_id"] == str(account.pk)


@pytest.mark.usefixtures("door")
@pytest.mark.parametrize(
    ("citizen", "email", "why"),
    [
        (LI, "", "Вас нет среди сотрудников центра"),
        (ELKINA, "", "Вас нет среди сотрудников центра"),
        (NEPOCHTIN, "nepochtin@example.test", "Вас нет среди сотрудников центра"),
        (PROSTAKOV, "prostakov@example.test", "не подтверждена"),
        (0, "elkina@example.test", "Вход отменён"),
    ],
)
def test_strangers_and_doubtful_people_are_refused_in_words(
    client: Client, place: Municipality, citizen: int, email: str, why: str
) -> None:
    if email:
        employ(place, email, *SEES)
    answer = walk(client, START, citizen)
    assert answer.status_code in (403, 422)
    assert why in text(answer)
    assert "_auth_user_id" not in client.session
    assert client.get("/desk/").status_code == 302


@pytest.mark.usefixtures("door")
def test_a_return_counts_once_in_its_own_browser(client: Client, place: Municipality) -> None:
    employ(place, "elkina@example.test", *SEES)
    back = returned(client.get(START)["Location"], ELKINA)
    thief = Client()
    thief.get(START)
    assert "прерван или устарел" in text(thief.get(back))
    assert client.get(back).status_code == 302
    assert "прерван или устарел" in text(client.get(back))
    assert client.get("/accounts/esia/zaozersk-no/").status_code == 404


@pytest.mark.usefixtures("door")
def test_the_page_after_entry_is_one_of_ours(client: Client, place: Municipality) -> None:
    employ(place, "elkina@example.test", *SEES)
    answer = walk(client, f"{START}?next=https://evil.test/", ELKINA)
    assert answer["Location"] == "/desk/"


def test_the_second_factor_of_the_centre_stays(
    client: Client, place: Municipality, door: tuple[ExternalDoor, Esia]
) -> None:
    employ(place, "elkina@example.test", *SEES)
    Municipality.objects.update(second_factor="all")
    walk(client, START, ELKINA)
    assert client.get("/desk/")["Location"] == "/accounts/2fa/totp/activate/"
    ExternalDoor.objects.update(options={**door[0].options, "strong": "PWD"})
    other = Client()
    walk(other, START, ELKINA)
    assert other.get("/desk/").status_code == 200


@pytest.mark.parametrize("lost", ["key", "trust"])
def test_lost_keys_are_told_before_anybody_goes_anywhere(
    client: Client, settings: LazySettings, door: tuple[ExternalDoor, Esia], lost: str
) -> None:
    settings.ESIA = {**settings.ESIA, lost: "/no/such/file"}
    answer = client.get(START)
    assert (answer.status_code, "Не читается" in text(answer)) == (422, True)
    assert door[1].calls == []
