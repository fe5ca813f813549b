"""Who is let in, and what the regulation still forbids an outside system to give."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from otklik.base.actor import Actor
from otklik.base.errors import Forbidden, NotFound, Refused
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.actions import apply_preset
from otklik.directory.organisation.models import Appointment, Municipality, Role
from otklik.directory.organisation.queries import regulation_facts
from otklik.directory.organisation.rules import Access
from otklik.exchange.signin.actions import DoorWanted, RuleWanted, enter, save_door
from otklik.exchange.signin.models import ExternalDoor, GrantedRole
from otklik.exchange.signin.rules.claims import Presented
from otklik.exchange.signin.rules.options import Options
from otklik.records.journal.models import Entry

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 4)


@pytest.fixture
def place() -> Municipality:
    return apply_preset(slug="dedovichi", actor=Actor.system("Проверка"))


def head(place: Municipality) -> Role:
    """A role that one person holds, by a decision."""
    facts = regulation_facts(place)
    slug = next(slug for slug in facts.single_roles if slug in facts.decisions)
    return Role.objects.get(municipality=place, slug=slug)


def door_with(place: Municipality, *rules: RuleWanted) -> ExternalDoor:
    return save_door(
        access=Access.system(place.pk),
        wanted=DoorWanted(
            kind="oidc", title="Домен", address="https://id.test", client_id="x", secret="y",
            options=Options(create_people=True),
        ),
        rules=rules,
    )  # fmt: skip


def who(subject: str, *groups: str) -> Presented:
    return Presented(
        subject=subject, email=f"{subject}@place.test", email_sure=True,
        full_name=f"Человек {subject}", claims={"groups": list(groups)},
    )  # fmt: skip


def test_a_role_by_decision_is_given_by_a_rule_that_names_it(place: Municipality) -> None:
    role = head(place)
    rule = RuleWanted(claim="groups", value="Главы", role_id=role.pk)
    with pytest.raises(Refused, match="нужно основание: решение Главы"):
        door_with(place, rule)
    founded = RuleWanted(
        claim="groups", value="Главы", role_id=role.pk, basis="Решение от 01.02.2026 № 3"
    )
    door = door_with(place, founded)
    enter(door=door, who=who("a", "Главы"), on=DAY)
    held = Appointment.objects.get(role=role)
    assert held.basis == "Решение от 01.02.2026 № 3; вход «Домен»: groups = Главы"


def test_a_role_for_one_is_not_given_to_two(place: Municipality) -> None:
    role = head(place)
    door = door_with(
        place, RuleWanted(claim="groups", value="Главы", role_id=role.pk, basis="Решение № 3")
    )
    enter(door=door, who=who("a", "Главы"), on=DAY)
    people = Account.objects.count()
    with pytest.raises(Forbidden, match="уже занимает") as refused:
        enter(door=door, who=who("b", "Главы"), on=DAY)
    assert refused.value.mend
    assert Account.objects.count() == people
    assert GrantedRole.objects.count() == 1
    said = Entry.objects.filter(name="EntryRefused").get()
    assert "уже занимает" in said.sentence


def test_what_was_given_by_hand_stays_whatever_the_claims(place: Municipality) -> None:
    role = Role.objects.create(municipality=place, slug="own", label="Своя")
    door = door_with(place, RuleWanted(claim="groups", value="Все", role_id=role.pk))
    entered = enter(door=door, who=who("a", "Все"), on=DAY)
    other = Role.objects.create(municipality=place, slug="hand", label="Вручную")
    Appointment.objects.create(account=entered.account, role=other, since=DAY)
    later = DAY + timedelta(days=10)
    enter(door=door, who=who("a"), on=later)
    held = Appointment.objects.filter(account=entered.account).order_by("pk")
    assert [(one.role, one.in_force(later)) for one in held] == [(role, False), (other, True)]
    enter(door=door, who=who("a", "Все"), on=later)
    assert held.all().count() == 3


def test_nobody_without_a_subject_or_a_sure_email_gets_an_account(place: Municipality) -> None:
    role = Role.objects.create(municipality=place, slug="own", label="Своя")
    door = door_with(place, RuleWanted(claim="groups", value="Все", role_id=role.pk))
    nameless = who("a", "Все")
    for lack in (
        {"subject": ""}, {"email": ""}, {"email_sure": False}, {"full_name": ""},
    ):  # fmt: skip
        with pytest.raises(Forbidden) as refused:
            enter(door=door, who=Presented(**{**vars(nameless), **lack}), on=DAY)
        assert refused.value.mend
    assert not Account.objects.filter(email="a@place.test").exists()


def test_one_account_is_bound_to_one_person_of_the_other_side(place: Municipality) -> None:
    role = Role.objects.create(municipality=place, slug="own", label="Своя")
    door = door_with(place, RuleWanted(claim="groups", value="Все", role_id=role.pk))
    enter(door=door, who=who("a", "Все"), on=DAY)
    twin = Presented(**{**vars(who("a", "Все")), "subject": "twin"})
    with pytest.raises(Forbidden, match="другой человек"):
        enter(door=door, who=twin, on=DAY)


def test_rules_take_roles_and_bodies_of_their_own_centre_only(place: Municipality) -> None:
    there = Municipality.objects.create(
        slug="there", name="Там", short_name="Там", kind="municipal_okrug", region="Край"
    )
    theirs = Role.objects.create(municipality=there, slug="x", label="Чужая")
    with pytest.raises(NotFound):
        door_with(place, RuleWanted(claim="g", value="v", role_id=theirs.pk))
    assert not ExternalDoor.objects.exists()
