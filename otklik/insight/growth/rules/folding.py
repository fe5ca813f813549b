"""Counts of cells by block of days, folded into candidates for a cause. Pure.

A cell is one combination of topic, place, body and channel; a candidate is a value of one of them,
of two or of three together.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.signedinteger[Any]]
SMALL = np.int32
"""Of numbers that there is one of a case."""
Floats = NDArray[np.float64]

KINDS: tuple[tuple[int, ...], ...] = tuple(
    kind for size in (1, 2, 3) for kind in combinations(range(4), size)
)
"""Which of the four dimensions a candidate fixes, the plainest first."""

LEAST = 5
"""A candidate with fewer cases in every block is not looked at."""
DENSE = 24
"""Codes of a kind up to so many a row are counted in one dense array."""


@dataclass(frozen=True)
class Cells:
    """`codes` (n, 4) numbers of values from 0, -1 for «not set»; `blocks`, `counts` (n,)."""

    codes: Ints
    blocks: Ints
    counts: Ints
    width: int

    def totals(self) -> Floats:
        counted = np.bincount(self.blocks, weights=self.counts, minlength=self.width)
        return np.asarray(counted[: self.width], dtype=np.float64)

    def without(self, kind: tuple[int, ...], values: Ints) -> Cells:
        """The cells outside one candidate."""
        kept = ~self.inside(kind, values)
        return Cells(self.codes[kept], self.blocks[kept], self.counts[kept], self.width)

    def within(self, kind: tuple[int, ...], values: Ints) -> Cells:
        kept = self.inside(kind, values)
        return Cells(self.codes[kept], self.blocks[kept], self.counts[kept], self.width)

    def inside(self, kind: tuple[int, ...], values: Ints) -> Any:
        return (self.codes[:, list(kind)] == np.asarray(values)).all(axis=1)


@dataclass(frozen=True)
class Folded:
    """Candidates of one kind: `values` (c, size), `table` (c, width) of counts."""

    kind: tuple[int, ...]
    values: Ints
    table: Floats


@dataclass(frozen=True)
class _Held:
    """Rows of frequent candidates of a kind, the candidate of each by number, their values."""

    rows: Ints
    places: Ints
    values: Ints


class Folds:
    """Candidates of all kinds with at least `LEAST` cases in one of the first `fresh` blocks.

    A kind is refined out of the one it begins with: what is rare there has nothing frequent in it.
    """

    def __init__(self, cells: Cells, fresh: int) -> None:
        self._columns = [np.ascontiguousarray(column) for column in cells.codes.T]
        self._blocks, self._counts = cells.blocks, cells.counts.astype(np.float64)
        self._width, self._fresh = cells.width, fresh
        whole = np.arange(len(cells.counts), dtype=SMALL)
        nothing = _Held(whole, np.zeros_like(whole), np.zeros((1, 0), dtype=np.int64))
        self._held: dict[tuple[int, ...], _Held] = {(): nothing}

    def of(self, kind: tuple[int, ...]) -> Folded:
        held = self._of(kind)
        flat = held.places.astype(np.int64) * self._width + self._blocks[held.rows]
        size = len(held.values) * self._width
        sums = np.bincount(flat, weights=self._counts[held.rows], minlength=size)
        table = sums.reshape(len(held.values), self._width).astype(np.float64, copy=False)
        loud = (table[:, : self._fresh] >= LEAST).any(axis=1)
        return Folded(kind, held.values[loud], table[loud])

    def _of(self, kind: tuple[int, ...]) -> _Held:
        if kind not in self._held:
            self._held[kind] = self._refined(self._of(kind[:-1]), self._columns[kind[-1]])
        return self._held[kind]

    def _refined(self, held: _Held, column: Ints) -> _Held:
        rows, places = held.rows, held.places
        codes = column[rows]
        known = codes >= 0
        if not known.all():
            rows, places, codes = rows[known], places[known], codes[known]
        size = int(codes.max(initial=0)) + 1
        chosen, at = _frequent(
            places.astype(np.int64) * size + codes, self._counts[rows], len(held.values) * size
        )
        kept = at >= 0
        values = np.column_stack([held.values[chosen // size], chosen % size])
        return _Held(rows[kept], at[kept], values)


def fold(cells: Cells, kind: tuple[int, ...], fresh: int) -> Folded:
    """One kind of candidates by itself."""
    return Folds(cells, fresh).of(kind)


def _frequent(keys: Ints, counts: Floats, span: int) -> tuple[Ints, Ints]:
    """Keys with enough cases altogether, and the place of every row among them or -1."""
    if span > DENSE * len(keys):
        unique, keys = np.unique(keys, return_inverse=True)
        sums = np.bincount(keys, weights=counts, minlength=len(unique))
    else:
        unique, sums = None, np.bincount(keys, weights=counts, minlength=span)
    frequent = np.flatnonzero(sums >= LEAST)
    places = np.full(len(sums), -1, dtype=SMALL)
    places[frequent] = np.arange(len(frequent), dtype=SMALL)
    return frequent if unique is None else unique[frequent], places[keys]
