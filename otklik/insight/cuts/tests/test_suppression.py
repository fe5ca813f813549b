"""Nobody derives a hidden number: an attacker with linear programming tries."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from otklik.insight.cuts.rules.suppression import suppressed

LEAST = 5
VALUES = st.one_of(st.integers(0, 7), st.integers(0, 60))
TABLES = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(VALUES, min_size=width, max_size=width), min_size=1, max_size=6)
)


def closed(table: list[list[int]]) -> tuple[list[list[int]], list[int]]:
    """The table with its totals: of rows only when there is more than one column."""
    rows = [[*row, sum(row)] if len(row) > 1 else row for row in table]
    return rows, [sum(column) for column in zip(*rows, strict=True)]


def bounds(
    table: list[list[int]], hidden: frozenset[tuple[int, int]]
) -> dict[tuple[int, int], tuple[float, float]]:
    """Between what every hidden number must lie, for one who knows all the others and the sums."""
    places = sorted(hidden)
    sums, results = [], []
    height, width = len(table) - 1, len(table[0])
    lines = [[(row, c) for row in range(height + 1)] for c in range(width)]
    if width > 1:
        lines += [[(r, column) for column in range(width)] for r in range(height + 1)]
    for line in lines:
        signs = dict.fromkeys(line[:-1], 1) | {line[-1]: -1}
        sums.append([signs.get(place, 0) for place in places])
        results.append(-sum(s * table[r][c] for (r, c), s in signs.items() if (r, c) not in hidden))
    found = {}
    for place in places:
        edges = []
        for sign in (1, -1):
            goal = [sign if one == place else 0 for one in places]
            answer = linprog(goal, A_eq=sums, b_eq=results, bounds=(0, None))
            edges.append(sign * answer.fun if answer.status == 0 else float("inf"))
        found[place] = (edges[0], edges[1])
    return found


@settings(deadline=None, max_examples=60)
@given(TABLES)
def test_no_small_number_is_shown_or_derived(table: list[list[int]]) -> None:
    rows, bottom = closed(table)
    hidden = suppressed(rows, bottom, LEAST)
    whole = [*rows, bottom]
    for row, column in product(range(len(whole)), range(len(bottom))):
        if 0 < whole[row][column] < LEAST:
            assert (row, column) in hidden
    if len(bottom) == 1 and sum(value > 0 for (value,) in whole) < 2:
        return
    for low, high in bounds(whole, hidden).values():
        assert high - low > 0.5


def test_nothing_is_hidden_without_need() -> None:
    rows, bottom = closed([[10, 20], [30, 40]])
    assert suppressed(rows, bottom, LEAST) == frozenset()
    assert suppressed([], [0], LEAST) == frozenset()


def test_the_cheapest_numbers_are_hidden_with_a_small_one() -> None:
    rows, bottom = closed([[3, 20, 90], [8, 10, 70], [50, 60, 80]])
    assert suppressed(rows, bottom, LEAST) == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_a_single_small_number_of_a_column_takes_another_with_it() -> None:
    assert suppressed([[3], [40], [7]], [50], LEAST) == {(0, 0), (2, 0)}
