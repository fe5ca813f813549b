"""Every shipped rule on every day of 2024–2027 against a slow reckoning of its own.

The days off of 2024–2026 are written out here by the decrees on transferred days (government
decrees of 10.08.2023 № 1314, 04.10.2024 № 1335, 24.09.2025 № 1466), not taken from the program.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from otklik.casework.deadlines import models
from otklik.casework.deadlines.rules import Extension, Pause, Rule, due
from otklik.casework.deadlines.vocabulary import CountedFrom, DeadlineKind, EndShift, Unit
from otklik.directory.calendars.rules import MOSCOW, ProductionCalendar, federal_days
from otklik.directory.calendars.vocabulary import DayKind

RUSSIA = ProductionCalendar(federal_days())
FREE = {
    2024: "0101-0108 0223 0308 0429-0501 0509 0510 0612 1104 1230 1231",
    2025: "0101-0108 0501 0502 0508 0509 0612 0613 1103 1104 1231",
    2026: "0101-0109 0223 0309 0501 0511 0612 1104 1231",
}
WORKED = {date(2024, 4, 27), date(2024, 11, 2), date(2024, 12, 28), date(2025, 11, 1)}
SHORT = {
    2024: "0222 0307 0508 0611 1102",
    2025: "0307 0430 0611 1101",
    2026: "0430 0508 0611 1103",
}
DAYS = [date(2024, 1, 1) + timedelta(days=n) for n in range(1461)]
QUARTER = timedelta(minutes=15)


def days(told: dict[int, str]) -> set[date]:
    found = set()
    for year, text in told.items():
        for part in text.split():
            first, _, last = part.partition("-")
            day = date(year, int(first[:2]), int(first[2:]))
            end = date(year, int(last[:2]), int(last[2:])) if last else day
            while day <= end:
                found.add(day)
                day += timedelta(days=1)
    return found


OFF, CUT = days(FREE), days(SHORT)


@cache
def works(day: date) -> bool:
    if day.year not in FREE:
        return RUSSIA.is_working(day)
    return day in WORKED or (day.weekday() < 5 and day not in OFF)


def shipped() -> list[dict[str, Any]]:
    file = Path(models.__file__).parent / "builtin" / "rules.yaml"
    rules: list[dict[str, Any]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return rules


def rule_of(told: dict[str, Any], shift: EndShift) -> Rule:
    return Rule(
        slug=told["slug"],
        kind=DeadlineKind(told["kind"]),
        unit=Unit(told["unit"]),
        amount=told["amount"],
        counted_from=CountedFrom(told["counted_from"]),
        end_shift=shift,
    )


def walked(rule: Rule, start: date) -> tuple[date, date]:
    """The last day by law and the day to keep to, one day at a time."""
    day, left = start, rule.amount
    while left:
        day += timedelta(days=1)
        left -= rule.unit == Unit.CALENDAR_DAYS or works(day)
    step = {EndShift.PRECEDING: -1, EndShift.NEXT: 1, EndShift.AS_IS: 0}[rule.end_shift]
    kept = day
    while step and not works(kept):
        kept += timedelta(days=step)
    return day, day if kept < start else kept


IN_DAYS = [told for told in shipped() if told["unit"] != Unit.WORKING_HOURS]
IN_HOURS = [told for told in shipped() if told["unit"] == Unit.WORKING_HOURS]


@pytest.mark.parametrize("shift", list(EndShift))
@pytest.mark.parametrize("told", IN_DAYS, ids=lambda told: told["slug"])
def test_terms_in_days(told: dict[str, Any], shift: EndShift) -> None:
    rule = rule_of(told, shift)
    for day in DAYS:
        start = datetime.combine(day, time(23, 59), tzinfo=MOSCOW)
        computed = due(rule, start, RUSSIA)
        legal, kept = walked(rule, day)
        assert (computed.legal_due_at.date(), computed.due_at.date()) == (legal, kept), day
        assert computed.due_at.date() >= day


def open_at(moment: datetime) -> bool:
    """Whether the quarter of an hour that begins now is worked: 9–18 with dinner from 13."""
    day = moment.date()
    if not works(day):
        return False
    short = day in CUT if day.year in SHORT else RUSSIA.kind(day) == "short"
    closes = time(17) if short else time(18)
    return time(9) <= moment.time() < closes and not time(13) <= moment.time() < time(14)


@pytest.mark.parametrize("told", IN_HOURS, ids=lambda told: told["slug"])
def test_terms_in_hours(told: dict[str, Any]) -> None:
    rule = rule_of(told, EndShift.PRECEDING)
    hours = [time(0), time(8, 45), time(12, 30), time(13, 15), time(17, 15), time(21)]
    for number, day in enumerate(DAYS):
        start = moment = datetime.combine(day, hours[number % 6], tzinfo=MOSCOW)
        left = rule.amount * 4
        while left:
            left -= open_at(moment)
            moment += QUARTER
        assert due(rule, start, RUSSIA).due_at == moment, start


PAUSES = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 9)), max_size=4)


@given(st.sampled_from(IN_DAYS), st.sampled_from(DAYS), PAUSES, st.integers(0, 30))
def test_pauses_and_an_extension_compose(
    told: dict[str, Any], day: date, breaks: list[tuple[int, int]], longer: int
) -> None:
    rule = rule_of(told, EndShift.AS_IS)
    start = datetime.combine(day, time(10), tzinfo=MOSCOW)
    pauses = [
        Pause(since=day + timedelta(days=after), until=day + timedelta(days=after + length))
        for after, length in breaks
    ]
    plain = due(rule, start, RUSSIA, pauses)
    assert due(rule, start, RUSSIA, [*reversed(pauses)]).due_at == plain.due_at
    assert due(rule, start, RUSSIA, [*pauses, *pauses]).due_at == plain.due_at
    assert plain.due_at >= due(rule, start, RUSSIA).due_at
    extended = due(rule, start, RUSSIA, pauses, Extension(days=longer) if longer else None)
    assert extended.due_at - plain.due_at == timedelta(days=longer)


@given(st.sampled_from(shipped()), st.sampled_from(DAYS), st.sampled_from(DAYS))
def test_a_day_taken_and_given_back_changes_nothing(
    told: dict[str, Any], day: date, moved: date
) -> None:
    rule = rule_of(told, EndShift.PRECEDING)
    start = datetime.combine(day, time(10), tzinfo=MOSCOW)
    before = due(rule, start, RUSSIA)
    kind = RUSSIA.kind(moved)
    other = replace(RUSSIA, days={**RUSSIA.days, moved: DayKind.HOLIDAY})
    due(rule, start, other)
    again = replace(other, days={**other.days, moved: kind})
    assert due(rule, start, again) == before
