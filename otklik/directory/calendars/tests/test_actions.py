"""The calendar a municipality keeps for itself."""

from datetime import date, datetime, time

import pytest

from otklik.base.actor import Actor
from otklik.base.errors import Forbidden, NotFound, Refused
from otklik.directory.calendars.actions import (
    override_day,
    restore_day,
    set_office_hours,
)
from otklik.directory.calendars.models import DayOverride
from otklik.directory.calendars.queries import calendar_for, overrides_of
from otklik.directory.calendars.rules import MOSCOW
from otklik.directory.calendars.vocabulary import DayKind
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access

pytestmark = pytest.mark.django_db

DAY = date(2026, 4, 21)


@pytest.fixture
def town() -> Municipality:
    return Municipality.objects.create(
        slug="zarechye",
        name="Заречье",
        short_name="Заречье",
        region="Область",
        kind="district",
    )


@pytest.fixture
def neighbour() -> Municipality:
    return Municipality.objects.create(
        slug="sosedi",
        name="Соседи",
        short_name="Соседи",
        region="Область",
        kind="district",
    )


def test_a_regional_holiday_is_free_here_and_worked_next_door(
    town: Municipality, neighbour: Municipality
) -> None:
    access = Access.system(town.pk)
    override_day(access=access, day=DAY, kind=DayKind.HOLIDAY, reason="Закон области № 1")
    assert not calendar_for(town.pk).is_working(DAY)
    assert calendar_for(neighbour.pk).is_working(DAY)
    restore_day(access=access, day=DAY)
    assert calendar_for(town.pk).is_working(DAY)


def test_own_change_wins_over_the_common_one(town: Municipality) -> None:
    DayOverride.objects.create(date=DAY, kind=DayKind.DAY_OFF, reason="общее")
    assert not calendar_for(town.pk).is_working(DAY)
    override_day(
        access=Access.system(town.pk),
        day=DAY,
        kind=DayKind.SHORT,
        reason="распоряжение № 2",
    )
    assert calendar_for(town.pk).kind(DAY) == DayKind.SHORT
    assert [row.reason for row in overrides_of(town.pk, 2026)] == [
        "общее",
        "распоряжение № 2",
    ]
    assert not overrides_of(town.pk, 2027)


def test_office_hours_are_counted_by(town: Municipality) -> None:
    access = Access.system(town.pk)
    set_office_hours(access=access, opens=time(8), closes=time(17), friday_closes=time(16))
    friday = datetime(2026, 2, 6, 15, 30, tzinfo=MOSCOW)
    assert calendar_for(town.pk).add_working_hours(friday, 1) == datetime(
        2026, 2, 9, 8, 30, tzinfo=MOSCOW
    )


def test_refusals_say_what_to_do(town: Municipality) -> None:
    access = Access.system(town.pk)
    with pytest.raises(Refused) as refused:
        override_day(access=access, day=DAY, kind=DayKind.HOLIDAY, reason=" ")
    assert "акт" in refused.value.mend
    with pytest.raises(NotFound):
        restore_day(access=access, day=DAY)
    with pytest.raises(Refused, match="не по порядку"):
        set_office_hours(access=access, opens=time(18), closes=time(9))
    with pytest.raises(Refused, match="наполовину"):
        set_office_hours(access=access, opens=time(9), closes=time(18), lunch_from=time(13))
    outsider = Access(actor=Actor(kind="person", label="Гость"), municipality_id=town.pk)
    with pytest.raises(Forbidden):
        override_day(access=outsider, day=DAY, kind=DayKind.HOLIDAY, reason="акт")


def test_a_calendar_costs_three_queries(
    town: Municipality, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    with django_assert_num_queries(3):  # type: ignore[operator]
        calendar_for(town.pk)
