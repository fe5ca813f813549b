"""Everybody hears of a term when a step says so: once, in working hours, one digest a morning."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from otklik.base.errors import Forbidden, Refused
from otklik.casework.appeals.models import Appeal
from otklik.casework.control.actions import drop_step, save_step, set_quiet, tell_of_terms
from otklik.casework.control.actions.steps import NewStep, quiet_of
from otklik.casework.control.models import EscalationStep, Quiet, Told
from otklik.casework.control.vocabulary import Addressee, Side, StepUnit
from otklik.casework.quality.tests.conftest import MONDAY, MakeAppeal, person
from otklik.directory.organisation.models import Body, Municipality, Role
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.exchange.notifications.models import Notice
from otklik.exchange.notifications.queries import told_by

pytestmark = pytest.mark.django_db
DUE = date(2026, 3, 4)
"""Wednesday; the two working days before it are Tuesday the 3rd and Monday the 2nd of March."""


@pytest.fixture
def admin(town: Municipality) -> Access:
    return person(town, "Настройкин Олег", {Permission.SET_UP: Scope.MUNICIPALITY})


@pytest.fixture
def case(town: Municipality, make_appeal: MakeAppeal) -> Appeal:
    appeal = make_appeal()
    end = datetime.combine(DUE, time(18), tzinfo=town.tz)
    Appeal.objects.filter(pk=appeal.pk).update(due_at=end)
    appeal.refresh_from_db()
    return appeal


def steps(town: Municipality, *rows: dict[str, object]) -> None:
    Quiet.objects.get_or_create(municipality=town)
    EscalationStep.objects.filter(municipality=town).delete()
    for row in rows:
        EscalationStep.objects.create(municipality=town, **row)


def days(side: Side, amount: int, addressee: Addressee, **more: object) -> dict[str, object]:
    return {
        "side": side, "amount": amount, "unit": StepUnit.DAYS, "addressee": addressee, **more,
    }  # fmt: skip


def at(town: Municipality, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=town.tz)


def run(town: Municipality, moment: datetime) -> int:
    return tell_of_terms(municipality_id=town.pk, now=moment)


@pytest.mark.clause("ust-kubinsky:3.1.d.1", "tuapse:1.6.3")
def test_a_term_climbs_from_the_executor_to_the_head_by_steps(
    town: Municipality, roads: Body, liaison: Access, case: Appeal
) -> None:
    executor = person(town, "Исполнителев Яков", {Permission.DRAFT: Scope.OWN}, roads)
    lead = person(town, "Блоков Илья", {Permission.VIEW_APPEALS: Scope.BODY}, roads)
    head = person(town, "Главная Нина", {Permission.VIEW_APPEALS: Scope.MUNICIPALITY})
    roles = {role.label: role for role in Role.objects.all()}
    steps(
        town,
        days(Side.BEFORE, 2, Addressee.EXECUTOR),
        days(Side.BEFORE, 1, Addressee.ROLE, role=roles["Дорогин Илья Петрович"]),
        days(Side.AFTER, 1, Addressee.ROLE, role=roles["Блоков Илья"]),
        days(Side.AFTER, 2, Addressee.PERSON, account_id=head.account_id),
    )
    heard: dict[int, set[int | None]] = {}
    for day in range(1, 8):
        run(town, at(town, day, 8))
        heard[day] = {one.account_id for one in Told.objects.all()}
    # The executor's step also reaches the contact, who prepares answers in the body.
    assert heard[1] == set()
    assert heard[2] == {executor.account_id, liaison.account_id}
    assert Told.objects.filter(account_id=liaison.account_id or 0).count() == 2
    assert heard[4] == heard[3]
    assert heard[5] == heard[4] | {lead.account_id}
    assert heard[6] == heard[5] | {head.account_id}
    text = Notice.objects.get(account_id=head.account_id or 0).text
    assert text == "Сроки на сегодня: требуют вашего внимания — 1\u00a0обращение."


def test_one_digest_a_morning_on_working_days_and_nothing_at_night(
    town: Municipality, chief: Access, case: Appeal
) -> None:
    steps(town)
    sunday, night, morning = at(town, 8, 9), at(town, 10, 3), at(town, 10, 8)
    assert [run(town, moment) for moment in (sunday, night)] == [0, 0]
    assert run(town, morning) == 1
    assert [run(town, morning + timedelta(hours=n)) for n in range(10)] == [0] * 10
    (notice,) = Notice.objects.all()
    assert notice.account_id == chief.account_id
    assert notice.text == "Сроки на сегодня: срок ответа пропущен — 1\u00a0обращение."


def test_hours_before_the_end_come_at_their_moment_and_wait_for_the_morning_when_it_is_night(
    town: Municipality, chief: Access, roads: Body, case: Appeal
) -> None:
    executor = person(town, "Исполнителев Яков", {Permission.DRAFT: Scope.OWN}, roads)
    hours = {"unit": StepUnit.HOURS, "addressee": Addressee.EXECUTOR}
    steps(town, {"side": Side.BEFORE, "amount": 4, **hours})
    run(town, at(town, 4, 12, 45))
    assert not Told.objects.exists()
    run(town, at(town, 4, 14))
    assert Told.objects.get().account_id == executor.account_id
    notice = Notice.objects.get(case_id=case.pk)
    assert "истекает 04.03 в 18:00" in notice.text
    Appeal.objects.filter(pk=case.pk).update(due_at=at(town, 5, 9))
    run(town, at(town, 4, 23))
    assert Told.objects.count() == 1
    run(town, at(town, 5, 8))
    assert Told.objects.count() == 2


def test_night_is_told_when_the_centre_asks_for_it(
    town: Municipality, admin: Access, chief: Access, case: Appeal
) -> None:
    steps(town)
    with pytest.raises(Refused):
        quiet(admin, time(7, 30), at_night=False)
    quiet(admin, time(6), at_night=True)
    assert run(town, at(town, 10, 6)) == 1


def quiet(access: Access, digest_at: time, *, at_night: bool) -> Quiet:
    return set_quiet(
        access=access, digest_at=digest_at, quiet_from=time(19), quiet_until=time(8),
        at_night=at_night, on_days_off=False,
    )  # fmt: skip


def test_steps_are_set_by_those_who_set_up_and_dropped(
    town: Municipality, admin: Access, chief: Access
) -> None:
    new = NewStep(side="before", amount=3, unit="days", addressee="executor")
    with pytest.raises(Forbidden):
        save_step(access=chief, new=new)
    for wrong in (
        NewStep(side="before", amount=999, unit="days", addressee="executor"),
        NewStep(side="before", amount=1, unit="days", addressee="role"),
        NewStep(side="when", amount=1, unit="days", addressee="executor"),
    ):
        with pytest.raises(Refused):
            save_step(access=admin, new=wrong)
    step = save_step(access=admin, new=new)
    drop_step(access=admin, step_id=step.pk)
    step.refresh_from_db()
    assert not step.is_active


def test_a_new_centre_begins_with_steps_of_its_own_roles(
    town: Municipality, liaison: Access, chief: Access
) -> None:
    quiet_of(town.pk)
    found = [(step.side, step.amount, step.whom) for step in EscalationStep.objects.order_by("pk")]
    assert found == [
        ("before", 2, "исполнитель"),
        ("before", 1, "Дорогин Илья Петрович"),
        ("after", 1, "все, кто контролирует сроки этого органа"),
    ]
    quiet_of(town.pk)
    assert EscalationStep.objects.count() == 3


MOMENTS = st.lists(
    st.integers(0, 14 * 24 * 4 - 1).map(lambda n: timedelta(minutes=15 * n)), max_size=14
)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(moments=MOMENTS, moved=st.integers(0, 3))
def test_however_it_is_run_nobody_hears_twice_nor_at_night(
    town: Municipality,
    liaison: Access,
    chief: Access,
    case: Appeal,
    moments: list[timedelta],
    moved: int,
) -> None:
    Notice.objects.all().delete()
    Told.objects.all().delete()
    hours = {"unit": StepUnit.HOURS, "addressee": Addressee.EXECUTOR}
    steps(
        town,
        days(Side.BEFORE, 2, Addressee.EXECUTOR),
        days(Side.AFTER, 1, Addressee.CONTROL),
        {"side": Side.BEFORE, "amount": 3, **hours},
        {"side": Side.AFTER, "amount": 2, **hours},
    )
    begins = datetime(2026, 2, 26, tzinfo=town.tz)
    Appeal.objects.filter(pk=case.pk).update(due_at=begins + timedelta(days=6 + moved, hours=17))
    for moment in sorted(moments):
        now = begins + moment
        before = Notice.objects.count()
        run(town, now)
        assert run(town, now) == 0
        if Notice.objects.count() > before:
            assert 8 <= now.hour < 19
            assert now.weekday() < 5
    every = Told.objects.values_list("step", "appeal", "account", "due_at")
    assert max(Counter(every).values(), default=1) == 1
    for day in {(begins + moment).date() for moment in moments}:
        digest = Notice.objects.filter(key=f"digest:{town.pk}:{day}")
        assert digest.count() == len(told_by(f"digest:{town.pk}:{day}")) <= 2
    daily = Told.objects.filter(step__unit=StepUnit.DAYS)
    for one in daily:
        assert Notice.objects.filter(
            account_id=one.account_id,
            key=f"digest:{town.pk}:{one.told_at.astimezone(town.tz):%Y-%m-%d}",
        ).exists()
    assert begins > MONDAY
