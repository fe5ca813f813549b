"""Whether a candidate has more cases in a block than its own past and the rest explain. Pure.

The expectation of a candidate is its share in the blocks before, applied to the rest of the block:
what grows with everything else is no cause. The count is weighed by the exact tail of the negative
binomial distribution: Poisson widened by the uncertainty of a short past and by the dispersion of
the candidate's own counts. The same weighing is done for every block of the past, as if it were
the current one, and a cause must be stronger than what came out there (`Scan.bar`). Strength joins
how unlikely a count is with how many cases are beyond expectation: a dozen where nobody ever wrote
is rarer than a hundred more where many write, but explains less.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc

from otklik.insight.growth.rules.folding import (
    KINDS,
    LEAST,
    Cells,
    Floats,
    Folded,
    Folds,
    Ints,
)

ALPHA = 0.01
"""Chance of one false cause among all that were tested (Bonferroni over kinds and candidates)."""
MARGIN = 1.15
"""A cause is this much stronger than the strongest of what chance made in the past."""
CALM = 4.0
"""Weight of the common dispersion beside a candidate's own."""
CLEAR = -float(np.log(ALPHA))
MATERIAL, MANY = 0.06, 10
"""A cause that adds this part of all cases, and so many, is told whatever the past has seen: one
story a month must not hide the next."""
HALF = 0.5
_TINY = 1e-300


@dataclass(frozen=True)
class Plan:
    """Which blocks are weighed against which.

    `bases[t]` are the blocks that make the expectation of block `t`; `fresh` is the number of
    blocks weighed (the current one, 0, and those of the past); `rivals[t]` is the block that `t`
    is compared with in the sentence. `season[t]`: a block a year before `t`, its bases likewise;
    for the blocks beyond its length the season is not known and not used.
    """

    fresh: int
    bases: tuple[tuple[int, ...], ...]
    rivals: tuple[int, ...]
    season: tuple[tuple[int, tuple[int, ...]], ...] = ()


@dataclass(frozen=True)
class Weighed:
    """One kind: `score` (c, fresh) is -ln of the corrected chance; `expected` the same shape."""

    folded: Folded
    score: Floats
    expected: Floats
    tested: int

    def told(self, bar: float, whole: float) -> NDArray[np.bool_]:
        """Which candidates of the current block are causes: strong ones, and material ones."""
        if not len(self.score):
            return np.zeros(0, dtype=bool)
        extra = self.folded.table[:, 0] - self.expected[:, 0]
        material = (extra >= max(MATERIAL * whole, MANY)) & (self.score[:, 0] > 2 * CLEAR)
        return np.asarray((self.strength[:, 0] > bar) | material)

    @property
    def strength(self) -> Floats:
        extra = self.folded.table[:, : self.score.shape[1]] - self.expected
        clear = np.where(self.score > CLEAR, self.score, 0.0)
        return np.asarray(np.sqrt(clear * np.maximum(extra, 0.0)))


@dataclass(frozen=True)
class Scan:
    """`bar` is the strength a cause must exceed; `whole` all cases of the current block."""

    kinds: Sequence[Weighed]
    bar: float
    tested: int
    whole: float = 0.0


def scan(cells: Cells, plan: Plan) -> Scan:
    """Weigh every candidate in every block of the plan."""
    totals = cells.totals()
    seasons = _seasons(cells, plan)
    varied = {one for one in range(4) if _varies(cells.codes[:, one])}
    folds = Folds(cells, plan.fresh)
    kinds = [
        _weigh(folds.of(kind), totals, plan, seasons) for kind in KINDS if varied.issuperset(kind)
    ]
    past = np.zeros(max(plan.fresh - 1, 0))
    for one in kinds:
        if len(one.score):
            past = np.maximum(past, one.strength[:, 1:].max(axis=0))
    return Scan(kinds, _bar(past), sum(one.tested for one in kinds), float(totals[0]))


def _varies(codes: Ints) -> bool:
    """A value that all cases bear explains nothing."""
    return bool(len(codes) and codes.min() != codes.max())


def _bar(past: Floats) -> float:
    """The strength of the past but for its one strongest block.

    One real event in the past must not hide the next one; with a short past nothing is left out.
    """
    if len(past) == 0:
        return 0.0
    ordered = np.sort(past)[::-1]
    return MARGIN * float(ordered[1] if len(ordered) >= 12 else ordered[0])


