"""A planted cause is found among chance; chance alone keeps silent."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.insight.growth.rules.blocks import Blocks, blocks_of, plan_of, year_before
from otklik.insight.growth.rules.causes import Cause, causes
from otklik.insight.growth.rules.folding import KINDS, Cells, fold
from otklik.insight.growth.rules.scanning import Plan
from otklik.insight.growth.tests.simulation import Town, town
from otklik.insight.growth.vocabulary import Compare

TOWNS = 100
WEEK = (date(2026, 11, 9), date(2026, 11, 15))


def _planned() -> tuple[Blocks, Plan, int, int]:
    """The blocks and the plan a real week gets, and how many weeks to simulate for them."""
    blocks = blocks_of(*WEEK, Compare.PREVIOUS)
    plan = plan_of(blocks, [100.0] * len(blocks.spans))
    assert plan is not None
    row = blocks.bases + blocks.past + 1
    return blocks, plan, row, len(blocks.spans) - row


def _found(seed: int, *, planted: bool) -> tuple[Town, list[Cause]]:
    _, plan, row, yearly = _planned()
    made = town(seed, blocks=row, yearly=yearly, planted=planted)
    return made, causes(made.cells, plan)[0]


def _is(cause: Cause, planted: dict[int, int]) -> bool:
    """The cause bears every mark that was planted, and no other value of them."""
    marks = {**cause.also, **cause.fixed}
    return all(marks.get(one) == value for one, value in planted.items())


@pytest.mark.clause("pereslavl:2.5.3", "pereslavl:2.5.7")
def test_the_planted_cause_comes_first_in_95_towns_of_100() -> None:
    hits = 0
    for seed in range(TOWNS):
        made, found = _found(seed, planted=True)
        hits += bool(found) and _is(found[0], made.planted)
    assert hits >= 95


def test_without_a_cause_90_towns_of_100_are_silent() -> None:
    silent = sum(not _found(10_000 + seed, planted=False)[1] for seed in range(TOWNS))
    assert silent >= 90


def test_a_nested_cause_is_told_once() -> None:
    for seed in range(8):
        made, found = _found(20_000 + seed, planted=True)
        topics = [cause for cause in found if _is(cause, made.planted)]
        assert len(topics) <= 1


def test_growth_of_everything_alike_is_no_cause() -> None:
    _, plan, row, yearly = _planned()
    made = town(7, blocks=row, yearly=yearly, planted=False).cells
    double = Cells(
        made.codes, made.blocks, made.counts * np.where(made.blocks == 0, 2, 1), made.width
    )
    assert causes(double, plan)[0] == causes(made, plan)[0] == []


@given(
    st.lists(
        st.tuples(*[st.integers(-1, 4)] * 4, st.integers(0, 3), st.integers(1, 9)), max_size=60
    )
)
def test_folding_counts_what_a_slow_count_counts(rows: list[tuple[int, ...]]) -> None:
    packed = np.array(rows, dtype=np.int64).reshape(-1, 6)
    cells = Cells(packed[:, :4], packed[:, 4], packed[:, 5], 4)
    for kind in KINDS:
        folded = fold(cells, kind, 4)
        slow: dict[tuple[int, ...], list[int]] = {}
        for row in rows:
            values = tuple(row[one] for one in kind)
            if min(values) >= 0:
                slow.setdefault(values, [0] * 4)[row[4]] += row[5]
        loud = {values: counts for values, counts in slow.items() if max(counts) >= 5}
        given_back = zip(folded.values.tolist(), folded.table.tolist(), strict=True)
        assert {tuple(values): counts for values, counts in given_back} == loud


def test_a_week_stands_beside_weeks_and_a_month_beside_months() -> None:
    week = blocks_of(*WEEK, Compare.PREVIOUS)
    assert week.rival == (date(2026, 11, 2), date(2026, 11, 8))
    assert week.spans[week.yearly[0]] == (date(2025, 11, 10), date(2025, 11, 16))
    days = blocks_of(date(2026, 11, 14), date(2026, 11, 15), Compare.PREVIOUS)
    assert days.rival == (date(2026, 11, 7), date(2026, 11, 8))
    month = blocks_of(date(2026, 3, 1), date(2026, 3, 31), Compare.PREVIOUS)
    assert month.rival == (date(2026, 2, 1), date(2026, 2, 28))
    assert month.spans[month.yearly[0]] == (date(2025, 3, 1), date(2025, 3, 31))
    year = blocks_of(date(2026, 3, 1), date(2026, 3, 31), Compare.LAST_YEAR)
    assert year.rival == (date(2025, 3, 1), date(2025, 3, 31))
    assert year_before((date(2028, 2, 1), date(2028, 2, 29))) == (
        date(2027, 2, 1),
        date(2027, 2, 28),
    )


def test_without_anything_before_there_is_no_plan() -> None:
    blocks = blocks_of(*WEEK, Compare.PREVIOUS)
    nothing = [50.0, *[0.0] * (len(blocks.spans) - 1)]
    assert plan_of(blocks, nothing) is None
    young = [50.0, 40.0, 40.0, 40.0, 40.0, *[0.0] * (len(blocks.spans) - 5)]
    plan = plan_of(blocks, young)
    assert plan is not None
    # The oldest of the four may be cut off by the beginning of the records.
    assert plan.bases == ((1, 2, 3),)
