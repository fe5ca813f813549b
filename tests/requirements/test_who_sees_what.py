"""The regulations say who belongs where; here appeals go to bodies and people look at them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from otklik.base import clock
from otklik.base.actor import Actor
from otklik.casework.appeals.actions.assign import assign_executor
from otklik.casework.appeals.actions.register import register
from otklik.casework.appeals.actions.registration import NewAppeal
from otklik.casework.appeals.queries import visible_to
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.config.presets import apply_preset
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.actions import appoint, save_body
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.organisation.queries import access_of
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import BodyKind, Permission

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
Apply = Callable[[str], Municipality]


@pytest.fixture
def apply() -> Apply:
    def make(slug: str) -> Municipality:
        return apply_preset(slug=slug, actor=Actor.system("Командная строка"))

    return make


def someone(
    municipality: Municipality, role: str, *, body: Body | None = None, block: str = ""
) -> Access:
    """A person newly appointed to the role, looking today."""
    number = Account.objects.count()
    account = Account.objects.create_user(f"p{number}@example.test", f"Иванов Пётр Ильич{number}")
    appoint(
        access=Access.system(municipality.pk),
        account=account,
        role=municipality.roles.get(slug=role),
        body=body,
        block=municipality.blocks.get(name__startswith=block) if block else None,
        since=DAY,
        basis="Постановление от 01.03.2026 № 7",
    )
    return access_of(account, municipality.pk, DAY)


def appeal_for(municipality: Municipality, body: Body) -> int:
    access = Access.system(municipality.pk)
    new = NewAppeal(
        text=f"Прошу принять меры. Вопрос к органу «{body.name}».",
        channel=Channel.PAPER,
        regime=Regime.LAW59,
        received_at=clock.now(),
    )
    appeal = register(access=access, new=new)
    assign_executor(access=access, appeal_id=appeal.pk, body_id=body.pk)
    return appeal.pk


def seen(access: Access) -> set[int]:
    return set(visible_to(access).values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("number", "units"),
    [
        pytest.param(number, units, marks=pytest.mark.clause(f"tuapse:app1.{number + 2}"))
        for number, units in [(1, 5), (2, 6), (3, 4), (4, 3), (5, 3), (6, 3)]
    ],
)
def test_a_deputy_sees_all_appeals_of_the_units_of_the_block(
    apply: Apply, number: int, units: int
) -> None:
    municipality = apply("tuapse")
    block = municipality.blocks.get(name__startswith=f"Блок {number}.")
    deputy = someone(municipality, "block-lead", block=f"Блок {number}.")
    inside = {appeal_for(municipality, body) for body in block.bodies.all()}
    outside = municipality.bodies.exclude(blocks=block).filter(kind=BodyKind.DEPARTMENT)
    for body in outside[:3]:
        appeal_for(municipality, body)
    assert len(inside) == units
    assert seen(deputy) == inside


@pytest.mark.clause("tuapse:3.1.5")
def test_a_settlement_has_users_territory_and_a_queue(apply: Apply) -> None:
    municipality = apply("tuapse")
    assert municipality.settlements.count() == 10
    mine, other = municipality.settlements.order_by("order")[:2]
    assert mine.territorial_body is not None
    assert other.territorial_body is not None
    clerk = someone(municipality, "settlement-member", body=mine.territorial_body)
    queue = {appeal_for(municipality, mine.territorial_body)}
    appeal_for(municipality, other.territorial_body)
    assert seen(clerk) == queue


@pytest.mark.clause("tuapse:3.1.4")
def test_a_member_works_for_a_body_within_its_block(apply: Apply) -> None:
    municipality = apply("tuapse")
    culture = municipality.bodies.get(name="Отдел культуры")
    assert culture.blocks.get().name.startswith("Блок 2")
    member = someone(municipality, "member", body=culture)
    own = appeal_for(municipality, culture)
    neighbour = municipality.bodies.get(name="Управление образования")
    appeal_for(municipality, neighbour)
    assert seen(member) == {own}
    assert member.allows(Permission.DRAFT, body_id=culture.pk)
    assert not member.allows(Permission.DRAFT, body_id=neighbour.pk)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(
            "Первый заместитель главы округа",
            marks=pytest.mark.clause("ust-kubinsky:4.1.2"),
        ),
        pytest.param("Заместитель главы округа", marks=pytest.mark.clause("ust-kubinsky:4.1.3")),
    ],
)
def test_a_deputy_executes_and_sees_the_bodies_overseen(apply: Apply, name: str) -> None:
    municipality = apply("ust-kubinsky")
    office = municipality.bodies.get(name=name)
    overseen = municipality.bodies.get(name__startswith="Отдел коммунальной")
    save_body(
        access=Access.system(municipality.pk),
        body=overseen,
        name=overseen.name,
        kind=BodyKind.DEPARTMENT,
        parent=office,
    )
    deputy = someone(municipality, "executor", body=office)
    own = {appeal_for(municipality, office), appeal_for(municipality, overseen)}
    appeal_for(municipality, municipality.bodies.get(name__startswith="Архивный"))
    assert seen(deputy) == own
    assert deputy.allows(Permission.DRAFT, body_id=office.pk)


@pytest.mark.clause("ust-kubinsky:4.1.4")
def test_a_head_of_a_unit_sees_only_appeals_of_the_unit(apply: Apply) -> None:
    municipality = apply("ust-kubinsky")
    unit = municipality.bodies.get(name__startswith="Юридический")
    head = someone(municipality, "executor", body=unit)
    own = appeal_for(municipality, unit)
    appeal_for(municipality, municipality.bodies.get(name__startswith="Архивный"))
    assert seen(head) == {own}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        pytest.param(
            "МБОУ «Устьянская школа»",
            BodyKind.INSTITUTION,
            marks=pytest.mark.clause("ust-kubinsky:4.1.5"),
        ),
        pytest.param(
            "МУП «Водоканал»",
            BodyKind.ENTERPRISE,
            marks=pytest.mark.clause("ust-kubinsky:4.1.6"),
        ),
    ],
)
def test_an_institution_sees_what_was_passed_to_it(apply: Apply, name: str, kind: BodyKind) -> None:
    municipality = apply("ust-kubinsky")
    system = Access.system(municipality.pk)
    administration = municipality.bodies.get(kind=BodyKind.ADMINISTRATION)
    body = save_body(access=system, name=name, kind=kind, parent=administration)
    director = someone(municipality, "executor", body=body)
    own = appeal_for(municipality, body)
    appeal_for(municipality, administration)
    assert seen(director) == {own}
    assert director.allows(Permission.DRAFT, body_id=body.pk)


@pytest.mark.clause("dedovichi:8.3")
def test_the_chief_specialist_works_with_the_whole_queue(apply: Apply) -> None:
    municipality = apply("dedovichi")
    specialist = someone(municipality, "chief-specialist")
    new = NewAppeal(
        text="Не горят фонари.",
        channel=Channel.RECEPTION,
        regime=Regime.LAW59,
        received_at=clock.now(),
    )
    registered = register(access=specialist, new=new)
    school = municipality.bodies.get(name__startswith="Управление образования")
    passed_on = appeal_for(municipality, school)
    assert seen(specialist) == {registered.pk, passed_on}


@pytest.mark.clause("dedovichi:8.4")
def test_the_technical_specialist_has_technical_rights_and_no_appeals(
    apply: Apply,
) -> None:
    municipality = apply("dedovichi")
    programmer = someone(municipality, "technical-specialist")
    appeal_for(municipality, municipality.bodies.get(kind=BodyKind.ADMINISTRATION))
    assert seen(programmer) == set()
    assert programmer.reach(Permission.SET_UP).everywhere
    assert programmer.reach(Permission.JOURNAL).everywhere


@pytest.mark.clause("dedovichi:8.5")
def test_a_liaison_specialist_controls_terms_of_an_own_body(apply: Apply) -> None:
    municipality = apply("dedovichi")
    school = municipality.bodies.get(name__startswith="Управление образования")
    other = municipality.bodies.get(name__startswith="Управление делами")
    liaison = someone(municipality, "liaison", body=school)
    own = appeal_for(municipality, school)
    appeal_for(municipality, other)
    assert seen(liaison) == {own}
    assert liaison.allows(Permission.CONTROL, body_id=school.pk)
    assert not liaison.allows(Permission.CONTROL, body_id=other.pk)
