"""Periods: the one before, and the days, weeks and months a period is cut into."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from otklik.insight.cuts.vocabulary import Dimension

Span = tuple[date, date]
"""First and last day, both included."""

_ONE = timedelta(days=1)
_MONTHS = [
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
]


def preceding(since: date, until: date) -> Span:
    """The period before: whole months before whole months, else as many days."""
    if since.day == 1 and (until + _ONE).day == 1:
        months = (until.year - since.year) * 12 + until.month - since.month + 1
        return _months_before(since, months), since - _ONE
    return since - (until - since) - _ONE, since - _ONE


def spans(since: date, until: date, step: Dimension) -> Iterator[date]:
    """The first days of the steps that touch the period, without gaps."""
    day = start_of(since, step)
    while day <= until:
        yield day
        day = end_of(day, step) + _ONE


def start_of(day: date, step: Dimension) -> date:
    """The first day of the day, week (from Monday) or month that holds `day`."""
    if step == Dimension.WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if step == Dimension.MONTH else day


def end_of(day: date, step: Dimension) -> date:
    """The last day of the step that begins on `day`."""
    if step == Dimension.WEEK:
        return day + timedelta(days=6)
    if step == Dimension.MONTH:
        return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - _ONE
    return day


def label_of(day: date, step: Dimension) -> str:
    """«02.03.2026», «02.03–08.03.2026», «март 2026»."""
    if step == Dimension.MONTH:
        return f"{_MONTHS[day.month - 1]}\u00a0{day.year}"
    if step == Dimension.WEEK:
        return f"{day:%d.%m}–{end_of(day, step):%d.%m.%Y}"
    return f"{day:%d.%m.%Y}"


def _months_before(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 - months
    return date(index // 12, index % 12 + 1, 1)
