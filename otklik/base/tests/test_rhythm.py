"""Every step is due once, and what it covers has ended before."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.base.rhythm import Rhythm, Step

MOSCOW = ZoneInfo("Europe/Moscow")
moments = st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1), timezones=st.just(MOSCOW))


@st.composite
def rhythms(draw: st.DrawFn) -> Rhythm:
    step = draw(st.sampled_from(Step))
    least, most = {Step.DAY: (0, 0), Step.WEEK: (0, 6)}.get(step, (1, 28))
    return Rhythm(step=step, day=draw(st.integers(least, most)), hour=draw(st.integers(0, 23)))


@given(rhythms(), moments)
def test_due_is_past_and_covers_what_has_ended(rhythm: Rhythm, now: datetime) -> None:
    due = rhythm.last_due(now)
    since, until = rhythm.covers(due)
    assert due <= now < due + timedelta(days=124)
    assert since <= until < due.date()
    assert rhythm.last_due(due) == due
    assert rhythm.last_due(due - timedelta(seconds=1)) < due


@given(rhythms(), moments)
def test_steps_follow_one_another_without_gaps(rhythm: Rhythm, now: datetime) -> None:
    due = rhythm.last_due(now)
    before = rhythm.last_due(due - timedelta(seconds=1))
    assert rhythm.covers(before)[1] + timedelta(days=1) == rhythm.covers(due)[0]


def test_monday_at_seven() -> None:
    rhythm = Rhythm(step=Step.WEEK, day=0, hour=7)
    now = datetime(2026, 3, 4, 12, tzinfo=MOSCOW)
    assert rhythm.last_due(now) == datetime(2026, 3, 2, 7, tzinfo=MOSCOW)
    assert rhythm.covers(rhythm.last_due(now))[0] == datetime(2026, 2, 23).date()


def test_no_such_day_is_refused() -> None:
    with pytest.raises(ValueError, match="no such day"):
        Rhythm(step=Step.WEEK, day=7)
