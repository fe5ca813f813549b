"""When a newly learned model takes the place of the one in force."""

from __future__ import annotations

from dataclasses import dataclass

HELD_EVERY = 5
"""Every fifth case decided by a person is never learned from: models are compared on them."""
LEAST_TO_COMPARE = 20
_SLACK = 0.02


@dataclass(frozen=True, slots=True)
class Score:
    """Decisions of people held back from learning, and how many of them a model foresaw."""

    asked: int = 0
    right: int = 0

    @property
    def share(self) -> float:
        return self.right / self.asked if self.asked else 0.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Scores of the candidate and of the model in force on decisions that are `older` than the
    model in force, and on those made since (`newer`)."""

    candidate_older: Score
    current_older: Score
    candidate_newer: Score
    current_newer: Score

    @property
    def candidate(self) -> Score:
        return _sum(self.candidate_older, self.candidate_newer)

    @property
    def current(self) -> Score:
        return _sum(self.current_older, self.current_newer)


@dataclass(frozen=True, slots=True)
class Verdict:
    promoted: bool
    reason: str


def judged(found: Comparison) -> Verdict:
    """The candidate is taken when it foresees more of all held-back decisions and forgets none of
    the older ones: a batch of wrong decisions is foreseen by what it taught, so the older ones
    have a veto of their own.
    """
    if found.current.asked < LEAST_TO_COMPARE:
        return Verdict(True, "Сравнивать пока не на чем: решений людей меньше двадцати.")
    older, before = found.candidate_older, found.current_older
    slack = max(1.0, _SLACK * before.asked)
    if older.right < before.right - slack:
        return Verdict(
            False,
            f"На прежних решениях новая модель права в {older.right} из {older.asked},"
            f" а действующая — в {before.right}: последние исправления расходятся с прежними.",
        )
    said = (
        f"На отложенных решениях новая модель права в {found.candidate.right} из"
        f" {found.candidate.asked}, действующая — в {found.current.right}."
    )
    return Verdict(found.candidate.right > found.current.right, said)


def _sum(a: Score, b: Score) -> Score:
    return Score(a.asked + b.asked, a.right + b.right)
