"""What days usually bring: the picture of the week, the expected number, the days above it. Pure.

A day is expected to bring what its like brought in the eight weeks before the period: working days
by weekday, days off and holidays of the production calendar together by Saturday and Sunday.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

from otklik.casework.problems.rules import is_spike

WEEKS = 8
WEEKDAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
_DAY = timedelta(days=1)
CLEAR = 3.0
LIKE = 4
"""Fewer like days before are not taken for a habit."""

Works = Callable[[date], bool]
"""Whether a day is a working one by the production calendar."""


@dataclass(frozen=True)
class Day:
    """A day of the period; `expected` is None without days like it before."""

    day: date
    count: int
    expected: float | None
    spike: bool


@dataclass(frozen=True)
class Season:
    """Days of the period, an average week of before it."""

    days: Sequence[Day]
    week: Sequence[float | None]

    @property
    def expected(self) -> float | None:
        """The whole period by its days, when each has its like before."""
        known = [day.expected for day in self.days if day.expected is not None]
        return sum(known) if known and len(known) == len(self.days) else None

    @property
    def count(self) -> int:
        return sum(day.count for day in self.days)

    @property
    def above(self) -> bool:
        """Whether the whole period stands clearly above its days' habit."""
        expected = self.expected
        if expected is None:
            return False
        # Days of one week move together: their spread is wider than that of Poisson counts.
        spread = sqrt(expected + (0.08 * expected) ** 2)
        return self.count - expected > CLEAR * spread


def season_of(
    counts: Mapping[date, int], since: date, until: date, first: date | None, works: Works
) -> Season:
    """`first` is the earliest day with records: before it silence is no zero."""
    history = _history(since, first)
    groups: dict[int, list[int]] = {}
    for day in history:
        groups.setdefault(_kind(day, works), []).append(counts.get(day, 0))
    days = []
    day = since
    while day <= until:
        like = groups.get(_kind(day, works), [])
        known = len(like) >= LIKE
        number = counts.get(day, 0)
        days.append(
            Day(
                day=day,
                count=number,
                expected=sum(like) / len(like) if known else None,
                spike=known and is_spike(number, like),
            )
        )
        day += _DAY
    week = [_mean(groups.get(kind, [])) for kind in range(7)]
    return Season(days, week)


def _history(since: date, first: date | None) -> list[date]:
    days = [since - n * _DAY for n in range(1, WEEKS * 7 + 1)]
    return [day for day in days if first is not None and day >= first]


def _kind(day: date, works: Works) -> int:
    """The weekday; a holiday on a weekday counts as a Sunday, a worked weekend as a Friday."""
    if day.weekday() < 5:
        return day.weekday() if works(day) else 6
    return 4 if works(day) else day.weekday()


def _mean(counts: Sequence[int]) -> float | None:
    return sum(counts) / len(counts) if counts else None
