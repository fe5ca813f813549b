"""The report of growth: what grew, why, what is usual. Pure shapes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.insight.cuts.rules import Key, Span
from otklik.insight.cuts.vocabulary import Dimension
from otklik.insight.growth.rules.seasons import Season
from otklik.insight.growth.vocabulary import Compare

ENOUGH = 20
"""With fewer cases to compare with, no causes are sought."""


@dataclass(frozen=True)
class Mark:
    """One condition of a cause: a topic, a place, a body or a channel."""

    dimension: Dimension
    key: Key
    label: str


@dataclass(frozen=True, kw_only=True)
class Factor:
    """A cause of growth: its marks, its counts, its part of the growth.

    `also` are marks that nearly all of its cases bear; `expected` is what its own past and the
    growth of the rest would have brought; `chance` is corrected for everything that was tested.
    `problem` is the id and the number of a known mass problem of this topic and place.
    """

    marks: Sequence[Mark]
    also: Sequence[Mark]
    now: int
    then: int
    expected: float
    chance: float
    rows: AppealFilter
    rows_then: AppealFilter
    problem: tuple[int, str] | None = None

    @property
    def difference(self) -> int:
        return self.now - self.then

    @property
    def extra(self) -> float:
        return self.now - self.expected


@dataclass(frozen=True)
class SpikeSeen:
    """A topic in a settlement that stood out on a day (as the room of problems noticed it)."""

    day: date
    topic: str
    settlement: str
    count: int
    usual: float
    rows: AppealFilter


@dataclass(frozen=True, kw_only=True)
class GrowthReport:
    since: date
    until: date
    compare: Compare
    rival: Span
    now: int
    then: int
    factors: Sequence[Factor]
    tested: int
    season: Season
    spikes: Sequence[SpikeSeen] = field(default_factory=tuple)
    year_ago: tuple[int, int] | None = None
    wanted: AppealFilter = field(default_factory=AppealFilter)

    @property
    def difference(self) -> int:
        return self.now - self.then

    @property
    def enough(self) -> bool:
        return self.then >= ENOUGH

    def part_of(self, factor: Factor) -> float | None:
        """The share of the growth that the factor's own growth makes; None when nothing grew."""
        return factor.difference / self.difference if self.difference > 0 else None
