"""Staff by OpenID Connect, judged by a provider that others have written (npm oidc-provider)."""

from __future__ import annotations

import json
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from otklik.base import clock
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import (
    Appointment,
    Body,
    Municipality,
    Role,
    RoleGrant,
)
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.exchange.signin.actions import DoorWanted, RuleWanted, save_door
from otklik.exchange.signin.models import ExternalDoor
from otklik.exchange.signin.rules.options import Options
from otklik.records.journal.models import Entry

pytestmark = [
    pytest.mark.processes,
    pytest.mark.django_db,
    pytest.mark.skipif(not shutil.which("node"), reason="нет Node.js: make dev"),
]
SCRIPT = Path(__file__).with_name("oidc") / "provider.mjs"
BACK = "http://testserver/accounts/oidc/zaozersk-oidc/login/callback/"
PEOPLE: dict[str, dict[str, Any]] = {
    "operator": {
        "family_name": "Ёжикова", "given_name": "Зоя", "middle_name": "Ильинична",
        "email": "ezhikova@zaozersk.test", "email_verified": True,
        "groups": ["Операторы МЦУ", "Все"],
    },
    "known": {
        "name": "Бывалов Пётр Ильич", "email": "BYVALOV@zaozersk.test", "email_verified": True,
        "groups": ["Все"],
    },
    "doubtful": {
        "name": "Бывалов Пётр Ильич", "email": "byvalov@zaozersk.test", "email_verified": False,
        "groups": ["Операторы МЦУ"],
    },
    "stranger": {
        "name": "Чужов Чужак", "email": "chuzhov@elsewhere.test", "email_verified": True,
        "groups": ["Бухгалтерия"],
    },
    "chief": {
        "name": "Главный Админ", "email": "root@zaozersk.test", "email_verified": True,
        "groups": ["Операторы МЦУ"],
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def secret() -> str:
    return secrets.token_urlsafe(32)


@pytest.fixture(scope="module")
def issuer(secret: str) -> Iterator[str]:
    told = {"client": "otklik", "secret": secret, "back": BACK, "people": PEOPLE}
    process = subprocess.Popen(
        ["node", str(SCRIPT)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdin
    assert process.stdout
    process.stdin.write(json.dumps(told))
    process.stdin.close()
    found = process.stdout.readline().strip()
    assert found.startswith("http://127.0.0.1:"), process.stderr and process.stderr.read()
    yield found
    process.terminate()
    process.wait(10)
    process.stdout.close()
    assert process.stderr
    process.stderr.close()


@pytest.fixture
def place() -> Municipality:
    return Municipality.objects.create(
        slug="zaozersk", name="Заозёрский округ", short_name="Заозёрск",
        kind="municipal_okrug", region="Край",
    )  # fmt: skip


@pytest.fixture
def role(place: Municipality) -> Role:
    made = Role.objects.create(municipality=place, slug="operator", label="Оператор МЦУ")
    grants = (Permission.VIEW_APPEALS, Permission.REGISTER)
    RoleGrant.objects.bulk_create(
        RoleGrant(role=made, permission=one, scope=Scope.MUNICIPALITY) for one in grants
    )
    return made


class Office:
    """The centre with its door; `walk` goes the whole way as a browser does."""

    def __init__(self, door: ExternalDoor, place: Municipality) -> None:
        self.door, self.place = door, place

    def walk(
        self, login: str, amr: str = "pwd", client: Client | None = None
    ) -> tuple[Any, Client]:
        client = client or Client()
        sent = client.get(f"/accounts/oidc/{self.door.key}/login/?next=/desk/appeals/")
        assert sent.status_code == 302, sent.content.decode()
        asked = dict(httpx.URL(sent["Location"]).params)
        assert (asked["code_challenge_method"], asked["response_type"]) == ("S256", "code")
        with httpx.Client(trust_env=False) as browser:
            url = httpx.URL(sent["Location"])
            while url.host != "testserver":
                if url.path.startswith("/interaction/"):
                    url = url.copy_merge_params({"login": login, "amr": amr})
                answer = browser.get(url)
                assert answer.has_redirect_location, answer.text
                url = url.join(answer.headers["Location"])
        return client.get(str(url)), client

    def rules(self, *rules: RuleWanted, **options: Any) -> None:
        kept = {**self.door.options, **options}
        save_door(
            access=Access.system(self.place.pk), door_id=self.door.pk, rules=rules,
            wanted=DoorWanted(
                kind="oidc", title=self.door.title, address=self.door.address,
                client_id="otklik", options=Options.read(kept),
            ),
        )  # fmt: skip
        self.door.refresh_from_db()


@pytest.fixture
def office(issuer: str, secret: str, place: Municipality, role: Role) -> Office:
    door = save_door(
        access=Access.system(place.pk),
        wanted=DoorWanted(
            kind="oidc", title="Учётные записи округа", address=issuer, client_id="otklik",
            secret=secret, options=Options(create_people=True),
        ),
        rules=[RuleWanted(claim="groups", value="Операторы МЦУ", role_id=role.pk)],
    )  # fmt: skip
    assert door.key == "zaozersk-oidc"
    assert secret not in door.secret
    return Office(door, place)


def employ(role: Role, email: str, name: str, body: Body | None = None) -> Account:
    account = Account.objects.create_user(email, name)
    Appointment.objects.create(account=account, role=role, body=body, since=date(2020, 1, 1))
    return account


def text(answer: Any) -> str:
    return str(answer.content.decode()).replace("\xa0", " ")


def test_a_person_in_the_group_gets_an_account_and_the_role(office: Office, role: Role) -> None:
    answer, client = office.walk("operator")
    assert (answer.status_code, answer["Location"]) == (302, "/desk/appeals/")
    account = Account.objects.get(email="ezhikova@zaozersk.test")
    assert account.full_name == "Ёжикова Зоя Ильинична"
    held = Appointment.objects.get(account=account)
    assert held.role == role
    assert held.basis == "вход «Учётные записи округа»: groups = Операторы МЦУ"
    assert client.get("/desk/appeals/").status_code == 200
    assert client.get("/desk/settings/people/").status_code == 403
    again, _ = office.walk("operator")
    assert again.status_code == 302
    assert Appointment.objects.filter(account=account).count() == 1
    assert SocialAccount.objects.get(user=account).extra_data == {}


def test_the_page_of_signing_in_offers_the_door(office: Office, client: Client) -> None:
    page = client.get("/accounts/login/?next=/desk/map/").content.decode()
    assert "Учётные записи округа" in page
    assert "/accounts/oidc/zaozersk-oidc/login/?next=" in page
    office.door.enabled = False
    office.door.save()
    assert "Учётные записи округа" not in client.get("/accounts/login/").content.decode()
    assert client.get("/accounts/oidc/zaozersk-oidc/login/").status_code == 404


def test_a_member_is_known_by_a_confirmed_email_and_then_by_the_subject(
    office: Office, role: Role
) -> None:
    account = employ(role, "byvalov@zaozersk.test", "Бывалов Пётр Ильич")
    refused, _ = office.walk("doubtful")
    assert refused.status_code == 403
    assert "нельзя узнать по почте" in text(refused)
    answer, _ = office.walk("known")
    assert answer.status_code == 302
    Account.objects.filter(pk=account.pk).update(email="other@zaozersk.test")
    answer, client = office.walk("known")
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(account.pk)


def test_strangers_are_refused_in_words_and_get_no_account(office: Office) -> None:
    before = Account.objects.count()
    answer, client = office.walk("stranger")
    assert answer.status_code == 403
    assert "Вас нет среди сотрудников центра" in text(answer)
    assert "Обратитесь к администратору центра" in text(answer)
    assert Account.objects.count() == before
    assert "_auth_user_id" not in client.session
    said = Entry.objects.filter(municipality_id=office.place.pk).latest("pk")
    assert said.payload["who"] == "Чужов Чужак"
    assert said.payload["reason"] == "Вас нет среди сотрудников центра."
    office.rules(create_people=False)
    answer, _ = office.walk("operator")
    assert answer.status_code == 403
    assert Account.objects.count() == before


def test_a_lost_group_takes_the_role_away(office: Office, role: Role) -> None:
    with clock.frozen(clock.now() - timedelta(days=3)):
        office.walk("operator")
    account = Account.objects.get(email="ezhikova@zaozersk.test")
    other = Role.objects.create(municipality=office.place, slug="other", label="Другая")
    office.rules(RuleWanted(claim="groups", value="Все", role_id=other.pk))
    answer, _ = office.walk("operator")
    assert answer.status_code == 302
    today = clock.today()
    held = Appointment.objects.filter(account=account).order_by("pk")
    assert [(one.role, one.in_force(today)) for one in held] == [(role, False), (other, True)]
    office.rules()
    answer, _ = office.walk("operator")
    assert answer.status_code == 403
    assert "У вас нет роли в центре" in text(answer)


def test_one_centre_opens_no_doors_of_others_or_of_the_server(office: Office, role: Role) -> None:
    root = employ(role, "root@zaozersk.test", "Главный Админ")
    Account.objects.filter(pk=root.pk).update(is_staff=True)
    answer, _ = office.walk("chief")
    assert (answer.status_code, "только с паролем" in text(answer)) == (403, True)
    there = Municipality.objects.create(
        slug="there", name="Там", short_name="Там", kind="municipal_okrug", region="Край"
    )
    theirs = Role.objects.create(municipality=there, slug="head", label="Глава")
    employ(theirs, "byvalov@zaozersk.test", "Бывалов Пётр Ильич")
    answer, _ = office.walk("known")
    assert (answer.status_code, "нельзя узнать по почте" in text(answer)) == (403, True)
    both = Account.objects.get(email="byvalov@zaozersk.test")
    Appointment.objects.create(account=both, role=role, since=date(2020, 1, 1))
    answer, _ = office.walk("known")
    assert (answer.status_code, "в нескольких центрах" in text(answer)) == (403, True)
    assert not SocialAccount.objects.exists()


def test_a_blocked_person_stays_outside(office: Office) -> None:
    office.walk("operator")
    Account.objects.update(is_active=False)
    answer, _ = office.walk("operator")
    assert (answer.status_code, "Вход для вас отключён" in text(answer)) == (403, True)


@pytest.mark.parametrize(
    ("amr", "opens"), [("pwd", False), ("pwd mfa", True), ("otp", True), ("face", False)]
)
def test_the_second_factor_of_the_centre_is_asked_here_or_there(
    office: Office, amr: str, opens: bool
) -> None:
    Municipality.objects.update(second_factor="all")
    answer, client = office.walk("operator", amr)
    assert answer.status_code == 302
    page = client.get("/desk/appeals/")
    if opens:
        assert page.status_code == 200
    else:
        assert (page.status_code, page["Location"]) == (302, "/accounts/2fa/totp/activate/")


def test_whoever_has_codes_of_his_own_is_asked_them(office: Office, role: Role) -> None:
    account = employ(role, "byvalov@zaozersk.test", "Бывалов Пётр Ильич")
    Authenticator.objects.create(user=account, type="totp", data={"secret": "x"})
    answer, client = office.walk("known")
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/2fa/authenticate/")
    assert client.get("/desk/appeals/").status_code == 302


def test_denied_broken_and_foreign_returns_are_told_in_words(office: Office) -> None:
    answer, _ = office.walk("nobody")
    assert (answer.status_code, "Вход отменён" in text(answer)) == (403, True)
    foreign = Client().get(f"{BACK}?code=abc&state=def")
    assert (foreign.status_code, "прерван или устарел" in text(foreign)) == (403, True)
    door = ExternalDoor.objects.get()
    save_door(
        access=Access.system(office.place.pk), door_id=door.pk,
        wanted=DoorWanted(kind="oidc", title=door.title, address=door.address,
                          client_id="otklik", secret="wrong"),
    )  # fmt: skip
    answer, _ = office.walk("operator")
    assert (answer.status_code, "проверьте адрес" in text(answer)) == (422, True)


def test_nobody_signs_up_or_binds_by_himself(client: Client) -> None:
    for page in ("", "signup/", "login/cancelled/", "login/error/"):
        assert client.get(f"/accounts/3rdparty/{page}").status_code == 404
