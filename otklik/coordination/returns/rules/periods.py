"""Which period a report is for, and by which day."""

from __future__ import annotations

from datetime import date, timedelta

from otklik.coordination.tasks.rules import Period, period_of
from otklik.language.wording import period_figures


def last_period(recurrence: str, today: date) -> Period:
    """The last period that has ended before `today`; ValueError for what does not recur."""
    now = period_of(recurrence, today)
    before = period_of(recurrence, now.since - timedelta(days=1)) if now else None
    if before is None:
        raise ValueError(recurrence)
    return before


def due_on(period: Period, days: int, today: date) -> date:
    """`days` calendar days after the period's end; a report asked for later gets them from today.

    Nobody is late with a report that nobody had asked for.
    """
    usual = period.until + timedelta(days=days)
    return usual if usual >= today else today + timedelta(days=days)


def period_label(since: date, until: date) -> str:
    return period_figures(since, until)
