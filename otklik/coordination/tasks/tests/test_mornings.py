"""What each morning brings: the next of a row, reminders, and nothing twice."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from otklik.base import clock
from otklik.base.actor import Actor
from otklik.base.errors import Forbidden
from otklik.coordination.tasks import actions, jobs
from otklik.coordination.tasks.models import Task
from otklik.coordination.tasks.queries import regulation_lines
from otklik.coordination.tasks.vocabulary import Recurrence, Standing, TaskState
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.actions import apply_preset, appoint
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.queries import (
    access_of,
    regulation_facts,
    regulation_in_force,
)
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.notifications.models import Notice
from otklik.exchange.notifications.vocabulary import NoticeKind

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2026, 3, 6, 5, 0, tzinfo=UTC)
DAY = FRIDAY.date()


@pytest.fixture
def town(db: None) -> Municipality:
    return apply_preset(slug="tuapse", actor=Actor.system())


def put(town: Municipality, role: str, name: str) -> tuple[Account, Access]:
    account = Account.objects.create_user(f"{role}@tuapse.test", name)
    appoint(
        access=Access.system(town.pk), account=account, role=town.roles.get(slug=role),
        since=date(2026, 1, 12), basis="постановление от 12.01.2026 № 1",
    )  # fmt: skip
    return account, access_of(account, town.pk, DAY)


@pytest.fixture
def head(town: Municipality) -> tuple[Account, Access]:
    return put(town, "head", "Головин Пётр Ильич")


def given(head: Access, owner: Account, **more: object) -> Task:
    values = {"text": "Сверить список", "due_on": DAY, "owner": actions.Owner(owner.pk), **more}
    return actions.issue_task(access=head, new=actions.NewTask(**values))  # type: ignore[arg-type]


def morning(town: Municipality, moment: datetime) -> None:
    with clock.frozen(moment):
        jobs.day(town.pk)


def test_a_row_goes_on_once_a_term(town: Municipality, head: tuple[Account, Access]) -> None:
    with clock.frozen(FRIDAY):
        first = given(head[1], head[0], recurrence=Recurrence.WEEKLY)
    for _ in range(2):
        morning(town, FRIDAY + timedelta(days=3))
    second = Task.objects.get(follows=first)
    assert second.due_on == date(2026, 3, 13)
    morning(town, FRIDAY + timedelta(days=40))
    third = Task.objects.get(follows=second)
    assert third.due_on == date(2026, 4, 17)
    with clock.frozen(FRIDAY + timedelta(days=40)):
        actions.cancel(access=head[1], task_id=third.pk, reason="Больше не нужно")
    morning(town, FRIDAY + timedelta(days=60))
    assert not Task.objects.filter(follows=third).exists()


def test_owner_and_controller_are_told_in_time_and_once(
    town: Municipality, head: tuple[Account, Access]
) -> None:
    owner, _ = put(town, "block-head", "Блоков Илья Ильич")
    watcher, _ = put(town, "curator", "Кураторов Олег Ильич")
    with clock.frozen(FRIDAY):
        # Friday before the three days off of 7–9 March 2026.
        task = given(head[1], owner, due_on=date(2026, 3, 10), controller_id=watcher.pk)
    for _ in range(2):
        morning(town, FRIDAY)
        morning(town, FRIDAY + timedelta(days=1))
    soon = Notice.objects.filter(kind=NoticeKind.DUE_SOON)
    assert [notice.account for notice in soon] == [owner]
    for _ in range(2):
        morning(town, FRIDAY + timedelta(days=5))
    late = Notice.objects.filter(kind=NoticeKind.OVERDUE)
    assert {notice.account for notice in late} == {owner, watcher}
    assert late.count() == 2
    task.refresh_from_db()
    assert task.state == TaskState.NEW


CONTROLLERS = [
    ("pereslavl", "order.4"),
    ("novoduginsky", "order.5"),
    ("tuapse", "order.8"),
    ("dedovichi", "order.5"),
]


@pytest.mark.parametrize(("slug", "clause"), CONTROLLERS)
def test_the_controller_of_the_regulation_may_look_at_every_clause(slug: str, clause: str) -> None:
    town = apply_preset(slug=slug, actor=Actor.system())
    assert regulation_facts(town).control
    named = [role for role in town.roles.all() if clause in role.clauses]
    assert len(named) == 1
    account = Account.objects.create_user("boss@example.test", "Контролёров Пётр Ильич")
    role = named[0]
    lines = regulation_lines(town, regulation_in_force(town.pk, DAY), DAY)
    assert next(one for one in lines if one.clause == clause).standing == Standing.VACANT
    appoint(
        access=Access.system(town.pk), account=account, role=role, since=DAY,
        basis="решение от 01.03.2026 № 1",
    )  # fmt: skip
    assert access_of(account, town.pk, DAY).allows(Permission.CONTROL)
    lines = regulation_lines(town, regulation_in_force(town.pk, DAY), DAY)
    line = next(one for one in lines if one.clause == clause)
    assert line.standing == Standing.RUNNING
    assert [held.account for _, holders in line.roles for held in holders] == [account]


@pytest.mark.parametrize("slug", ["tuapse", "pereslavl"])
def test_only_the_right_to_instruct_gives_tasks(slug: str) -> None:
    town = apply_preset(slug=slug, actor=Actor.system())
    stranger = Account.objects.create_user("x@example.test", "Чужаков Пётр Ильич")
    access = access_of(stranger, town.pk, DAY)
    with pytest.raises(Forbidden, match="давать поручения"):
        given(access, stranger)
