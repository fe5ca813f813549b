"""People take the roles that a regulation names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from otklik.base.errors import Refused
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.actions import (
    appoint,
    end_appointment,
    name_substitute,
    save_body,
)
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.organisation.queries import (
    composition,
    regulation_facts,
)
from otklik.directory.organisation.tests.conftest import DAY, access, owner
from otklik.directory.organisation.vocabulary import BodyKind, Permission

pytestmark = pytest.mark.django_db
Apply = Callable[[str], Municipality]
Person = Callable[[str], Account]
DECISION = "Решение Главы района от 01.10.2025 № 12"


def put(municipality: Municipality, account: Account, role: str, body: Body | None = None) -> None:
    appoint(
        access=owner(municipality),
        account=account,
        role=municipality.roles.get(slug=role),
        body=body,
        since=DAY,
        basis=DECISION,
    )


@pytest.mark.parametrize(
    ("slug", "role"),
    [
        pytest.param(slug, role, marks=pytest.mark.clause(*clauses))
        for slug, role, clauses in [
            ("tuapse", "curator", ["tuapse:3.1.1"]),
            ("tuapse", "head", ["tuapse:3.1.3"]),
            ("dedovichi", "curator", ["dedovichi:8.1"]),
            ("dedovichi", "coordinator", ["dedovichi:8.2"]),
            ("novoduginsky", "curator", ["novoduginsky:2.1.1"]),
            ("novoduginsky", "deputy-head", ["novoduginsky:2.1.3"]),
            ("pereslavl", "systems-officer", ["pereslavl:2.1.3"]),
        ]
    ],
)
def test_a_role_of_the_document_can_be_given(
    apply: Apply, person: Person, slug: str, role: str
) -> None:
    municipality, account = apply(slug), person("Ильина Вера Павловна")
    put(municipality, account, role)
    granted = set(access(account, municipality).grants)
    assert granted == set(
        municipality.roles.get(slug=role).grants.values_list("permission", flat=True)
    )
    assert granted


@pytest.mark.clause("pereslavl:2.1.1")
def test_the_head_of_the_town_sees_everything(apply: Apply, person: Person) -> None:
    municipality, account = apply("pereslavl"), person("Орлов Игорь Ильич")
    put(municipality, account, "curator")
    found = access(account, municipality)
    for permission in (
        Permission.VIEW_APPEALS,
        Permission.ANALYTICS,
        Permission.JOURNAL,
    ):
        assert found.reach(permission).everywhere
    assert municipality.roles.get(slug="curator").position == "Глава города Переславля-Залесского"


@pytest.mark.clause("pereslavl:2.1.2")
def test_a_section_head_of_the_institution_leads_the_centre(apply: Apply, person: Person) -> None:
    municipality, account = apply("pereslavl"), person("Зимин Олег Юрьевич")
    office = municipality.bodies.get(name__startswith="МКУ «Многофункциональный")
    put(municipality, account, "head", office)
    (held,) = composition(municipality.pk, DAY)
    assert held.body == office
    assert office.head_position.startswith("директор")
    assert [block.order for block in office.blocks.all()] == [0]
    assert access(account, municipality).reach(Permission.VIEW_APPEALS).everywhere


@pytest.mark.clause("ust-kubinsky:4.1.1")
def test_the_head_of_the_okrug_decides_everything(apply: Apply, person: Person) -> None:
    municipality, account = apply("ust-kubinsky"), person("Белов Пётр Ильич")
    put(municipality, account, "head")
    found = access(account, municipality)
    decisions = [
        "view_appeals",
        "view_personal",
        "assign",
        "approve",
        "sign",
        "extend",
        "analytics",
    ]
    assert all(found.reach(permission).everywhere for permission in decisions)


@pytest.mark.clause("ust-kubinsky:4.3", "tuapse:3.3")
@pytest.mark.parametrize(("slug", "role"), [("ust-kubinsky", "head"), ("tuapse", "curator")])
def test_one_person_at_a_time(apply: Apply, person: Person, slug: str, role: str) -> None:
    municipality = apply(slug)
    first, second = person("Белов Пётр Ильич"), person("Чернов Иван Ильич")
    put(municipality, first, role)
    with pytest.raises(Refused, match="уже занимает Белов"):
        put(municipality, second, role)
    (held,) = composition(municipality.pk, DAY)
    end_appointment(access=owner(municipality), appointment=held, on=DAY)
    appoint(
        access=owner(municipality),
        account=second,
        role=municipality.roles.get(slug=role),
        since=date(2026, 3, 3),
        basis=DECISION,
    )
    assert [a.account for a in composition(municipality.pk, date(2026, 3, 3))] == [second]


@pytest.mark.clause("tuapse:3.5")
def test_every_block_has_exactly_one_lead(apply: Apply, person: Person) -> None:
    municipality = apply("tuapse")
    role = municipality.roles.get(slug="block-lead")
    for block in municipality.blocks.all():
        appoint(
            access=owner(municipality),
            account=person(f"Заместитель Анна Блоковна{block.order}"),
            role=role,
            block=block,
            since=DAY,
        )
    with pytest.raises(Refused, match="уже занимает"):
        appoint(
            access=owner(municipality),
            account=person("Лишний Иван Ильич"),
            role=role,
            block=municipality.blocks.first(),
            since=DAY,
        )
    assert composition(municipality.pk, DAY).count() == 6


@pytest.mark.clause("ust-kubinsky:4.4")
def test_a_substitute_acts_under_an_own_name_for_the_dates(apply: Apply, person: Person) -> None:
    municipality = apply("ust-kubinsky")
    chief, press = person("Громов Олег Юрьевич"), person("Лисина Дарья Олеговна")
    put(municipality, chief, "administrator")
    (held,) = composition(municipality.pk, DAY)
    since, until = date(2026, 4, 6), date(2026, 4, 17)
    name_substitute(
        access=owner(municipality),
        appointment=held,
        account=press,
        since=since,
        until=until,
    )
    during = access(press, municipality, date(2026, 4, 10))
    assert during.reach(Permission.REGISTER).everywhere
    assert during.actor.account_id == press.pk
    assert during.actor.label.startswith("Лисина")
    for outside in (date(2026, 4, 5), date(2026, 4, 18)):
        assert not access(press, municipality, outside).may(Permission.REGISTER)


def test_a_substitute_needs_dates_inside_the_appointment(apply: Apply, person: Person) -> None:
    municipality, chief = apply("ust-kubinsky"), person("Громов Олег Юрьевич")
    put(municipality, chief, "administrator")
    (held,) = composition(municipality.pk, DAY)
    early = date(2026, 1, 5)
    with pytest.raises(Refused, match="выходят за срок"):
        name_substitute(
            access=owner(municipality),
            appointment=held,
            account=person("Лисина Дарья Олеговна"),
            since=early,
            until=DAY,
        )
    with pytest.raises(Refused, match="сам себя"):
        name_substitute(
            access=owner(municipality),
            appointment=held,
            account=chief,
            since=DAY,
            until=DAY,
        )


@pytest.mark.clause("ust-kubinsky:app2.3")
def test_listed_positions_execute_and_the_list_grows(apply: Apply, person: Person) -> None:
    municipality = apply("ust-kubinsky")
    positions = regulation_facts(municipality).positions["executor"]
    assert len(positions) == 20
    named = {body.head_position for body in municipality.bodies.all()}
    assert set(positions[:17]) <= named
    it = municipality.bodies.get(name__startswith="Отдел информационных технологий")
    both = person("Громов Олег Юрьевич")
    put(municipality, both, "administrator", it)
    put(municipality, both, "executor", it)
    found = access(both, municipality)
    assert found.reach(Permission.SEND).everywhere
    assert found.reach(Permission.DRAFT).body_ids == {it.pk}
    school = save_body(
        access=owner(municipality),
        name="МБОУ «Устьянская школа»",
        kind=BodyKind.INSTITUTION,
    )
    put(municipality, person("Новикова Ольга Олеговна"), "executor", school)
    assert composition(municipality.pk, DAY).filter(role__slug="executor").count() == 2


@pytest.mark.clause("ust-kubinsky:4.1.7")
def test_any_other_person_joins_for_a_term(apply: Apply, person: Person) -> None:
    municipality, guest = apply("ust-kubinsky"), person("Гостев Илья Ильич")
    body = municipality.bodies.get(name__startswith="Архивный")
    appoint(
        access=owner(municipality),
        account=guest,
        role=municipality.roles.get(slug="participant"),
        body=body,
        since=DAY,
        until=date(2026, 3, 31),
    )
    assert access(guest, municipality).allows(Permission.VIEW_APPEALS, body_id=body.pk)
    assert not access(guest, municipality, date(2026, 4, 1)).may(Permission.VIEW_APPEALS)


@pytest.mark.clause("ust-kubinsky:1.3", "ust-kubinsky:1.3.1")
def test_members_link_person_position_and_body(apply: Apply, person: Person) -> None:
    municipality = apply("ust-kubinsky")
    assert "межведомственная рабочая группа" in municipality.centre_form
    administration = municipality.bodies.get(kind=BodyKind.ADMINISTRATION)
    units = list(administration.children.all())
    assert len(units) == 17
    for number, unit in enumerate(units):
        put(municipality, person(f"Участников Пётр{number} Ильич"), "participant", unit)
    members = list(composition(municipality.pk, DAY))
    assert {m.body for m in members} == set(units)
    assert all(m.position == m.body.head_position for m in members if m.body)
    assert len({m.account_id for m in members}) == 17


@pytest.mark.clause("tuapse:1.4", "dedovichi:2")
@pytest.mark.parametrize(("slug", "role"), [("tuapse", "member"), ("dedovichi", "liaison")])
def test_a_representative_of_an_organisation_joins(
    apply: Apply, person: Person, slug: str, role: str
) -> None:
    municipality = apply(slug)
    joined = [municipality.bodies.get(kind=BodyKind.ADMINISTRATION)]
    joined += municipality.bodies.filter(kind__in=[BodyKind.DEPARTMENT, BodyKind.SETTLEMENT])
    joined += municipality.bodies.filter(kind=BodyKind.OFFICIAL)
    joined += [
        save_body(access=owner(municipality), name="МКУ «Дороги»", kind=BodyKind.INSTITUTION)
    ]
    for number, body in enumerate(joined):
        put(municipality, person(f"Представителев Пётр{number} Ильич"), role, body)
    assert {m.body for m in composition(municipality.pk, DAY)} == set(joined)


@pytest.mark.clause("novoduginsky:app1.1", "novoduginsky:2.1.2")
@pytest.mark.parametrize("kind", [BodyKind.ADMINISTRATION, BodyKind.INSTITUTION])
def test_the_head_of_the_centre_may_come_from_either(
    apply: Apply, person: Person, kind: BodyKind
) -> None:
    municipality, account = apply("novoduginsky"), person("Ершов Пётр Ильич")
    role = municipality.roles.get(slug="head")
    assert role.position.startswith("Глава муниципального образования")
    save_body(access=owner(municipality), name="МКУ «Центр»", kind=BodyKind.INSTITUTION)
    put(municipality, account, "head", municipality.bodies.get(kind=kind))
    assert access(account, municipality).may(Permission.ASSIGN)
