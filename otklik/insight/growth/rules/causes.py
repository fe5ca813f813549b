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
BODY = 2
PLAINER = 0.85
"""A cause is told without its body when its score remains at least this part."""


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
    """Causes, that of the most cases beyond expectation first, and how many candidates were tested.

    After each cause its cases are taken away, so that what merely contains it or is contained in
    it is not told again; the bar stays that of the whole.
    """
    first = scan(cells, plan)
    found: list[Cause] = []
    rest, seen = cells, first
    while len(found) < most:
        best = _best(seen, first)
        if best is None:
            break
        cause = _cause(rest, plan, _widest(seen, best))
        found.append(cause)
        kind = tuple(cause.fixed)
        rest = rest.without(kind, np.array([cause.fixed[one] for one in kind]))
        if len(found) < most:
            seen = scan(rest, plan)
    return sorted(found, key=lambda cause: -cause.extra), first.tested


Best = tuple[float, tuple[int, ...], Ints, float]


def _best(seen: Scan, first: Scan) -> Best | None:
    """The clearest of those that count as causes by the measure of the whole."""
    found: Best | None = None
    for one in seen.kinds:
        if not len(one.score):
            continue
        scores = np.where(one.told(first.bar, first.whole), one.score[:, 0], 0.0)
        row = int(scores.argmax())
        score = float(scores[row])
        if score > 0 and (found is None or score > found[0]):
            values = one.folded.values[row]
            found = (score, one.folded.kind, values, float(one.expected[row, 0]))
    return found


def _widest(seen: Scan, best: Best) -> Best:
    """The same without the body, when that explains as much and nearly as clearly: a topic mostly
    has a body of its own, which is then named as a further mark."""
    score, kind, values, expected = best
    plain = tuple(fixed for fixed in kind if fixed != BODY)
    wide = next((one for one in seen.kinds if one.folded.kind == plain), None)
    if BODY not in kind or wide is None or not len(wide.score):
        return best
    asked = np.array([values[kind.index(fixed)] for fixed in plain])
    row = int((wide.folded.values == asked).all(axis=1).argmax())
    own = next(one for one in seen.kinds if one.folded.kind == kind)
    same = int((own.folded.values == values).all(axis=1).argmax())
    found, its = float(wide.score[row, 0]), float(wide.expected[row, 0])
    covers = wide.folded.table[row, 0] - its >= own.folded.table[same, 0] - expected
    return (found, plain, asked, its) if covers and found > PLAINER * score else best


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
