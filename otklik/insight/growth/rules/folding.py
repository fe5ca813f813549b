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

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

KINDS: tuple[tuple[int, ...], ...] = tuple(
    kind for size in (1, 2, 3) for kind in combinations(range(4), size)
)
"""Which of the four dimensions a candidate fixes, the plainest first."""

LEAST = 5
"""A candidate with fewer cases in every block is not looked at."""
DENSE = 20_000_000
"""Codes of a kind up to this number are counted in one dense array."""


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


def fold(cells: Cells, kind: tuple[int, ...], fresh: int) -> Folded:
    """All candidates of a kind with at least `LEAST` cases in one of the first `fresh` blocks."""
    known = (cells.codes[:, list(kind)] >= 0).all(axis=1)
    codes, blocks, counts = cells.codes[known], cells.blocks[known], cells.counts[known]
    sizes = [int(codes[:, one].max(initial=0)) + 1 for one in kind]
    keys = np.zeros(len(codes), dtype=np.int64)
    for one, size in zip(kind, sizes, strict=True):
        keys = keys * size + codes[:, one]
    chosen, place = _frequent(keys, counts, int(np.prod(sizes)))
    held = place >= 0
    flat = place[held] * cells.width + blocks[held]
    table = np.bincount(flat, weights=counts[held], minlength=len(chosen) * cells.width)
    table = table.reshape(len(chosen), cells.width)
    loud = (table[:, :fresh] >= LEAST).any(axis=1) if len(chosen) else np.zeros(0, dtype=bool)
    return Folded(kind, _values(chosen[loud], sizes), table[loud].astype(np.float64))


def _frequent(keys: Ints, counts: Ints, span: int) -> tuple[Ints, Ints]:
    """Keys with enough cases altogether, and the place of every row among them or -1."""
    if span > DENSE:
        unique, keys = np.unique(keys, return_inverse=True)
    else:
        unique = np.arange(span)
    sums = np.bincount(keys, weights=counts, minlength=len(unique))
    frequent = np.flatnonzero(sums >= LEAST)
    places = np.full(len(unique), -1, dtype=np.int64)
    places[frequent] = np.arange(len(frequent))
    return unique[frequent], places[keys] if len(keys) else keys


def _values(keys: Ints, sizes: list[int]) -> Ints:
    columns = []
    for size in reversed(sizes):
        columns.append(keys % size)
        keys = keys // size
    return np.stack(columns[::-1], axis=1) if columns else np.zeros((0, 0), dtype=np.int64)
