"""Who holds a right for a body: by one and the same grant, and down from the bodies above it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from otklik.base.errors import Conflict, Refused
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.actions import (
    Member,
    add_person,
    add_role,
    appoint,
    archive_body,
    change_role,
    end_appointment,
    save_block,
    save_body,
)
from otklik.directory.organisation.models import Appointment, Block, Body, Municipality
from otklik.directory.organisation.queries import access_of, holders_of, tree
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.tests.conftest import DAY, access, owner
from otklik.directory.organisation.vocabulary import (
    BlockMembership,
    BodyKind,
    Permission,
    Scope,
)

Person = Callable[[str], Account]


@pytest.fixture
def place(db: None) -> Municipality:
    return Municipality.objects.create(
        slug="zaozersk",
        name="Заозёрский муниципальный округ",
        short_name="Заозёрский округ",
        kind="municipal_okrug",
        region="Северореченская область",
    )


def body(place: Municipality, name: str, parent: Body | None = None) -> Body:
    return save_body(access=owner(place), name=name, kind=BodyKind.DEPARTMENT, parent=parent)


def put(
    place: Municipality,
    account: Account,
    grants: dict[Permission, Scope],
    at: Body | None = None,
    block: Block | None = None,
) -> Appointment:
    slug = f"role-{account.pk}"
    role = add_role(access=owner(place), slug=slug, label=account.full_name, grants=grants)
    return appoint(access=owner(place), account=account, role=role, body=at, block=block, since=DAY)


def names(place: Municipality, permission: Permission, at: Body) -> set[str]:
    found = holders_of(permission, place.pk, DAY, body_id=at.pk)
    return {account.full_name for account in found}


def test_the_scope_is_that_of_the_right_itself(place: Municipality, person: Person) -> None:
    roads, water = body(place, "Дороги"), body(place, "Вода")
    wide = {Permission.DRAFT: Scope.BODY, Permission.ANALYTICS: Scope.MUNICIPALITY}
    put(place, person("Водин Пётр Ильич"), wide, water)
    assert names(place, Permission.DRAFT, roads) == set()
    assert names(place, Permission.DRAFT, water) == {"Водин Пётр Ильич"}
    assert names(place, Permission.ANALYTICS, roads) == {"Водин Пётр Ильич"}


def test_a_right_reaches_down_from_the_bodies_above(place: Municipality, person: Person) -> None:
    top = body(place, "Администрация")
    middle = body(place, "Управление", top)
    low = body(place, "Отдел", middle)
    put(place, person("Главин Пётр Ильич"), {Permission.APPROVE: Scope.BODY}, top)
    put(place, person("Личный Иван Ильич"), {Permission.APPROVE: Scope.OWN}, top)
    put(place, person("Нижний Олег Ильич"), {Permission.APPROVE: Scope.BODY}, low)
    assert names(place, Permission.APPROVE, low) == {"Главин Пётр Ильич", "Нижний Олег Ильич"}
    assert names(place, Permission.APPROVE, middle) == {"Главин Пётр Ильич"}


def test_holders_and_reach_agree_about_blocks(place: Municipality, person: Person) -> None:
    roads, water = body(place, "Дороги"), body(place, "Вода")
    block = save_block(
        access=owner(place),
        name="Хозяйство",
        directions=["Дороги"],
        members=[Member(BlockMembership.MEMBER, roads)],
    )
    lead = person("Блоков Пётр Ильич")
    put(place, lead, {Permission.CONTROL: Scope.BLOCK}, block=block)
    found = access(lead, place)
    for at in (roads, water):
        held = bool(names(place, Permission.CONTROL, at))
        assert held == found.allows(Permission.CONTROL, body_id=at.pk)


def test_holders_for_a_body_cost_two_queries(
    place: Municipality,
    person: Person,
    django_assert_num_queries: Callable[[int], object],
) -> None:
    above: Body | None = None
    for number in range(8):
        above = body(place, f"Орган {number}", above)
    assert above is not None
    put(place, person("Главин Пётр Ильич"), {Permission.CONTROL: Scope.BODY}, above)
    with django_assert_num_queries(2):  # type: ignore[attr-defined]
        assert len(names(place, Permission.CONTROL, above)) == 1


def test_a_body_leaves_only_when_nothing_hangs_on_it(place: Municipality, person: Person) -> None:
    top = body(place, "Администрация")
    low = body(place, "Отдел", top)
    with pytest.raises(Refused, match="подчинённые органы"):
        archive_body(access=owner(place), body=top, on=DAY)
    held = put(place, person("Нижний Олег Ильич"), {Permission.DRAFT: Scope.BODY}, low)
    with pytest.raises(Refused, match="работает Нижний"):
        archive_body(access=owner(place), body=low, on=DAY)
    end_appointment(access=owner(place), appointment=held, on=DAY)
    next_day = DAY.replace(day=DAY.day + 1)
    archive_body(access=owner(place), body=low, on=next_day)
    assert [branch.body for branch in tree(place.pk)] == [top]
    with pytest.raises(Conflict, match="он в архиве"):
        body(place, "Отдел")


def keeper(place: Municipality, account: Account) -> tuple[Access, Appointment]:
    held = put(place, account, {Permission.ORGANISE: Scope.MUNICIPALITY})
    return access_of(account, place.pk, DAY), held


def test_one_of_two_keepers_leaves_and_the_other_stays(place: Municipality, person: Person) -> None:
    first, mine = keeper(place, person("Первый Пётр Ильич"))
    with pytest.raises(Refused, match="последний"):
        end_appointment(access=first, appointment=mine, on=DAY)
    second, theirs = keeper(place, person("Второй Иван Ильич"))
    end_appointment(access=second, appointment=mine, on=DAY)
    with pytest.raises(Refused, match="последний"):
        end_appointment(access=second, appointment=theirs, on=DAY)


def test_a_keeper_for_a_term_does_not_let_the_last_one_go(
    place: Municipality, person: Person
) -> None:
    lasting, held = keeper(place, person("Первый Пётр Ильич"))
    appoint(
        access=lasting,
        account=person("Временный Иван Ильич"),
        role=held.role,
        since=DAY,
        until=DAY.replace(month=12),
    )
    with pytest.raises(Refused, match="последний"):
        end_appointment(access=lasting, appointment=held, on=DAY)


def test_the_right_stays_with_some_role(place: Municipality, person: Person) -> None:
    from otklik.base import clock

    first, held = keeper(place, person("Первый Пётр Ильич"))
    narrow = {Permission.ORGANISE: Scope.BODY}
    with clock.frozen(clock.now().replace(year=DAY.year, month=DAY.month, day=DAY.day)):
        with pytest.raises(Refused, match="последняя"):
            change_role(access=first, role=held.role, label="Роль", position="", grants=narrow)
        keeper(place, person("Второй Иван Ильич"))
        change_role(access=first, role=held.role, label="Роль", position="", grants=narrow)
    assert held.role.grants.get().scope == Scope.BODY


def test_a_new_person_enters_with_the_password_given(place: Municipality) -> None:
    first = add_role(
        access=owner(place), slug="first", label="Первая", grants={Permission.DRAFT: Scope.OWN}
    )
    values = {"access": owner(place), "full_name": "Новая Анна Ильинична", "since": DAY}
    made, password = add_person(email="new@example.test", role=first, **values)  # type: ignore[arg-type]
    assert made.account.check_password(password)
    again, nothing = add_person(email="NEW@example.test", role=first, **values)  # type: ignore[arg-type]
    assert (again.account, nothing) == (made.account, "")
    made.account.is_active = False
    made.account.save()
    with pytest.raises(Refused, match="отключена"):
        add_person(email="new@example.test", role=first, **values)  # type: ignore[arg-type]
