"""Classes of the legend, names of cells, quarters for everybody."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from otklik.insight.heatmap.rules import (
    FEWEST_SHOWN,
    Place,
    PublicCell,
    changes_of,
    classes_of,
    level_of,
    masked,
    per_thousand,
    quarters_before,
    said_place,
    summed,
)
from otklik.insight.heatmap.rules.releases import SETTLING_DAYS

COUNTS = st.lists(st.integers(0, 200_000), max_size=60)


@given(COUNTS)
def test_every_value_has_a_class_and_more_is_never_paler(values: list[int]) -> None:
    classes = classes_of(values)
    assert len(classes) <= 5
    lows = [one.low for one in classes]
    assert lows == sorted(set(lows))
    levels = [level_of(value, classes) for value in sorted(values)]
    assert levels == sorted(levels)
    assert all(
        (level > 0) == (value > 0) for level, value in zip(levels, sorted(values), strict=True)
    )


@given(st.lists(st.floats(0.01, 900), min_size=1, max_size=40))
def test_shares_have_classes_too(values: list[float]) -> None:
    classes = classes_of(values, whole=False)
    assert 1 <= len(classes) <= 5
    assert all(level_of(value, classes) for value in values)


def test_small_numbers_are_told_one_by_one_and_large_ones_roundly() -> None:
    assert [one.low for one in classes_of([1, 2, 3, 3])] == [1, 2, 3]
    edges = [one.low for one in classes_of(range(1, 5001))]
    assert edges == [1, 1000, 2000, 3000, 4000]
    assert classes_of([0, None]) == []
    assert [one.level for one in classes_of([7, 7, 7])] == [3]


@given(st.lists(st.integers(-500, 500), min_size=1, max_size=30))
def test_a_change_is_told_by_its_side_and_size(values: list[int]) -> None:
    classes = changes_of(values)
    for value in values:
        level = level_of(value, classes)
        assert (level > 0, level < 0) == (value > 0, value < 0)
    assert level_of(max(values, key=abs), classes) in (-2, -1, 0, 1, 2)


def test_a_cell_is_named_by_the_nearest_settlement() -> None:
    places = [Place(name="деревня Бор", lon=36.0, lat=55.0)]
    assert said_place((36.001, 55.001), places) == "деревня Бор"
    assert said_place((36.0, 55.1), places) == "деревня Бор, 11,1\u00a0км к\u00a0северу"
    assert "юго-западу" in said_place((35.9, 54.94), places)
    assert said_place((36.0, 55.0), []) == "55,000°, 36,000°"


@given(st.dates(date(2001, 1, 1), date(2100, 1, 1)))
def test_quarters_follow_one_another_and_are_settled(today: date) -> None:
    found = quarters_before(today)
    assert found[0].until < today - timedelta(days=SETTLING_DAYS)
    for later, earlier in pairwise(found):
        assert earlier.until == later.since - timedelta(days=1)
        assert earlier.since.day == 1
        assert earlier.since.month in (1, 4, 7, 10)


@given(st.integers(0, 10_000))
def test_masked_numbers_never_tell_a_small_one(count: int) -> None:
    assert masked(count) % FEWEST_SHOWN == 0
    assert 0 <= count - masked(count) < FEWEST_SHOWN


def test_a_year_is_the_sum_of_what_was_let_out() -> None:
    cell = PublicCell(place="Бор", topic="Ямы", count=5, lat=55.1, lon=36.1)
    other = PublicCell(place="Бор", topic="Снег", count=15, lat=55.1, lon=36.1)
    assert [(one.topic, one.count) for one in summed([cell, other, cell])] == [
        ("Снег", 15),
        ("Ямы", 10),
    ]


def test_nobody_knows_how_many_live_there() -> None:
    assert per_thousand(5, None) is None
    assert per_thousand(5, 0) is None
    assert per_thousand(3, 1500) == 2.0
