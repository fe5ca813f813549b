"""Norms, hours and levels."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.insight.workload.rules.capacity import Span, Timesheet, merged
from otklik.insight.workload.rules.level import Load, total
from otklik.insight.workload.rules.norms import (
    CO,
    CO_SHARE,
    DEFAULT_HOURS,
    LEAST_HOURS,
    MAIN,
    GroupHistory,
    NormBook,
    guesses,
)
from otklik.insight.workload.vocabulary import Level

MONDAY = date(2026, 3, 2)
SPANS = st.lists(
    st.tuples(st.integers(-5, 40), st.integers(0, 20)).map(
        lambda pair: (MONDAY + timedelta(days=pair[0]), MONDAY + timedelta(days=sum(pair)))
    ),
    max_size=5,
)


def minutes(day: date) -> int:
    return 480 if day.weekday() < 5 else 0


def test_a_topic_wins_over_its_group_and_a_group_over_the_general_norm() -> None:
    book = NormBook({(7, "", MAIN): 5, (None, "ЖКХ", MAIN): 3, (None, "", MAIN): 1.5})
    assert book.hours(7, "ЖКХ", MAIN) == 5
    assert book.hours(8, "ЖКХ", MAIN) == 3
    assert book.hours(8, "Дороги", MAIN) == 1.5
    assert book.hours(7, "ЖКХ", CO) == 5 * CO_SHARE
    assert book.hours(None, "", CO) == 1.5 * CO_SHARE
    assert NormBook().hours(1, "Дороги", MAIN) == DEFAULT_HOURS
    assert NormBook({(None, "", CO): 0.5}).hours(1, "Дороги", CO) == 0.5


def test_the_first_guess_takes_only_the_proportion_of_days() -> None:
    found = guesses(
        {
            "Дороги": GroupHistory(answered=400, median_days=8),
            "Свет": GroupHistory(answered=400, median_days=2),
            "Земля": GroupHistory(answered=1, median_days=90),
            "ЖКХ": GroupHistory(answered=5, median_days=8, notes=12, mean_hours=6.1),
        },
        2.0,
    )
    assert found["Дороги"].hours == 2.0
    assert found["Свет"].hours == 1.0
    assert found["Земля"].hours == 2.25
    assert found["ЖКХ"].hours == 6.0
    assert found["ЖКХ"].measured


@given(
    st.dictionaries(
        st.text(max_size=3),
        st.builds(
            GroupHistory,
            answered=st.integers(0, 500),
            median_days=st.floats(0, 400),
            notes=st.integers(0, 30),
            mean_hours=st.floats(0, 500),
        ),
    ),
    st.floats(0.5, 20),
)
def test_a_guess_is_never_out_of_bounds(known: dict[str, GroupHistory], usual: float) -> None:
    for group, guess in guesses(known, usual).items():
        assert LEAST_HOURS <= guess.hours <= 80
        if not guess.measured:
            assert usual / 2 - 0.25 <= guess.hours <= usual * 2 + 0.25
        else:
            assert known[group].notes >= 10


def test_hours_leave_out_absences_and_days_off() -> None:
    sheet = Timesheet(MONDAY, MONDAY + timedelta(days=13), minutes)
    always = [(date(2020, 1, 1), date.max)]
    assert sheet.hours == 80
    assert sheet.within(always) == 80
    assert sheet.within(always, [(MONDAY, MONDAY + timedelta(days=6))]) == 40
    assert sheet.within([(MONDAY + timedelta(days=12), date.max)]) == 0


@given(SPANS, SPANS)
def test_hours_equal_the_sum_over_days(spans: list[Span], without: list[Span]) -> None:
    last = MONDAY + timedelta(days=27)
    sheet = Timesheet(MONDAY, last, minutes)
    days = [MONDAY + timedelta(days=n) for n in range(28)]
    plain = sum(
        minutes(day)
        for day in days
        if any(a <= day <= b for a, b in spans) and not any(a <= day <= b for a, b in without)
    )
    assert sheet.within(spans, without) == pytest.approx(plain / 60)
    assert len(merged(spans)) <= len(spans)


def test_the_level_in_words() -> None:
    def level(**given: float) -> Level:
        return Load(**{"given": 20, "effort": 40.0, "hours": 40.0, "people": 1.0, **given}).level  # type: ignore[arg-type]

    assert level() == Level.FULL
    assert level(effort=60.0) == Level.OVER
    assert level(effort=20.0) == Level.SPARE
    assert level(given=9, effort=90.0) == Level.FEW
    assert level(hours=0.0) == Level.NOBODY
    assert level(hours=0.0, given=0) == Level.FEW


def test_what_is_missing_and_what_is_free() -> None:
    busy = Load(given=50, effort=300.0, hours=160.0, people=2.0, queue=60.0, weeks=8)
    assert busy.missing == pytest.approx(1.75)
    assert busy.queue_weeks == pytest.approx(3.0)
    idle = Load(given=50, effort=80.0, hours=160.0, people=2.0, weeks=8)
    assert idle.room == pytest.approx(10.0)
    assert idle.missing == 0
    both = total([busy, idle], 8)
    assert both.given == 100
    assert both.share == pytest.approx(380 / 320)
