"""Counting by the calendar agrees with counting on one's fingers."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.directory.calendars.rules import (
    MOSCOW,
    OFFICE_HOURS,
    EmptyCalendarError,
    ProductionCalendar,
    WorkingHours,
    federal_days,
    transfers_known_until,
)
from otklik.directory.calendars.vocabulary import DayKind

RUSSIA = ProductionCalendar(federal_days())
DATES = st.dates(date(2015, 1, 1), date(2030, 6, 1))
OVERRIDES = st.dictionaries(
    st.dates(date(2026, 1, 1), date(2026, 3, 31)), st.sampled_from(DayKind), max_size=40
)


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2024, 4, 27), DayKind.WORKING),
        (date(2024, 4, 29), DayKind.DAY_OFF),
        (date(2024, 4, 30), DayKind.DAY_OFF),
        (date(2024, 11, 2), DayKind.SHORT),
        (date(2024, 12, 28), DayKind.WORKING),
        (date(2024, 2, 22), DayKind.SHORT),
        (date(2025, 11, 1), DayKind.SHORT),
        (date(2025, 5, 8), DayKind.DAY_OFF),
        (date(2025, 3, 7), DayKind.SHORT),
        (date(2026, 5, 8), DayKind.SHORT),
        (date(2026, 3, 6), DayKind.WORKING),
        (date(2026, 3, 9), DayKind.DAY_OFF),
        (date(2026, 1, 9), DayKind.DAY_OFF),
        (date(2026, 11, 4), DayKind.HOLIDAY),
        (date(2026, 11, 3), DayKind.SHORT),
        (date(2026, 11, 7), DayKind.DAY_OFF),
    ],
)
def test_official_days(day: date, kind: DayKind) -> None:
    assert RUSSIA.kind(day) == kind


@pytest.mark.parametrize(
    ("year", "working", "short"),
    [
        (2018, 247, 6),
        (2021, 247, 4),
        (2022, 247, 3),
        (2024, 248, 5),
        (2025, 247, 4),
        (2026, 247, 4),
    ],
)
def test_official_totals_of_the_year(year: int, working: int, short: int) -> None:
    """Norms of working time as the production calendars of these years print them."""
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
    kinds = [RUSSIA.kind(day) for day in days if day.year == year]
    assert sum(kind in (DayKind.WORKING, DayKind.SHORT) for kind in kinds) == working
    assert kinds.count(DayKind.SHORT) == short


def test_transfers_are_published_for_whole_years() -> None:
    assert transfers_known_until() >= date(2027, 12, 31)
    assert (transfers_known_until().month, transfers_known_until().day) == (12, 31)


@given(DATES, st.integers(0, 45), OVERRIDES)
def test_working_days_agree_with_a_walk(
    start: date, amount: int, overrides: dict[date, DayKind]
) -> None:
    calendar = ProductionCalendar({**federal_days(), **overrides})
    day, left = start, amount
    while left:
        day += timedelta(days=1)
        left -= calendar.kind(day) in (DayKind.WORKING, DayKind.SHORT)
    assert calendar.add_working_days(start, amount) == day
    assert calendar.working_days_between(start, day) == amount


@given(DATES)
def test_nearest_working_day(day: date) -> None:
    later, earlier = RUSSIA.next_working(day), RUSSIA.previous_working(day)
    assert earlier <= day <= later
    between = (earlier + timedelta(days=n) for n in range(1, (later - earlier).days))
    assert not any(RUSSIA.is_working(found) for found in between)
    assert RUSSIA.is_working(later)
    assert RUSSIA.is_working(earlier)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2026, 2, 1)).map(
        lambda moment: moment.replace(second=0, microsecond=0, tzinfo=MOSCOW)
    ),
    st.integers(0, 20),
    OVERRIDES,
    st.sampled_from(
        [
            OFFICE_HOURS,
            WorkingHours.of(opens=time(8), closes=time(20)),
            WorkingHours.of(
                opens=time(8, 30),
                closes=time(17, 15),
                lunch_from=time(12),
                lunch_to=time(12, 45),
                friday_closes=time(15, 30),
            ),
        ]
    ),
)
def test_working_hours_agree_with_minutes_counted_one_by_one(
    moment: datetime, hours: int, overrides: dict[date, DayKind], week: WorkingHours
) -> None:
    calendar = ProductionCalendar({**federal_days(), **overrides}, week)
    left, now = hours * 60, moment
    while left:
        minute = now.hour * 60 + now.minute
        left -= any(begin <= minute < end for begin, end in calendar.intervals(now.date()))
        now += timedelta(minutes=1)
    assert calendar.add_working_hours(moment, hours) == now


def test_hours_before_a_holiday_are_one_fewer() -> None:
    eve = datetime(2026, 11, 3, 16, 0, tzinfo=MOSCOW)
    assert RUSSIA.add_working_hours(eve, 1) == datetime(2026, 11, 3, 17, 0, tzinfo=MOSCOW)
    assert RUSSIA.add_working_hours(eve, 2) == datetime(2026, 11, 5, 10, 0, tzinfo=MOSCOW)


def test_hours_are_those_of_the_municipality_zone() -> None:
    omsk = ZoneInfo("Asia/Omsk")
    calendar = ProductionCalendar(federal_days(), zone=omsk)
    evening_in_moscow = datetime(2026, 2, 2, 17, 0, tzinfo=MOSCOW)
    assert calendar.add_working_hours(evening_in_moscow, 1) == datetime(
        2026, 2, 3, 10, 0, tzinfo=omsk
    )


def test_a_short_day_may_lose_its_last_interval() -> None:
    week = WorkingHours(usual=((540, 780), (840, 870)))
    assert week.on(0, short=True) == ((540, 750),)


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="ordered"):
        WorkingHours(usual=((600, 540),))
    with pytest.raises(ValueError, match="negative"):
        RUSSIA.add_working_days(date(2026, 1, 1), -1)
    with pytest.raises(ValueError, match="time zone"):
        RUSSIA.add_working_hours(datetime(2026, 1, 1), 1)
    never = ProductionCalendar(
        {date(2026, 1, 1) + timedelta(days=n): DayKind.HOLIDAY for n in range(1000)}
    )
    with pytest.raises(EmptyCalendarError):
        never.next_working(date(2026, 1, 1))
    with pytest.raises(EmptyCalendarError):
        never.add_working_hours(datetime(2026, 1, 1, tzinfo=MOSCOW), 1)
