"""Small numbers hidden so that no hidden one can be derived from the rest of the table.

A published table is numbers and sums over its rows and columns. Draw rows and columns (the totals
among them) as points and hidden numbers as lines between them: a hidden number can be derived
exactly when its line is a bridge, in no closed way of hidden numbers (D. Gusfield, «A graph
theoretic approach to statistical data security», 1988). On a closed way of positive numbers one
may add 1 and take 1 in turn: all sums stay, every number on it changes. So for every small number
a cheapest closed way of positive numbers is hidden with it. Zeros are shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappop, heappush

Place = tuple[int, int]
"""Row and column; the number of rows for the row of totals, the last column for theirs."""

_DEAR = 10**6
"""Totals are hidden only where nothing else helps."""


def suppressed(
    rows: Sequence[Sequence[int]], bottom: Sequence[int], least: int
) -> frozenset[Place]:
    """Places to hide: every number from 1 to `least` − 1 and those it could be derived from.

    `rows` end with their totals when there is more than one column; `bottom` are the totals of
    the columns. With one column there are no sums across.
    """
    table = [list(row) for row in (*rows, bottom)]
    if not table[0]:
        return frozenset()
    small = {
        (row, column)
        for row, line in enumerate(table)
        for column, value in enumerate(line)
        if 0 < value < least
    }
    if len(table[0]) == 1:
        return frozenset(_in_one_column(table, small))
    return frozenset(_closed(table, small))


def _in_one_column(table: list[list[int]], small: set[Place]) -> set[Place]:
    """One sum over all: a single hidden number is what is missing from it."""
    if len(small) != 1:
        return small
    last = len(table) - 1
    others = [
        (value + (_DEAR if row == last else 0), row)
        for row, (value,) in enumerate(table)
        if value > 0 and (row, 0) not in small
    ]
    return small | ({(min(others)[1], 0)} if others else set())


def _closed(table: list[list[int]], small: set[Place]) -> set[Place]:
    hidden = set(small)
    for place in sorted(small, key=lambda one: (table[one[0]][one[1]], one)):
        way = _way(table, hidden, place)
        hidden |= way
    return hidden


def _way(table: list[list[int]], hidden: set[Place], place: Place) -> set[Place]:
    """The cheapest way from the column of a number back to its row, past the number itself.

    Points are rows (n, 0) and columns (n, 1); what is hidden already costs nothing.
    """
    start, goal = (place[1], 1), (place[0], 0)
    queue: list[tuple[int, tuple[int, int], tuple[int, int] | None]] = [(0, start, None)]
    came: dict[tuple[int, int], tuple[int, int] | None] = {}
    while queue:
        cost, point, before = heappop(queue)
        if point in came:
            continue
        came[point] = before
        if point == goal:
            break
        for cell, following in _steps(table, point):
            if cell != place and following not in came:
                heappush(queue, (cost + _cost(table, hidden, cell), following, point))
    return _walked(came, goal)


def _steps(table: list[list[int]], point: tuple[int, int]) -> list[tuple[Place, tuple[int, int]]]:
    number, is_column = point
    if is_column:
        return [((row, number), (row, 0)) for row, line in enumerate(table) if line[number] > 0]
    return [
        ((number, column), (column, 1)) for column, value in enumerate(table[number]) if value > 0
    ]


def _cost(table: list[list[int]], hidden: set[Place], cell: Place) -> int:
    if cell in hidden:
        return 0
    row, column = cell
    total = row == len(table) - 1 or column == len(table[0]) - 1
    return table[row][column] + (_DEAR if total else 0)


def _walked(
    came: dict[tuple[int, int], tuple[int, int] | None], goal: tuple[int, int]
) -> set[Place]:
    found: set[Place] = set()
    point: tuple[int, int] | None = goal
    while point is not None and (before := came.get(point)) is not None:
        row, column = (point[0], before[0]) if not point[1] else (before[0], point[0])
        found.add((row, column))
        point = before
    return found
