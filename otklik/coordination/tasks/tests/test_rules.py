"""Days of recurring tasks, the traffic light, points of a text."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.coordination.tasks.rules import (
    clause_order,
    light_of,
    next_due,
    period_of,
    points_of,
    standing_of,
)
from otklik.coordination.tasks.vocabulary import Light, Recurrence, Standing, TaskState

DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
STEPS = st.sampled_from([Recurrence.WEEKLY, Recurrence.MONTHLY, Recurrence.QUARTERLY])
LONGEST = {Recurrence.WEEKLY: 7, Recurrence.MONTHLY: 31, Recurrence.QUARTERLY: 92}


@given(DAYS, STEPS, st.integers(0, 2000))
def test_the_next_day_is_the_nearest_of_its_row(first: date, step: str, passed: int) -> None:
    after = first + timedelta(days=passed)
    due = next_due(first, step, after)
    assert due is not None
    assert after < due <= after + timedelta(days=LONGEST[Recurrence(step)])
    if step == Recurrence.WEEKLY:
        assert due.weekday() == first.weekday()
    else:
        assert due.day == first.day or (due.day < first.day and (due + timedelta(1)).day == 1)


@given(DAYS, STEPS)
def test_a_row_stepped_through_is_the_row_jumped_into(first: date, step: str) -> None:
    walked = first
    for _ in range(6):
        following = next_due(first, step, walked)
        assert following is not None
        walked = following
    assert next_due(first, step, walked - timedelta(days=1)) == walked


@given(DAYS, STEPS)
def test_a_period_holds_its_day_and_meets_the_next(day: date, step: str) -> None:
    period = period_of(step, day)
    assert period is not None
    assert period.since <= day <= period.until
    following = period_of(step, period.until + timedelta(days=1))
    assert following is not None
    assert following.since == period.until + timedelta(days=1)
    assert following.key != period.key
    assert period_of(step, period.since) == period


def test_once_has_no_next() -> None:
    assert next_due(date(2026, 1, 31), Recurrence.NONE, date(2026, 2, 1)) is None
    assert period_of(Recurrence.NONE, date(2026, 1, 31)) is None


def test_months_keep_the_day() -> None:
    first, row = date(2026, 1, 31), []
    day = first
    for _ in range(3):
        following = next_due(first, Recurrence.MONTHLY, day)
        assert following is not None
        day = following
        row.append(day)
    assert row == [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]


@pytest.mark.parametrize(
    ("state", "due", "light"),
    [
        (TaskState.NEW, 1, Light.OVERDUE),
        (TaskState.ACCEPTED, 2, Light.TODAY),
        (TaskState.RETURNED, 9, Light.SOON),
        (TaskState.NEW, 10, Light.CALM),
        (TaskState.REPORTED, 1, Light.WAITING),
        (TaskState.DONE, 1, Light.CLOSED),
    ],
)
def test_the_light(state: str, due: int, light: Light) -> None:
    assert light_of(state, date(2026, 3, due), date(2026, 3, 2)) == light


@pytest.mark.parametrize(
    ("given_", "standing"),
    [
        ({"overdue": 1, "held": 1, "fulfilled": True}, Standing.OVERDUE),
        ({"vacant": 1}, Standing.VACANT),
        ({"vacant": 1, "held": 1}, Standing.RUNNING),
        ({"running": 1, "fulfilled": True}, Standing.RUNNING),
        ({"means": 1}, Standing.RUNNING),
        ({"held": 1, "fulfilled": True}, Standing.FULFILLED),
        ({"fulfilled": True}, Standing.FULFILLED),
        ({}, Standing.NOTHING),
    ],
)
def test_how_a_clause_stands(given_: dict[str, int], standing: Standing) -> None:
    none = {"overdue": 0, "vacant": 0, "held": 0, "running": 0, "means": 0, "fulfilled": False}
    assert standing_of(**{**none, **given_}) == standing  # type: ignore[arg-type]


def test_points_of_a_text() -> None:
    text = "Положение\n1. Общие\n1.1. Центр создан\n2) Задачи\n2.1 Карта\n2.1 Ещё раз\n2026 год"
    assert [(p.clause, p.words) for p in points_of(text)] == [
        ("1", "Общие"), ("1.1", "Центр создан"), ("2", "Задачи"), ("2.1", "Карта"),
    ]  # fmt: skip


def test_clauses_stand_in_the_order_of_the_document() -> None:
    mixed = ["app1.3", "1.10", "order.2", "1.2", "3.1.v", "structure.1", "1"]
    assert sorted(mixed, key=clause_order) == [
        "order.2", "1", "1.2", "1.10", "3.1.v", "app1.3", "structure.1",
    ]  # fmt: skip
