"""What a snapshot keeps of every counted question: enough to count it again without the case."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from otklik.insight.ratings.formulas.tally import Tally
from otklik.insight.ratings.vocabulary import RowSet

CLOSING, ANSWERED, IN_TIME, TIMED, SCORED = 1, 2, 4, 8, 16
RETURNED, REOPENED, CHECKED, REPEATED, FAST = 32, 64, 128, 256, 512
SCORE = 1024
"""The mark of a question: flags added up, and its score times this."""

_SETS: Mapping[RowSet, tuple[int, int]] = {
    RowSet.ALL: (0, 0),
    RowSet.CLOSING: (CLOSING, 0),
    RowSet.ANSWERED: (ANSWERED, 0),
    RowSet.UNANSWERED: (CLOSING, ANSWERED),
    RowSet.IN_TIME: (IN_TIME, 0),
    RowSet.LATE: (CLOSING, IN_TIME),
    RowSet.TIMED: (TIMED, 0),
    RowSet.RETURNED: (RETURNED, 0),
    RowSet.NOT_RETURNED: (ANSWERED, RETURNED),
    RowSet.REOPENED: (REOPENED, 0),
    RowSet.NOT_REOPENED: (ANSWERED, REOPENED),
    RowSet.CHECKED: (CHECKED, 0),
    RowSet.SCORED: (SCORED, 0),
    RowSet.REPEATED: (REPEATED, 0),
    RowSet.NOT_REPEATED: (0, REPEATED),
    RowSet.FAST: (FAST, 0),
}
"""The flags a question of the set has, and those it has not."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One question as it was counted. `used` and `passed` are shares; None where not measured."""

    question_id: int
    appeal_id: int
    mark: int
    used: float | None = None
    passed: float | None = None

    @property
    def score(self) -> int:
        return self.mark // SCORE

    def stands_in(self, rows: str) -> bool:
        """Whether the question is among the rows behind a figure."""
        has, has_not = _SETS[RowSet(rows)]
        return self.mark & has == has and not self.mark & has_not


def packed(counted: Sequence[Counted]) -> dict[str, list[Any]]:
    """Five columns of equal length, in the order given."""
    return {
        "question_ids": [one.question_id for one in counted],
        "appeal_ids": [one.appeal_id for one in counted],
        "marks": [one.mark for one in counted],
        "used": [one.used for one in counted],
        "passed": [one.passed for one in counted],
    }


def unpacked(columns: Mapping[str, Any]) -> list[Counted]:
    names = ("question_ids", "appeal_ids", "marks", "used", "passed")
    return [Counted(*row) for row in zip(*(columns[name] for name in names), strict=True)]


def without(counted: Iterable[Counted], excluded: Collection[int]) -> list[Counted]:
    return [one for one in counted if one.question_id not in excluded]


def tally_of(counted: Sequence[Counted], *, subject_id: int, name: str, group: str = "") -> Tally:
    """The counts of these questions, each once."""

    def having(flag: int) -> int:
        return sum(1 for one in counted if one.mark & flag)

    return Tally(
        subject_id=subject_id,
        name=name,
        group=group,
        questions=len(counted),
        closing=having(CLOSING),
        answered=having(ANSWERED),
        in_time=having(IN_TIME),
        timed=having(TIMED),
        term_used=sum(one.used or 0.0 for one in counted if one.mark & TIMED),
        scored=having(SCORED),
        score_sum=sum(one.score for one in counted if one.mark & SCORED),
        returned=having(RETURNED),
        reopened=having(REOPENED),
        checked=having(CHECKED),
        checklist=sum(one.passed or 0.0 for one in counted if one.mark & CHECKED),
        repeated=having(REPEATED),
        fast=having(FAST),
    )
