"""Working hours a person has for appeals: by the calendar, without absences, his share of time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

DEFAULT_SHARE = 0.5
"""Part of working time that goes to appeals where the centre has said nothing."""

_ONE = timedelta(days=1)
Span = tuple[date, date]
"""Both days included."""


class Timesheet:
    """Working hours of the days from `first` to `last`, summed ahead.

    `minutes` tells the working minutes of a day.
    """

    def __init__(self, first: date, last: date, minutes: Callable[[date], int]) -> None:
        self.first, self.last = first, last
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        self._sums = [0, *accumulate(minutes(day) for day in days)]

    @property
    def hours(self) -> float:
        """Hours of the whole time for one person."""
        return self._sums[-1] / 60

    def within(self, spans: Iterable[Span], without: Iterable[Span] = ()) -> float:
        """Hours on days covered by any of `spans` and by none of `without`."""
        kept = merged(self._cut(spans))
        gone = merged(self._cut(without))
        taken = sum(self._minutes(_overlap(one, other)) for one in kept for other in gone)
        return (sum(map(self._minutes, kept)) - taken) / 60

    def _cut(self, spans: Iterable[Span]) -> list[Span]:
        found = ((max(a, self.first), min(b, self.last)) for a, b in spans)
        return [(a, b) for a, b in found if a <= b]

    def _minutes(self, span: Span | None) -> int:
        if span is None:
            return 0
        begins, ends = (span[0] - self.first).days, (span[1] - self.first).days
        return self._sums[ends + 1] - self._sums[begins]


def merged(spans: Sequence[Span]) -> list[Span]:
    """The same days as spans that neither overlap nor touch."""
    found: list[Span] = []
    for begins, ends in sorted(spans):
        if found and begins <= found[-1][1] + _ONE:
            found[-1] = (found[-1][0], max(found[-1][1], ends))
        else:
            found.append((begins, ends))
    return found


def _overlap(one: Span, other: Span) -> Span | None:
    begins, ends = max(one[0], other[0]), min(one[1], other[1])
    return (begins, ends) if begins <= ends else None


@dataclass(frozen=True)
class Person:
    """Somebody who works on appeals in a body. `hours` are those he has for them in the window;
    `away` are hours of absence taken off (whole working hours)."""

    account_id: int
    name: str
    hours: float
    share: float
    away: float = 0.0
