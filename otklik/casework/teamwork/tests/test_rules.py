"""Arithmetic of waiting, and names in a text."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.casework.teamwork.rules import in_words, named, names_in, reminder_due, summed

WAITS = st.lists(st.timedeltas(timedelta(0), timedelta(days=400)), min_size=1)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (-5, "0 мин"),
        (0, "0 мин"),
        (59, "59 мин"),
        (60, "1 ч"),
        (195, "3 ч 15 мин"),
        (1440, "1 д"),
        (1441, "1 д"),
        (1620, "1 д 3 ч"),
    ],
)
def test_waiting_in_words(minutes: int, words: str) -> None:
    assert in_words(timedelta(minutes=minutes)).replace("\u00a0", " ") == words


@given(WAITS)
def test_the_middle_lies_within_and_the_longest_is_the_longest(waits: list[timedelta]) -> None:
    found = summed(waits)
    assert found is not None
    slack = timedelta(microseconds=10)
    assert min(waits) - slack <= found.middle <= found.longest + slack
    assert found.longest == max(waits)
    assert found.amount == len(waits)


def test_nothing_waited() -> None:
    assert summed([]) is None


def test_names_are_found_once_and_addresses_are_not_names() -> None:
    assert names_in("@Ямкин и @Петрова-Водкина, пишите на mail@Example.ru; @Ямкин!") == [
        "Ямкин",
        "Петрова-Водкина",
    ]


def test_surnames_match_in_any_case_and_with_any_yo() -> None:
    people = [(1, "Семёнов Пётр"), (2, "Семенова Анна"), (3, ""), (4, "СЕМЕНОВ Илья")]
    assert named("Семенов", people) == [1, 4]


@given(st.booleans(), st.integers(-3, 3), st.integers(-2, 2))
def test_one_reminder_a_working_day(working: bool, hours: int, days: int) -> None:
    now = datetime(2025, 3, 7, 9, 10, tzinfo=UTC)
    due, told = now + timedelta(hours=hours), date(2025, 3, 7) + timedelta(days=days)
    expected = working and hours < 0 and days != 0
    assert reminder_due(due, told, now, working) is expected
    assert reminder_due(due, None, now, working) is (working and hours < 0)
