"""Keys and days survive an address; anything else is nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from otklik.base.given import cursor_of, day_given, day_key_given, key_given

NUMBERS = st.integers(min_value=0, max_value=2**63 - 1)
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=3)), timezone(-timedelta(hours=9))])


@given(at=st.datetimes(timezones=ZONES), pk=NUMBERS)
def test_a_key_comes_back(at: datetime, pk: int) -> None:
    assert key_given(cursor_of(at, pk)) == (at, pk)
    assert key_given(cursor_of(at, pk).replace("+", " ")) == (at, pk)


@given(on=st.dates(), pk=NUMBERS)
def test_a_key_by_day_comes_back(on: date, pk: int) -> None:
    assert day_key_given(cursor_of(on, pk)) == (on, pk)
    assert day_given(f" {on.isoformat()} ") == on


@given(text=st.text(max_size=40))
@example(text="2026-03-05T10:00:00_1")
@example(text="2026-03-05T10:00:00+03:00_-1")
@example(text="2026-03-05_9223372036854775808")
@example(text="2026-03-05T10:00:00+03:00_" + "9" * 5000)
@example(text="2026-03-05T10:00:00+03:00_１")
def test_anything_else_is_nothing(text: str) -> None:
    assert key_given(text) is None
    assert day_key_given(text) is None


@pytest.mark.parametrize("text", ["", "  ", "5 марта", "2026-02-30", "0000-01-01"])
def test_what_is_no_day(text: str) -> None:
    assert day_given(text) is None
