"""What a formula is given and what it gives back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from otklik.insight.ratings.vocabulary import PartName


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Counts of one body for a period; a question is counted once.

    `closing` are questions answered or past their term, the only ones a body
    can be judged by. `term_used` is the sum over `timed` answered questions of
    the share of the term used, each share cut at 1. `checklist` is the sum
    over `checked` answers of the share of the formal checklist passed.
    """

    body_id: int
    name: str
    questions: int = 0
    closing: int = 0
    answered: int = 0
    in_time: int = 0
    timed: int = 0
    term_used: float = 0.0
    scored: int = 0
    score_sum: int = 0
    returned: int = 0
    reopened: int = 0
    checked: int = 0
    checklist: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What a municipality may change in the formula, shown beside the rating.

    Weights are shares of the total and are scaled to add up to 1.
    """

    quantity: float = 0.10
    speed: float = 0.35
    quality: float = 0.35
    completeness: float = 0.20
    minimum: int = 5
    prior: int = 10

    @property
    def has_weight(self) -> bool:
        return self.quantity + self.speed + self.quality + self.completeness > 0

    def weight(self, part: PartName) -> float:
        total = self.quantity + self.speed + self.quality + self.completeness
        return float(getattr(self, part.value)) / total


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One number inside a part: what it is, «45 из 50», and the rows behind it."""

    title: str
    value: float
    count: float
    of: int
    rows: str


@dataclass(frozen=True, kw_only=True)
class Part:
    """One side of the rating, 0 to 100, and what it adds to the total."""

    name: PartName
    value: float
    weight: float
    figures: Sequence[Figure] = field(default_factory=tuple)
    text: str = ""

    @property
    def contribution(self) -> float:
        return self.value * self.weight


@dataclass(frozen=True, kw_only=True)
class Rated:
    """A body in the rating; `place` is None when the sample is too small."""

    body_id: int
    name: str
    sample: int
    total: float
    parts: Sequence[Part]
    place: int | None = None
