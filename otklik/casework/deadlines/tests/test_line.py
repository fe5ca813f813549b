"""The picture of a term agrees with its arithmetic."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given

from otklik.casework.deadlines.rules import Extension, Pause, Rule, due
from otklik.casework.deadlines.rules.line import line_of, weeks
from otklik.casework.deadlines.tests.test_compute import LAW, PAUSES, RULES, RUSSIA, STARTS, at
from otklik.casework.deadlines.vocabulary import EndShift


@given(STARTS, RULES, PAUSES)
def test_as_many_days_counted_as_the_rule_says(
    start: datetime, rule: Rule, breaks: list[tuple[int, int]]
) -> None:
    pauses = [
        Pause(since=start.date() + timedelta(days=a), until=start.date() + timedelta(days=a + n))
        for a, n in breaks
    ]
    computed = due(rule, start, RUSSIA, pauses)
    marks = line_of(rule, start, computed.legal_due_at, computed.due_at, RUSSIA, pauses)
    assert max(mark.number for mark in marks) == rule.amount
    assert [mark.day for mark in marks if mark.ends] == [computed.due_at.date()]
    assert not any(mark.number and mark.paused for mark in marks)
    assert len({mark.number for mark in marks if mark.number}) == rule.amount


def test_thirty_days_that_end_on_a_holiday() -> None:
    computed = due(LAW, at(6, 2), RUSSIA)
    marks = line_of(LAW, at(6, 2), computed.legal_due_at, computed.due_at, RUSSIA)
    assert marks[0].words == "06.02.2026, начало"
    by_day = {mark.day: mark for mark in marks}
    assert by_day[date(2026, 3, 6)].words.endswith("исполнить до конца этого дня")
    assert "конец по закону" in by_day[date(2026, 3, 8)].words
    rows = weeks(marks)
    assert all(len(row) == 7 for row in rows)
    assert rows[0][4] is marks[0], "the 6th of February 2026 is a Friday"


def test_days_of_an_extension_are_told_apart() -> None:
    rule = Rule(**{**LAW.__dict__, "end_shift": EndShift.AS_IS})
    computed = due(rule, at(2, 2), RUSSIA, extension=Extension(days=10))
    marks = line_of(rule, at(2, 2), computed.legal_due_at, computed.due_at, RUSSIA)
    assert sum(mark.extra for mark in marks) == 10
    assert marks[-1].words.endswith("исполнить до конца этого дня")
