"""The composition of a centre: several roles, decisions, dates in force, changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from otklik.base.errors import Conflict, Forbidden, Refused
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.actions import (
    add_role,
    appoint,
    change_role,
    enter_into_force,
    save_body,
    set_block_members,
)
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.organisation.presets.schema import Grant
from otklik.directory.organisation.queries import (
    bodies_without,
    composition,
    regulation_facts,
    regulation_in_force,
    vacant_roles,
)
from otklik.directory.organisation.tests.conftest import DAY, access, owner
from otklik.directory.organisation.vocabulary import BodyKind, Permission, Scope
from otklik.records.journal.models import Entry

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
    ("slug", "roles"),
    [
        pytest.param(slug, roles, marks=pytest.mark.clause(*clauses))
        for slug, roles, clauses in [
            ("novoduginsky", ["curator", "deputy-head"], ["novoduginsky:app1.2"]),
            (
                "novoduginsky",
                ["pos-officer", "im-officer", "pages-officer"],
                ["novoduginsky:app1.3"],
            ),
            (
                "tuapse",
                ["curator", "coordinator"],
                ["tuapse:app1.1", "tuapse:4.2", "tuapse:3.1.2"],
            ),
        ]
    ],
)
def test_one_person_holds_several_roles_and_rights_add_up(
    apply: Apply, person: Person, slug: str, roles: list[str]
) -> None:
    municipality, account = apply(slug), person("Ильина Вера Павловна")
    stated = [c.roles for c in regulation_facts(municipality).combinations]
    assert tuple(roles) in stated
    positions = {municipality.roles.get(slug=role).position for role in roles}
    assert len(positions) == 1
    for role in roles:
        put(municipality, account, role)
    granted = municipality.roles.filter(slug__in=roles).values_list("grants__permission", flat=True)
    assert set(access(account, municipality).grants) == set(granted)


@pytest.mark.clause("novoduginsky:2.1", "novoduginsky:order.2")
def test_vacant_roles_are_shown_until_people_are_entered(apply: Apply, person: Person) -> None:
    municipality = apply("novoduginsky")
    assert vacant_roles(municipality.pk, DAY).count() == 7
    put(municipality, person("Ершов Пётр Ильич"), "head")
    assert "head" not in set(vacant_roles(municipality.pk, DAY).values_list("slug", flat=True))
    (held,) = composition(municipality.pk, DAY)
    assert (held.basis, held.since, held.until) == (DECISION, DAY, None)


@pytest.mark.clause("dedovichi:9", "dedovichi:10")
@pytest.mark.parametrize("role", ["curator", "coordinator", "liaison", "chief-specialist"])
def test_no_appointment_without_the_decision_of_the_head(
    apply: Apply, person: Person, role: str
) -> None:
    municipality, account = apply("dedovichi"), person("Котова Нина Ильинична")
    with pytest.raises(Refused, match="нужно основание: решение Главы"):
        appoint(
            access=owner(municipality),
            account=account,
            role=municipality.roles.get(slug=role),
            since=DAY,
        )
    assert not access(account, municipality).grants
    put(municipality, account, role)
    assert [a.basis for a in composition(municipality.pk, DAY)] == [DECISION]


@pytest.mark.clause("tuapse:3.2")
def test_the_head_of_the_district_decides_on_persons_and_blocks(
    apply: Apply, person: Person
) -> None:
    municipality = apply("tuapse")
    for role in ("curator", "administrator", "head"):
        with pytest.raises(Refused, match="нужно основание"):
            appoint(
                access=owner(municipality),
                account=person("Котова Нина Ильинична"),
                role=municipality.roles.get(slug=role),
                since=DAY,
            )
    assert "administrator" in regulation_facts(municipality).vacant_roles
    block = municipality.blocks.get(name__startswith="Блок 6")
    units = list(block.bodies.all())[:2]
    with pytest.raises(Refused, match="решение главы"):
        set_block_members(
            access=owner(municipality),
            block=block,
            bodies=units,
            lead_position="заместитель главы",
        )
    assert block.bodies.count() == 3
    set_block_members(
        access=owner(municipality),
        block=block,
        bodies=units,
        lead_position="заместитель главы",
        decision=DECISION,
    )
    assert list(block.bodies.order_by("pk")) == sorted(units, key=lambda unit: unit.pk)
    assert Entry.objects.filter(name="BlockChanged", payload__decision=DECISION).exists()


@pytest.mark.clause("tuapse:order.5", "tuapse:order.6")
def test_the_appointing_document_is_kept(apply: Apply, person: Person) -> None:
    municipality, basis = apply("tuapse"), "Постановление от 28.06.2021 № 965"
    expected = {
        "coordinator": "заместитель главы администрации",
        "head": "начальник отдела информатизации и связи",
    }
    for role, position in expected.items():
        appoint(
            access=owner(municipality),
            account=person(f"Назначаев Пётр {role}"),
            role=municipality.roles.get(slug=role),
            since=date(2021, 6, 28),
            basis=basis,
        )
        assert municipality.roles.get(slug=role).position.lower().startswith(position)
    assert {a.basis for a in composition(municipality.pk, DAY)} == {basis}


@pytest.mark.clause("tuapse:order.9")
def test_roles_are_valid_from_the_day_of_signing(apply: Apply, person: Person) -> None:
    municipality = apply("tuapse")
    signed = date(2021, 6, 28)
    act = regulation_in_force(municipality.pk, signed)
    assert act is not None
    assert act.in_force_from == signed
    with pytest.raises(Refused, match=r"действует с 28\.06\.2021"):
        appoint(
            access=owner(municipality),
            account=person("Ранний Пётр Ильич"),
            role=municipality.roles.get(slug="member"),
            since=date(2021, 6, 27),
        )


@pytest.mark.clause("dedovichi:order.4")
def test_the_act_is_in_force_from_publication(apply: Apply, person: Person) -> None:
    municipality = apply("dedovichi")
    act = municipality.regulations.get()
    assert act.in_force_from is None
    with pytest.raises(Refused, match="раньше, чем подписано"):
        enter_into_force(access=owner(municipality), regulation=act, on=date(2025, 9, 1))
    enter_into_force(access=owner(municipality), regulation=act, on=date(2025, 10, 3))
    assert regulation_in_force(municipality.pk, date(2025, 10, 2)) is None
    assert regulation_in_force(municipality.pk, date(2025, 10, 3)) == act
    with pytest.raises(Refused, match=r"действует с 03\.10\.2025"):
        appoint(
            access=owner(municipality),
            account=person("Ранний Пётр Ильич"),
            role=municipality.roles.get(slug="district-head"),
            since=date(2025, 9, 24),
            basis=DECISION,
        )


@pytest.mark.clause("dedovichi:6")
def test_the_head_of_the_district_watches_and_does_not_execute(
    apply: Apply, person: Person
) -> None:
    municipality, account = apply("dedovichi"), person("Главин Пётр Ильич")
    put(municipality, account, "district-head")
    found = access(account, municipality)
    for permission in ("view_appeals", "analytics", "control", "journal"):
        assert found.reach(permission).everywhere
    for permission in ("register", "assign", "draft", "approve", "sign", "send"):
        assert not found.may(permission)


@pytest.mark.clause("dedovichi:15")
def test_bodies_without_a_liaison_are_shown(apply: Apply, person: Person) -> None:
    municipality = apply("dedovichi")
    assert bodies_without("liaison", municipality.pk, DAY).count() == 5
    school = municipality.bodies.get(name__startswith="Управление образования")
    put(municipality, person("Связин Пётр Ильич"), "liaison", school)
    left = bodies_without("liaison", municipality.pk, DAY)
    assert school not in left
    assert left.count() == 4


@pytest.mark.clause("tuapse:3.1.9")
def test_another_participant_answers_for_a_direction(apply: Apply, person: Person) -> None:
    municipality, account = apply("tuapse"), person("Участников Пётр Ильич")
    role = add_role(
        access=owner(municipality),
        slug="tourism",
        label="Ответственный за курортный сезон",
        grants={
            Permission.ANALYTICS: Scope.MUNICIPALITY,
            Permission.VIEW_APPEALS: Scope.BODY,
        },
    )
    body = municipality.bodies.get(name="Управление по развитию курортов")
    appoint(access=owner(municipality), account=account, role=role, body=body, since=DAY)
    found = access(account, municipality)
    assert found.reach(Permission.VIEW_APPEALS).body_ids == {body.pk}
    assert found.reach(Permission.ANALYTICS).everywhere
    with pytest.raises(Conflict):
        add_role(access=owner(municipality), slug="tourism", label="Ещё раз", grants={})


@pytest.mark.clause("ust-kubinsky:order.3", "dedovichi:order.2.2")
@pytest.mark.parametrize(("slug", "role"), [("ust-kubinsky", "executor"), ("dedovichi", "liaison")])
def test_the_structure_is_changed_without_programming(
    apply: Apply, person: Person, slug: str, role: str
) -> None:
    municipality, account = apply(slug), person("Петрова Анна Ильинична")
    changed = change_role(
        access=owner(municipality),
        role=municipality.roles.get(slug=role),
        label="Куратор ответов",
        position="Заведующий канцелярией",
        grants={Permission.APPROVE: Scope.MUNICIPALITY},
    )
    put(municipality, account, role)
    assert access(account, municipality).reach(Permission.APPROVE).everywhere
    assert not access(account, municipality).may(Permission.DRAFT)
    apply(slug)
    changed.refresh_from_db()
    assert (changed.label, changed.position) == (
        "Куратор ответов",
        "Заведующий канцелярией",
    )
    assert Entry.objects.filter(name="RoleChanged", subject_id=changed.pk).count() == 1


def test_only_those_who_may_organise_appoint(apply: Apply, person: Person) -> None:
    municipality, outsider = apply("tuapse"), person("Чужой Пётр Ильич")
    put(municipality, outsider, "member")
    with pytest.raises(Forbidden):
        appoint(
            access=access(outsider, municipality),
            account=outsider,
            role=municipality.roles.get(slug="curator"),
            since=DAY,
            basis=DECISION,
        )


def test_nothing_crosses_the_municipality(apply: Apply, person: Person) -> None:
    ours, theirs = apply("tuapse"), apply("dedovichi")
    with pytest.raises(Refused, match="другому муниципалитету"):
        appoint(
            access=owner(ours),
            account=person("Котова Нина Ильинична"),
            role=theirs.roles.get(slug="curator"),
            since=DAY,
            basis=DECISION,
        )


def test_a_body_never_stands_above_itself(apply: Apply) -> None:
    municipality = apply("tuapse")
    top = municipality.bodies.get(kind=BodyKind.ADMINISTRATION)
    with pytest.raises(Refused, match="выше самого себя"):
        save_body(
            access=owner(municipality),
            body=top,
            name=top.name,
            kind=BodyKind.ADMINISTRATION,
            parent=municipality.bodies.get(name="Отдел культуры"),
        )


def test_an_assumed_right_without_a_word_is_refused() -> None:
    with pytest.raises(ValueError, match="нужно пояснение"):
        Grant(scope=Scope.OWN, permissions=(Permission.DRAFT,), assumed=True)