def _weigh(
    folded: Folded, totals: Floats, plan: Plan, seasons: Sequence[dict[int, Floats]]
) -> Weighed:
    table = folded.table
    shape = (len(table), plan.fresh)
    expected, past = np.zeros(shape), np.zeros(shape)
    for t in range(plan.fresh):
        bases = list(plan.bases[t])
        past[:, t] = table[:, bases].sum(axis=1) + HALF
        rest = np.maximum(totals[bases].sum() - past[:, t] + 1.0, 1.0)
        left = np.maximum(totals[t] - table[:, t], 1.0)
        expected[:, t] = past[:, t] / rest * left * _season_of(folded, t, seasons)
        # The rest is a sample as well: of few cases it tells little.
        past[:, t] = 1.0 / (1.0 / past[:, t] + 1.0 / rest + 1.0 / left)
    now = table[:, : plan.fresh]
    spread = 1.0 / past + _dispersion(now, expected, past)
    rivals = list(plan.rivals)
    many = np.log(np.maximum((now >= LEAST).sum(axis=0), 1) * len(KINDS))
    score = np.zeros(shape)
    # The tails are dear, and most candidates did not rise.
    at = np.nonzero((now >= LEAST) & (now > expected) & (now > table[:, rivals]))
    risen = _risen(now[at], table[:, rivals][at], totals[at[1]], totals[rivals][at[1]])
    at = (at[0][risen], at[1][risen])
    chance = _tail(now[at], expected[at], 1.0 / spread[at])
    score[at] = -np.log(np.maximum(chance, _TINY)) - many[at[1]]
    return Weighed(folded, score, expected, int((now[:, 0] >= LEAST).sum()))


def _dispersion(now: Floats, expected: Floats, past: Floats) -> Floats:
    """Extra variance in squares of the expectation, from all weighed blocks but the one judged."""
    if not len(now):
        return np.zeros_like(now)
    extra = (now - expected) ** 2 - expected - expected**2 / past
    weight = expected**2
    common = max(float(extra.sum() / max(weight.sum(), 1e-9)), 0.0)
    own = extra.sum(axis=1, keepdims=True) - extra + CALM * common
    base = weight.sum(axis=1, keepdims=True) - weight + CALM
    return np.asarray(np.maximum(own / base, 0.0))


def _tail(count: Floats, mean: Floats, size: Floats) -> Floats:
    """P(X ≥ count) of the negative binomial with this mean and variance mean + mean²/size."""
    return np.asarray(betainc(np.maximum(count, HALF), size, mean / (mean + size)))


def _risen(now: Floats, then: Floats, totals: Floats, rival_totals: Floats) -> NDArray[np.bool_]:
    """The exact conditional test of two counts: of both together, so many fell to the later.

    Said of candidates that rose: the count and its rival's, the totals of their blocks."""
    rest_now = np.maximum(totals - now, 1.0)
    rest_then = np.maximum(rival_totals - then, 1.0)
    part = rest_now / (rest_now + rest_then)
    chance = betainc(np.maximum(now, HALF), then + 1.0, part)
    return np.asarray(chance < 0.05)


def _seasons(cells: Cells, plan: Plan) -> list[dict[int, Floats]]:
    """For each weighed block and dimension, how the share of every value moved a year before."""
    if not plan.season:
        return []
    totals = cells.totals()
    tables = []
    for one in range(4):
        known = cells.codes[:, one] >= 0
        size = int(cells.codes[:, one].max(initial=0)) + 1
        flat = cells.codes[known, one] * cells.width + cells.blocks[known]
        table = np.bincount(flat, weights=cells.counts[known], minlength=size * cells.width)
        tables.append(table.reshape(size, cells.width).astype(np.float64))
    return [
        {one: _factor(tables[one], totals, block, bases) for one in range(4)}
        for block, bases in plan.season
    ]


def _factor(table: Floats, totals: Floats, block: int, bases: tuple[int, ...]) -> Floats:
    before = table[:, list(bases)].sum(axis=1)
    whole = totals[list(bases)].sum()
    if not whole or not totals[block]:
        return np.ones(len(table))
    usual = before * totals[block] / whole
    return np.asarray((table[:, block] + 10.0) / (usual + 10.0))


def _season_of(folded: Folded, t: int, seasons: Sequence[dict[int, Floats]]) -> Floats | float:
    """The season of a candidate: the strongest one among what it fixes; never lowers below 0.5."""
    if t >= len(seasons):
        return 1.0
    parts = [seasons[t][one][folded.values[:, n]] for n, one in enumerate(folded.kind)]
    return np.asarray(np.clip(np.max(parts, axis=0), 0.5, 3.0))
