"""Days by their kind and months by their season: what makes one week fuller than another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

WORKED_WEEKEND, OFF = 5, 6
KINDS = 7
_FEW_DAYS = 3
"""A kind of day seen as seldom as this is half believed to be like the other days of its sort."""

_FEW_WEEKS = 2
_HALF_YEAR = 26
LEAST = 0.02
"""A week of days off brings something, or its level could not be told."""

YEAR_AND_MORE = 60
"""Weeks of history from which months are told apart."""


class Calendar:
    """Kinds and months of the days from `begins` on: 0–4 worked weekdays, 5 worked weekends, 6
    days off."""

    def __init__(self, begins: date, days: int, working: Callable[[date], bool]) -> None:
        dates = [begins + timedelta(days=n) for n in range(days)]
        self.kinds = [_kind(day, working(day)) for day in dates]
        self.months = [day.month - 1 for day in dates]


def _kind(day: date, worked: bool) -> int:
    return min(day.weekday(), WORKED_WEEKEND) if worked else OFF


@dataclass(frozen=True)
class Seasons:
    """How many times the mean a day of each kind brings, and a day of each month."""

    calendar: Calendar
    by_kind: tuple[float, ...]
    by_month: tuple[float, ...]

    def week(self, number: int, *, months: bool = True) -> float:
        """What a week from the beginning of the calendar brings, in mean weeks; never 0."""
        days = slice(7 * number, 7 * number + 7)
        kinds = sum([self.by_kind[kind] for kind in self.calendar.kinds[days]]) / 7
        if not months:
            return max(LEAST, kinds)
        season = sum([self.by_month[month] for month in self.calendar.months[days]]) / 7
        return max(LEAST, kinds * season)


def learn(days: Sequence[int], calendar: Calendar) -> Seasons:
    """Seasons by whole weeks of counts from the beginning of the calendar."""
    by_kind = _by_kind(days[-7 * 52 :], calendar.kinds[: len(days)][-7 * 52 :])
    plain = Seasons(calendar, by_kind, (1.0,) * 12)
    weeks = len(days) // 7
    if weeks < YEAR_AND_MORE:
        return plain
    flat = [sum(days[7 * n : 7 * n + 7]) / plain.week(n) for n in range(weeks)]
    return Seasons(calendar, by_kind, _by_month(flat, calendar.months))


def _by_kind(days: Sequence[int], kinds: Sequence[int]) -> tuple[float, ...]:
    mean = sum(days) / len(days) if days else 0.0
    if not mean:
        return (1.0,) * KINDS
    sums, seen = [0.0] * KINDS, [0] * KINDS
    for count, kind in zip(days, kinds, strict=True):
        sums[kind] += count
        seen[kind] += 1
    worked = sum(sums[:OFF]) / max(1, sum(seen[:OFF]))
    sorts = [worked] * OFF + [sums[OFF] / seen[OFF] if seen[OFF] else 0.0]
    return tuple(
        (sums[kind] + _FEW_DAYS * sorts[kind]) / (seen[kind] + _FEW_DAYS) / mean
        for kind in range(KINDS)
    )


def _by_month(flat: Sequence[float], months: Sequence[int]) -> tuple[float, ...]:
    """Each week against the mean of the year around it, by the month of its middle."""
    sums = [0.0, *accumulate(flat)]
    ratios: list[list[float]] = [[] for _ in range(12)]
    # Only whole years around a week: at the edges a trend would pass for a season.
    for week in range(_HALF_YEAR, len(flat) - _HALF_YEAR):
        begins, ends = week - _HALF_YEAR, week + _HALF_YEAR + 1
        around = (sums[ends] - sums[begins]) / (ends - begins)
        if around > 0:
            ratios[months[7 * week + 3]].append(flat[week] / around)
    return tuple((sum(found) + _FEW_WEEKS) / (len(found) + _FEW_WEEKS) for found in ratios)
