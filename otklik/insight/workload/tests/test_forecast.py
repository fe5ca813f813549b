"""The forecast: calm on calm history, aware of days off and seasons, honest of its error."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.insight.workload.rules.forecast import AHEAD, ENOUGH_WEEKS, Forecast, foretell

TODAY = date(2026, 3, 2)
HOLIDAYS = {date(2026, 3, 9)}


def working(day: date) -> bool:
    return day.weekday() < 5 and day not in HOLIDAYS


def told(weeks: int, rate: float, rng: Random | None = None, **seasons: float) -> Forecast:
    """History of `rate` a working day and none on days off; `grows` a week, `july` times more."""
    first = TODAY - timedelta(days=7 * weeks)
    counts = {}
    for n in range(7 * weeks):
        day = first + timedelta(days=n)
        mean = rate + seasons.get("grows", 0.0) * (n // 7)
        mean *= seasons.get("season", 1.0) if day.month in (3, 4) else 1.0
        mean = mean if working(day) else 0.0
        counts[day] = round(mean) if rng is None else _poisson(rng, mean)
    return foretell(counts, today=TODAY, first=first, working=working)


def _poisson(rng: Random, mean: float) -> int:
    passed, count = rng.expovariate(1.0), 0
    while passed < mean:
        passed += rng.expovariate(1.0)
        count += 1
    return count


def test_little_history_is_not_foretold() -> None:
    assert not told(ENOUGH_WEEKS - 1, 20).known
    assert told(ENOUGH_WEEKS, 20).known
    assert not told(80, 0).known
    assert foretell({}, today=TODAY, first=TODAY, working=working).past == ()


def test_calm_history_goes_on_and_a_holiday_takes_its_day() -> None:
    found = told(60, 20)
    assert [round(week.expected) for week in found.weeks] == [100, 80, 100, 100]
    assert found.error is not None
    assert found.error < 0.05
    assert found.weeks[0].since == TODAY


def test_a_season_of_two_years_is_remembered() -> None:
    plain, seasonal = told(112, 20), told(112, 20, season=2.0)
    assert seasonal.expected > plain.expected * 1.3
    assert not seasonal.steady


def test_a_trend_is_followed_but_not_for_ever() -> None:
    found = told(60, 10, grows=0.5)
    last = found.past[-1][1]
    assert last * 0.95 < found.weeks[2].expected < last * 1.3


def test_the_interval_holds_about_eight_of_ten() -> None:
    rng, held = Random(7), 0
    for _ in range(60):
        found = told(40, 12, rng)
        coming = sum(_poisson(rng, 12) for _ in range(5))
        held += found.weeks[0].low <= coming <= found.weeks[0].high
    assert held >= 42


@settings(max_examples=40, deadline=None)
@given(
    counts=st.lists(st.integers(0, 60), min_size=7 * ENOUGH_WEEKS, max_size=7 * 30),
    times=st.integers(2, 5),
)
def test_any_history_gives_figures_in_order(counts: list[int], times: int) -> None:
    first = TODAY - timedelta(days=len(counts))
    days = {first + timedelta(days=n): count for n, count in enumerate(counts)}
    found = foretell(days, today=TODAY, first=first, working=working)
    again = foretell(dict(sorted(days.items())), today=TODAY, first=first, working=working)
    assert found == again
    assert len(found.weeks) in (0, AHEAD)
    for week in found.weeks:
        assert 0 <= week.low <= week.expected <= week.high
        assert week.until - week.since == timedelta(days=6)
    more = {day: count * times for day, count in days.items()}
    scaled = foretell(more, today=TODAY, first=first, working=working)
    if found.known:
        assert scaled.expected == pytest.approx(found.expected * times, rel=1e-6, abs=1e-6)
