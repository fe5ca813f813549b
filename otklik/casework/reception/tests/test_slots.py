"""Places of a schedule, whatever the hours."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from otklik.casework.reception.rules import Line, slots_on

ZONE = ZoneInfo("Europe/Moscow")
MINUTES = st.integers(0, 23 * 60 + 59)


def at(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)


@st.composite
def lines(draw: st.DrawFn) -> Line:
    opens, closes = sorted(draw(st.tuples(MINUTES, MINUTES)))
    return Line(
        weekday=draw(st.integers(0, 6)), week=draw(st.integers(0, 4)), opens=at(opens),
        closes=at(closes), slot_minutes=draw(st.integers(5, 120)),
    )  # fmt: skip


@given(st.lists(lines(), max_size=4), st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_places_never_overlap_and_stay_within_the_hours(given_lines: list[Line], day: date) -> None:
    found = slots_on(given_lines, day, ZONE)
    assert all(a.ends_at <= b.starts_at for a, b in pairwise(found))
    for slot in found:
        assert any(
            line.falls_on(day)
            and line.opens <= slot.starts_at.time()
            and slot.ends_at <= datetime.combine(day, line.closes, tzinfo=ZONE)
            and slot.ends_at - slot.starts_at == timedelta(minutes=line.slot_minutes)
            for line in given_lines
        )


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(1, 4))
def test_first_tuesday_is_once_a_month(day: date, week: int) -> None:
    line = Line(weekday=1, week=week, opens=time(14), closes=time(15), slot_minutes=20)
    month = [date(day.year, day.month, n) for n in range(1, 29)]
    hits = [one for one in month if line.falls_on(one)]
    assert len(hits) == 1
    assert hits[0].weekday() == 1
    assert (hits[0].day - 1) // 7 + 1 == week


def test_places_of_an_hour() -> None:
    line = Line(on=date(2026, 3, 3), opens=time(14), closes=time(15), slot_minutes=25)
    found = [f"{slot.starts_at:%H:%M}" for slot in slots_on([line], date(2026, 3, 3), ZONE)]
    assert found == ["14:00", "14:25"]
    assert slots_on([line], date(2026, 3, 4), ZONE) == []
