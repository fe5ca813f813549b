"""What will come in the next four weeks, and how far such forecasts were wrong before.

A day counts by its kind (which weekday, worked or not), a week by its days and by the season of
its months; the level that is left follows a damped trend (Holt, Gardner–McKenzie). The same is
done for the past: every week of the last half year is foretold from what was known before it, and
the error told is that of those forecasts. Where the plain mean of eight weeks was clearly nearer,
it is taken instead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from statistics import fmean

from otklik.insight.workload.rules.seasons import Calendar, Seasons, learn

AHEAD = 4
"""Weeks foretold."""

ENOUGH_WEEKS = 12
LEAST_A_WEEK = 5.0
"""Fewer cases a week than this are not foretold: the error would be larger than the number."""

LONGEST = 112
"""Weeks of history looked at: two years and the weeks to compare them with."""

TRIALS = 26
CLEARLY = 0.02
"""The plain mean is taken when its error is less by as much: a season not met within the trials
speaks for itself."""

_LEVEL, _TREND, _DAMPING = 0.3, 0.1, 0.9
_STEADY = 8
_PLAIN_DEVIATIONS = 1.28
"""Eighty of a hundred outcomes of pure chance lie within as many deviations."""


@dataclass(frozen=True)
class Week:
    """Seven days, both ends included; the interval holds eight outcomes of ten."""

    since: date
    until: date
    expected: float
    low: float
    high: float


@dataclass(frozen=True)
class Forecast:
    """`weeks` is empty when there is too little to go by. `error` is the mean absolute percentage
    error (MAPE) of `trials` forecasts of the past, as a share; `steady` says that the plain mean
    was nearer than the seasons. `past` are whole weeks of history, oldest first."""

    past: tuple[tuple[date, int], ...]
    weeks: tuple[Week, ...] = ()
    error: float | None = None
    trials: int = 0
    steady: bool = False

    @property
    def known(self) -> bool:
        return bool(self.weeks)

    @property
    def expected(self) -> float:
        return sum(week.expected for week in self.weeks)

    @property
    def low(self) -> float:
        return sum(week.low for week in self.weeks)

    @property
    def high(self) -> float:
        return sum(week.high for week in self.weeks)


def foretell(
    counts: Mapping[date, int], *, today: date, first: date, working: Callable[[date], bool]
) -> Forecast:
    """The next four weeks from `today` on by counts of the days before it.

    `first` is the first day of which anything is known.
    """
    known = min(LONGEST, max(0, (today - first).days // 7))
    begins = today - timedelta(days=7 * known)
    calendar = Calendar(begins, 7 * (known + AHEAD), working)
    days = [counts.get(begins + timedelta(days=n), 0) for n in range(7 * known)]
    weeks = [sum(days[7 * n : 7 * n + 7]) for n in range(known)]
    past = tuple((begins + timedelta(days=7 * n), count) for n, count in enumerate(weeks))
    if known < ENOUGH_WEEKS or fmean(weeks[-ENOUGH_WEEKS:]) < LEAST_A_WEEK:
        return Forecast(past)
    told = _tried(days, weeks, calendar)
    steady = _error(told[True]) < _error(told[False]) - CLEARLY
    ahead = _ahead(weeks, learn(days, calendar), known, steady)
    return Forecast(
        past,
        tuple(_week(today, n, value, told[steady]) for n, value in enumerate(ahead)),
        error=_error(told[steady]),
        trials=len({origin for origin, *_ in told[steady]}),
        steady=steady,
    )


_Told = list[tuple[int, int, float, int]]
"""(weeks known, weeks ahead from 0, foretold, what came)."""


def _tried(days: list[int], weeks: list[int], calendar: Calendar) -> dict[bool, _Told]:
    """Forecasts of the past, each from what was known before it only; the steady ones apart."""
    least = max(ENOUGH_WEEKS - AHEAD, len(weeks) - TRIALS - AHEAD + 1)
    found: dict[bool, _Told] = {False: [], True: []}
    for known in range(least, len(weeks)):
        seasons = learn(days[: 7 * known], calendar)
        for steady, told in found.items():
            values = _ahead(weeks, seasons, known, steady)
            told += [
                (known, n, value, weeks[known + n])
                for n, value in enumerate(values[: len(weeks) - known])
            ]
    return found


def _ahead(weeks: Sequence[int], seasons: Seasons, known: int, steady: bool) -> list[float]:
    """Four weeks after the first `known` ones."""
    last = range(max(0, known - _STEADY) if steady else 0, known)
    flat = [weeks[n] / _exposure(seasons, n, steady) for n in last]
    levels = [fmean(flat)] * AHEAD if steady else _damped(flat)
    return [
        max(0.0, level * _exposure(seasons, known + n, steady)) for n, level in enumerate(levels)
    ]


def _exposure(seasons: Seasons, week: int, steady: bool) -> float:
    return seasons.week(week, months=not steady)


def _damped(flat: Sequence[float]) -> list[float]:
    level, trend = fmean(flat[:4]), 0.0
    for value in flat:
        before, level = level, _LEVEL * value + (1 - _LEVEL) * (level + _DAMPING * trend)
        trend = _TREND * (level - before) + (1 - _TREND) * _DAMPING * trend
    found, added = [], 0.0
    for n in range(AHEAD):
        added += trend * _DAMPING ** (n + 1)
        found.append(level + added)
    return found


def _error(told: _Told) -> float:
    shares = [abs(value - came) / came for *_, value, came in told if came]
    return fmean(shares) if shares else 1.0


def _week(today: date, number: int, expected: float, told: _Told) -> Week:
    since = today + timedelta(days=7 * number)
    misses = sorted(
        abs(value - came) / max(value, 1.0) for _, n, value, came in told if n == number
    )
    usual = misses[min(len(misses) - 1, int(0.8 * len(misses)))] if misses else 1.0
    half = max(usual * expected, _PLAIN_DEVIATIONS * sqrt(expected))
    return Week(
        since, since + timedelta(days=6), expected, max(0.0, expected - half), expected + half
    )
