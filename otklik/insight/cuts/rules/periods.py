"""Periods: the one before, and the days, weeks and months a period is cut into."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from otklik.insight.cuts.vocabulary import Dimension, Rolling

Span = tuple[date, date]
"""First and last day, both included."""

_ONE = timedelta(days=1)
_MONTHS_OF = {Dimension.MONTH: 1, Dimension.QUARTER: 3, Dimension.YEAR: 12}
_ROMAN = ("I", "II", "III", "IV")
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


def year_before(since: date, until: date) -> Span:
    """The same days a year ago; 29 February becomes the 28th, a whole month stays whole."""
    whole = (until + _ONE).day == 1
    last = _year_back(until)
    return _year_back(since), end_of(last, Dimension.MONTH) if whole else last


def _year_back(day: date) -> date:
    if (day.month, day.day) == (2, 29):
        return day.replace(year=day.year - 1, day=28)
    return day.replace(year=day.year - 1)


def spans(since: date, until: date, step: Dimension) -> Iterator[date]:
    """The first days of the steps that touch the period, without gaps."""
    day = start_of(since, step)
    while day <= until:
        yield day
        day = end_of(day, step) + _ONE


def start_of(day: date, step: Dimension) -> date:
    """The first day of the step that holds `day`; weeks begin on Monday."""
    if step == Dimension.WEEK:
        return day - timedelta(days=day.weekday())
    if step == Dimension.DAY:
        return day
    months = _MONTHS_OF[step]
    return day.replace(month=(day.month - 1) // months * months + 1, day=1)


def end_of(day: date, step: Dimension) -> date:
    """The last day of the step that begins on `day`."""
    if step == Dimension.WEEK:
        return day + timedelta(days=6)
    if step == Dimension.DAY:
        return day
    return _months_before(day, -_MONTHS_OF[step]) - _ONE


def label_of(day: date, step: Dimension) -> str:
    """«02.03.2026», «02.03–08.03.2026», «март 2026», «I квартал 2026», «2026 год»."""
    if step == Dimension.YEAR:
        return f"{day.year}\u00a0год"
    if step == Dimension.QUARTER:
        return f"{_ROMAN[(day.month - 1) // 3]}\u00a0квартал {day.year}"
    if step == Dimension.MONTH:
        return f"{_MONTHS[day.month - 1]}\u00a0{day.year}"
    if step == Dimension.WEEK:
        return f"{day:%d.%m}–{end_of(day, step):%d.%m.%Y}"
    return f"{day:%d.%m.%Y}"


def rolled(rolling: Rolling, today: date) -> Span | None:
    """The period of a saved cut on the day it is opened; None when its dates are fixed."""
    if rolling == Rolling.FIXED:
        return None
    if rolling == Rolling.DAYS30:
        return today - timedelta(days=29), today
    if rolling == Rolling.YEAR:
        return start_of(today, Dimension.YEAR), today
    step = {Rolling.WEEK: Dimension.WEEK, Rolling.MONTH: Dimension.MONTH}.get(
        rolling, Dimension.QUARTER
    )
    last = start_of(today, step) - _ONE
    return start_of(last, step), last


def _months_before(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 - months
    return date(index // 12, index % 12 + 1, 1)
