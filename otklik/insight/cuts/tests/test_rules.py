"""Periods, growth and links, without a database."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.insight.cuts.rules import (
    Change,
    Tally,
    at,
    end_of,
    label_of,
    narrowed,
    preceding,
    spans,
    start_of,
)
from otklik.insight.cuts.vocabulary import PERIODS, Dimension, Measure

DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("since", "until", "before"),
    [
        (date(2026, 3, 1), date(2026, 3, 31), (date(2026, 2, 1), date(2026, 2, 28))),
        (date(2026, 1, 1), date(2026, 3, 31), (date(2025, 10, 1), date(2025, 12, 31))),
        (date(2026, 1, 1), date(2026, 12, 31), (date(2025, 1, 1), date(2025, 12, 31))),
        (date(2026, 2, 2), date(2026, 2, 8), (date(2026, 1, 26), date(2026, 2, 1))),
        (date(2026, 2, 2), date(2026, 2, 2), (date(2026, 2, 1), date(2026, 2, 1))),
    ],
)
def test_the_period_before(since: date, until: date, before: tuple[date, date]) -> None:
    assert preceding(since, until) == before


@given(DAYS, st.integers(0, 400))
def test_the_period_before_touches_and_never_overlaps(since: date, length: int) -> None:
    until = since + timedelta(days=length)
    first, last = preceding(since, until)
    assert last + timedelta(days=1) == since
    assert first <= last


@given(DAYS, st.integers(0, 120), st.sampled_from(PERIODS))
def test_steps_cover_the_period_once(since: date, length: int, step: Dimension) -> None:
    until = since + timedelta(days=length)
    found = list(spans(since, until, step))
    covered = [
        day + timedelta(days=n) for day in found for n in range((end_of(day, step) - day).days + 1)
    ]
    assert len(covered) == len(set(covered))
    assert {since, until} <= set(covered)
    assert all(start_of(day, step) == day for day in found)


def test_labels_of_steps() -> None:
    assert label_of(date(2026, 3, 2), Dimension.WEEK) == "02.03–08.03.2026"
    assert label_of(date(2026, 3, 1), Dimension.MONTH) == "март\u00a02026"


@given(st.integers(0, 500), st.integers(0, 500))
def test_growth_is_marked_only_when_clear(now: int, before: int) -> None:
    change = Change(now=now, before=before)
    assert change.difference == now - before
    if change.marked:
        assert now >= 5
        assert now > before
    assert not Change(now=before, before=now).marked or not change.marked


def test_a_handful_is_not_growth() -> None:
    assert not Change(now=4, before=0).marked
    assert not Change(now=105, before=100).marked
    assert Change(now=40, before=15).marked


@given(st.dates(date(2026, 1, 1), date(2026, 3, 1)), st.integers(0, 60), st.sampled_from(PERIODS))
def test_a_step_never_leaves_the_period_asked_for(
    since: date, length: int, step: Dimension
) -> None:
    wanted = AppealFilter(since=since, until=since + timedelta(days=length))
    for day in spans(since, since + timedelta(days=length), step):
        found = at(wanted, step, day.isoformat())
        assert found is not None
        assert since <= found.since <= found.until <= wanted.until  # type: ignore[operator]


def test_links_name_what_is_not_set() -> None:
    empty = AppealFilter()
    assert at(empty, Dimension.BODY, None) == AppealFilter(no_body=True)
    assert at(empty, Dimension.TOPIC, None) == AppealFilter(no_topic=True)
    assert at(empty, Dimension.SETTLEMENT, 7) == AppealFilter(settlement=7)
    assert at(empty, Dimension.TOPIC_GROUP, "Без группы") is None
    assert narrowed(AppealFilter(status="left"), Measure.ANSWERED).status == "left"


def test_means_of_nothing_are_nothing() -> None:
    assert Tally().value(Measure.SCORE) is None
    assert Tally().value(Measure.AVERAGE_DAYS) is None
    assert Tally(scored=3, score_sum=12).value(Measure.SCORE) == 4
