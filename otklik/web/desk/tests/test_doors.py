"""Doors that stand elsewhere on the settings screens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.conf import LazySettings
from django.test import Client

from otklik.directory.organisation.models import Body, Municipality, Role
from otklik.directory.organisation.rules import Access
from otklik.exchange.signin.actions import DoorWanted, RuleWanted, save_door
from otklik.exchange.signin.models import ExternalDoor
from otklik.exchange.signin.queries import secret_of_door
from otklik.exchange.signin.tests.esia import connected
from otklik.exchange.standins.esia.application import Esia
from otklik.records.journal.models import Entry
from otklik.web.desk.tests.conftest import Centre, Person
from otklik.web.look.tests.counting import counts_of, grown, over, views_of

pytestmark = pytest.mark.django_db
ROOT = "/desk/settings/doors/"
OIDC = {
    "title": "Учётные записи округа", "address": "https://id.zaozersk.test/realms/mcu/",
    "client_id": "otklik", "secret": "Tайный-ключ-7", "scopes": "openid profile email",
    "strong": "mfa", "link_by_email": "on", "enabled": "on",
    "rule-TOTAL_FORMS": "2", "rule-INITIAL_FORMS": "0",
}  # fmt: skip


def text(answer: Any) -> str:
    return str(answer.content.decode()).replace("\xa0", " ")


@pytest.fixture
def esia(
    settings: LazySettings, tmp_path: Path, centre: Centre
) -> Iterator[tuple[ExternalDoor, Esia]]:
    with connected(settings, tmp_path, centre.municipality) as found:
        yield found


def ruled(keeper: Person, **more: str) -> dict[str, str]:
    role = Role.objects.filter(municipality_id=keeper.access.municipality_id).first()
    assert role
    rule = {"rule-0-claim": "groups", "rule-0-value": "Операторы МЦУ", "rule-0-role": str(role.pk)}
    return {**OIDC, **rule, **more}


def test_a_door_is_set_up_with_its_rules_and_a_sealed_secret(
    centre: Centre, keeper: Person
) -> None:
    assert "Внешних входов нет" in text(keeper.client.get(ROOT))
    new = text(keeper.client.get(f"{ROOT}new/oidc/"))
    slug = centre.municipality.slug
    assert f"/accounts/oidc/{slug}-oidc/login/callback/" in new
    saved = keeper.client.post(f"{ROOT}new/oidc/", ruled(keeper))
    door = ExternalDoor.objects.get()
    assert (saved.status_code, saved["Location"]) == (302, f"{ROOT}{door.pk}/")
    assert (door.address, door.key) == ("https://id.zaozersk.test/realms/mcu", f"{slug}-oidc")
    assert OIDC["secret"] not in door.secret
    assert secret_of_door(door) == OIDC["secret"]
    page = text(keeper.client.get(f"{ROOT}{door.pk}/"))
    assert OIDC["secret"] not in page
    assert "хранится зашифрованным" in page
    rule = door.rules.get()
    assert (rule.claim, rule.value) == ("groups", "Операторы МЦУ")
    said = Entry.objects.filter(name="DoorSaved").get()
    assert said.sentence.startswith("Внешний вход «Учётные записи округа» включён; роли: groups")
    assert OIDC["secret"] not in str(said.payload)
    again = keeper.client.post(f"{ROOT}{door.pk}/", {**OIDC, "secret": "", "title": "Домен"})
    assert again.status_code == 302
    door.refresh_from_db()
    assert (door.title, door.rules.count()) == ("Домен", 0)
    assert secret_of_door(door) == OIDC["secret"]
    assert "Домен" in text(Client().get("/accounts/login/"))


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"address": "http://id.zaozersk.test"}, "защищённый адрес"),
        ({"secret": ""}, "Вход пока нельзя включить"),
        ({"rule-0-value": ""}, "Заполните признак, значение и роль"),
        ({"title": ""}, "Обязательное поле"),
    ],
)
def test_what_cannot_work_is_refused_in_words(
    keeper: Person, changed: dict[str, str], why: str
) -> None:
    answer = keeper.client.post(f"{ROOT}new/oidc/", ruled(keeper, **changed))
    assert (answer.status_code, why in text(answer)) == (200, True)
    assert not ExternalDoor.objects.exists()


def test_two_doors_do_not_share_a_name_and_may_wait_switched_off(keeper: Person) -> None:
    waiting = {**OIDC, "secret": ""}
    del waiting["enabled"]
    assert keeper.client.post(f"{ROOT}new/oidc/", waiting).status_code == 302
    assert "уже есть" in text(keeper.client.post(f"{ROOT}new/oidc/", OIDC))
    other = {**OIDC, "title": "Другой"}
    assert keeper.client.post(f"{ROOT}new/oidc/", other).status_code == 302
    assert ExternalDoor.objects.filter(key__endswith="-oidc-2", enabled=True).count() == 1
    login = text(Client().get("/accounts/login/"))
    assert "Другой" in login
    assert "Учётные записи округа" not in login


def test_only_those_who_keep_the_structure_open_these_pages(centre: Centre, keeper: Person) -> None:
    keeper.client.post(f"{ROOT}new/oidc/", OIDC)
    door = ExternalDoor.objects.get()
    for person in (centre.operator, centre.executor):
        for path in ("", "new/oidc/", f"{door.pk}/"):
            assert person.client.get(f"{ROOT}{path}").status_code == 403
    there = Municipality.objects.create(
        slug="there", name="Там", short_name="Там", kind="municipal_okrug", region="Край"
    )
    foreign = save_door(
        access=Access.system(there.pk),
        wanted=DoorWanted(
            kind="oidc", title="Чужой", address="https://id.test", client_id="x", enabled=False
        ),
    )
    assert keeper.client.get(f"{ROOT}{foreign.pk}/").status_code == 404
    assert keeper.client.post(f"{ROOT}{foreign.pk}/check/").status_code == 404
    assert "Чужой" not in text(keeper.client.get(ROOT))
    role = Role.objects.create(municipality=there, slug="head", label="Глава там")
    values = ruled(keeper, **{"rule-0-role": str(role.pk)})
    assert keeper.client.post(f"{ROOT}{door.pk}/", values).status_code == 200
    assert door.rules.count() == 0


def test_the_check_of_esia_names_what_is_missing(
    keeper: Person, settings: LazySettings, esia: tuple[ExternalDoor, Esia]
) -> None:
    door, _ = esia
    good = text(keeper.client.post(f"{ROOT}{door.pk}/check/"))
    assert "подпись получается: 256 байт" in good
    assert "не готово" not in good
    for address in ("/accounts/esia/back/", "/identification/back/"):
        assert f"http://testserver{address}" in good
    settings.ESIA = {**settings.ESIA, "trust": ""}
    bad = text(keeper.client.post(f"{ROOT}{door.pk}/check/"))
    assert "не готово" in bad
    assert "OTKLIK_ESIA_TRUST" in bad
    form = {"title": "Госуслуги", "address": door.address, "client_id": "MCU01",
            "profile": "raw_sha256", "for_staff": "on", "enabled": "on"}  # fmt: skip
    refused = text(keeper.client.post(f"{ROOT}{door.pk}/", form))
    assert "Вход пока нельзя включить. Сертификат ЕСИА" in refused
    del form["enabled"]
    assert keeper.client.post(f"{ROOT}{door.pk}/", form).status_code == 302
    door.refresh_from_db()
    assert (door.enabled, door.for_citizens) == (False, False)


def test_the_check_of_accounts_asks_the_system(
    keeper: Person, esia: tuple[ExternalDoor, Esia]
) -> None:
    # A server that is no provider of OpenID Connect, and none at all.
    for address, why in ((esia[1].url, "ответила 404"), ("http://127.0.0.1:9", "не отвечает")):
        saved = keeper.client.post(
            f"{ROOT}new/oidc/", {**OIDC, "title": address, "address": address}
        )
        page = text(keeper.client.post(f"{saved['Location']}check/"))
        assert why in page
        assert "не готово" in page


def test_a_bound_person_may_be_unbound(centre: Centre, keeper: Person) -> None:
    keeper.client.post(f"{ROOT}new/oidc/", OIDC)
    door = ExternalDoor.objects.get()
    person = centre.operator.account
    SocialAccount.objects.create(user=person, provider=door.key, uid="s-1")
    assert person.full_name in text(keeper.client.get(f"{ROOT}{door.pk}/"))
    unbinding = f"{ROOT}{door.pk}/unbinding/"
    assert keeper.client.post(unbinding, {"account": person.pk}).status_code == 302
    assert not SocialAccount.objects.exists()
    assert keeper.client.post(unbinding, {"account": person.pk}).status_code == 404
    assert keeper.client.post(unbinding, {"account": "x"}).status_code == 404
    assert Entry.objects.filter(name="AccountUnbound").count() == 1


PAGES = {"desk:doors": 9, "desk:door_new": 13, "desk:door": 16}
POST_ONLY = {"desk:door_check", "desk:door_unbinding"}


def test_pages_ask_the_same_of_three_rows_and_of_thirty(centre: Centre, keeper: Person) -> None:
    keeper.client.post(f"{ROOT}new/oidc/", OIDC)
    door = ExternalDoor.objects.get()
    pages = {
        "desk:doors": ROOT,
        "desk:door_new": f"{ROOT}new/oidc/",
        "desk:door": f"{ROOT}{door.pk}/",
    }
    grow(centre, door, range(3))
    few = counts_of(keeper.client, pages)
    grow(centre, door, range(3, 30))
    many = counts_of(keeper.client, pages)
    assert grown(few, many) == {}
    assert over(many, PAGES) == {}
    assert set(views_of("otklik.web.desk.settings.doors")) == {*PAGES, *POST_ONLY}
    for name in POST_ONLY:
        assert keeper.client.get(f"{ROOT}{door.pk}/{name.partition('_')[2]}/").status_code == 405


def grow(centre: Centre, door: ExternalDoor, names: range) -> None:
    """More doors, roles, bodies, rules and bound people."""
    place = centre.municipality
    access = Access.system(place.pk)
    rules = []
    for n in names:
        role = Role.objects.create(municipality=place, slug=f"r{n}", label=f"Роль {n}")
        body = Body.objects.create(municipality=place, name=f"Орган {n}", kind="institution")
        rules.append(RuleWanted(claim="g", value=f"{n}", role_id=role.pk, body_id=body.pk))
        SocialAccount.objects.create(user=centre.operator.account, provider=door.key, uid=f"s-{n}")
        wanted = DoorWanted(kind="oidc", title=f"Вход {n}", address="https://id.test",
                            client_id="x", enabled=False)  # fmt: skip
        save_door(access=access, wanted=wanted)
    wanted = DoorWanted(kind="oidc", title=door.title, address=door.address, client_id="otklik")
    save_door(access=access, wanted=wanted, rules=rules, door_id=door.pk)
