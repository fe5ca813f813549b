"""The few causes that explain a rise, each told once. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from otklik.insight.growth.rules.folding import Cells, Ints
from otklik.insight.growth.rules.scanning import Plan, Scan, scan

MOST = 5
"""So many causes are told; beyond them a list explains nothing."""
NEARLY_ALL = 0.85
"""A value with this share of a cause's cases is named as its further mark."""


@dataclass(frozen=True)
class Cause:
    """`fixed` maps a dimension to the number of its value; `also` likewise, for nearly all cases.

    Counts are those of the current block and of its rival; `expected` by the past and the rest.
    `chance` is corrected for all that was tested.
    """

    fixed: dict[int, int]
    also: dict[int, int]
    now: int
    then: int
    expected: float
    chance: float

    @property
    def extra(self) -> float:
        return self.now - self.expected


def causes(cells: Cells, plan: Plan, most: int = MOST) -> tuple[list[Cause], int]:
    """Causes, the clearest first, and how many candidates were tested.

    After each cause its cases are taken away, so that what merely contains it or is contained in
    it is not told again; the bar stays that of the whole.
    """
    first = scan(cells, plan)
    found: list[Cause] = []
    rest, seen = cells, first
    while len(found) < most:
        best = _best(seen)
        if best is None or best[0] <= first.bar:
            break
        cause = _cause(rest, plan, best)
        found.append(cause)
        kind = tuple(cause.fixed)
        rest = rest.without(kind, np.array([cause.fixed[one] for one in kind]))
        if len(found) < most:
            seen = scan(rest, plan)
    return found, first.tested


Best = tuple[float, tuple[int, ...], Ints, float]


def _best(seen: Scan) -> Best | None:
    found: Best | None = None
    for one in seen.kinds:
        if not len(one.score):
            continue
        row = int(one.score[:, 0].argmax())
        score = float(one.score[row, 0])
        if score > 0 and (found is None or score > found[0]):
            values = one.folded.values[row]
            found = (score, one.folded.kind, values, float(one.expected[row, 0]))
    return found


def _cause(cells: Cells, plan: Plan, best: Best) -> Cause:
    score, kind, values, expected = best
    own = cells.within(kind, values)
    totals = own.totals()
    return Cause(
        fixed={one: int(value) for one, value in zip(kind, values, strict=True)},
        also=dict(_also(own, kind)),
        now=int(totals[0]),
        then=int(totals[plan.rivals[0]]),
        expected=expected,
        chance=float(np.exp(-score)),
    )


def _also(own: Cells, kind: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Other dimensions in which nearly all cases of now bear one value."""
    fresh = own.blocks == 0
    whole = own.counts[fresh].sum()
    for one in range(4):
        if one in kind:
            continue
        codes = own.codes[fresh, one]
        known = codes >= 0
        sums = np.bincount(codes[known], weights=own.counts[fresh][known])
        if len(sums) and sums.max() >= NEARLY_ALL * whole:
            yield one, int(sums.argmax())
