"""Days on which a recurring task is due, and periods of a recurring function."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from otklik.coordination.tasks.vocabulary import Recurrence

MONTHS = {Recurrence.MONTHLY: 1, Recurrence.QUARTERLY: 3}
WEEK = 7


@dataclass(frozen=True)
class Period:
    """A week, month or quarter; both days inclusive. `key` names it: «2026-Q1»."""

    key: str
    since: date
    until: date


def next_due(first: date, recurrence: str, after: date) -> date | None:
    """The nearest due day later than `after` in the row begun by `first`; none for «один раз».

    Months keep the day of `first`: from 31 January to 28 February to 31 March.
    """
    if recurrence == Recurrence.WEEKLY:
        passed = max((after - first).days // WEEK + 1, 0)
        return first + timedelta(days=WEEK * passed)
    step = MONTHS.get(Recurrence(recurrence))
    if step is None:
        return None
    passed = max((after.year - first.year) * 12 + after.month - first.month, 0) // step * step
    while (due := _months_later(first, passed)) <= after:
        passed += step
    return due


def period_of(recurrence: str, day: date) -> Period | None:
    """The period that holds the day; none for «один раз»."""
    if recurrence == Recurrence.WEEKLY:
        since = day - timedelta(days=day.weekday())
        year, week, _ = day.isocalendar()
        return Period(f"{year}-W{week:02}", since, since + timedelta(days=WEEK - 1))
    if recurrence == Recurrence.MONTHLY:
        return Period(f"{day:%Y-%m}", day.replace(day=1), _month_end(day.year, day.month))
    if recurrence == Recurrence.QUARTERLY:
        quarter = (day.month - 1) // 3
        since = date(day.year, quarter * 3 + 1, 1)
        return Period(f"{day.year}-Q{quarter + 1}", since, _month_end(day.year, quarter * 3 + 3))
    return None


def _months_later(first: date, months: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(first.day, last))


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
