"""What is counted in one group of facts; groups add up."""

from __future__ import annotations

from dataclasses import dataclass

from otklik.insight.cuts.vocabulary import Measure


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Counts over facts; `seconds` is the time from receipt to answer, summed over `timed`."""

    received: int = 0
    answered: int = 0
    in_work: int = 0
    overdue: int = 0
    in_time: int = 0
    late: int = 0
    repeated: int = 0
    reopened: int = 0
    timed: int = 0
    seconds: float = 0.0
    scored: int = 0
    score_sum: int = 0

    def value(self, measure: Measure) -> float | None:
        """The number of a measure; None where a mean has nothing to be taken of."""
        if measure == Measure.AVERAGE_DAYS:
            return self.seconds / 86400 / self.timed if self.timed else None
        if measure == Measure.SCORE:
            return self.score_sum / self.scored if self.scored else None
        if measure == Measure.IN_TIME_SHARE:
            return self.in_time / self.sample(measure) if self.sample(measure) else None
        return int(getattr(self, measure.value))

    def sample(self, measure: Measure) -> int:
        """Of how many cases the number is taken."""
        if measure == Measure.AVERAGE_DAYS:
            return self.timed
        if measure == Measure.SCORE:
            return self.scored
        if measure == Measure.IN_TIME_SHARE:
            return self.in_time + self.late
        return int(getattr(self, measure.value))


EMPTY = Tally()
