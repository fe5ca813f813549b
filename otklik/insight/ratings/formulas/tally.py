"""What a formula is given and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from otklik.insight.ratings.vocabulary import Confidence, PartName

HIGH, MIDDLE = 3.0, 7.0
"""Margins in points up to which a total is told as sure, and as fairly sure."""


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Counts of one subject for a period; a question is counted once.

    `closing` are questions answered or past their term, the only ones a body
    can be judged by. `term_used` is the sum over `timed` answered questions of
    the share of the term used, each share cut at 1. `checklist` is the sum
    over `checked` answers of the share of the formal checklist passed.
    `repeated` are counted among all `questions`, `fast` among the answered.
    `group` names the peers: places are told within them.
    """

    subject_id: int
    name: str
    group: str = ""
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
    repeated: int = 0
    fast: int = 0


LABELS = ("subject_id", "name", "group")
COUNTS = tuple(name for name in Tally.__dataclass_fields__ if name not in LABELS)


def together(tallies: Sequence[Tally], **labels: Any) -> Tally:
    """All counts added up, under these labels."""
    sums = {name: sum(getattr(one, name) for one in tallies) for name in COUNTS}
    return Tally(**{"subject_id": 0, "name": "", **labels}, **sums)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What a municipality may change in the formula, shown beside the rating.

    Weights are shares of the total and are scaled to add up to 1. Unnamed parts weigh as in the
    formula of 2026; later editions bring weights of their own.
    """

    quantity: float = 0.10
    speed: float = 0.35
    quality: float = 0.35
    completeness: float = 0.20
    satisfaction: float = 0.0
    repeated: float = 0.0
    fast_track: float = 0.0
    minimum: int = 5
    prior: int = 10

    @property
    def weights(self) -> Mapping[PartName, float]:
        return {part: float(getattr(self, part.value)) for part in PartName}

    @property
    def has_weight(self) -> bool:
        return sum(self.weights.values()) > 0

    def weight(self, part: PartName) -> float:
        return self.weights[part] / sum(self.weights.values())


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One number inside a part: what it is, «45 из 50», and the rows behind it.

    `rows` names the rows counted in `of`, `hits` those counted in `count`; empty where `count`
    is a sum of shares or marks and not a number of rows.
    """

    title: str
    value: float
    count: float
    of: int
    rows: str
    hits: str = ""


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
    """A subject in the rating; `place` is None when the sample is too small.

    `margin`: plus or minus how many points the total is known, None where the edition tells none.
    """

    subject_id: int
    name: str
    sample: int
    total: float
    parts: Sequence[Part]
    place: int | None = None
    group: str = ""
    margin: float | None = None

    @property
    def confidence(self) -> Confidence:
        if self.place is None:
            return Confidence.NONE
        if self.margin is None or self.margin > MIDDLE:
            return Confidence.LOW
        return Confidence.MIDDLE if self.margin > HIGH else Confidence.HIGH
