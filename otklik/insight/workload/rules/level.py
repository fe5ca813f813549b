"""How busy a block, a body or a person is: hours of work given over hours there are for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from otklik.insight.workload.vocabulary import Level

MINIMUM = 10
"""Fewer pieces of work in the window than this tell nothing of a level."""

OVER, SPARE = 1.1, 0.6
"""Above the first there is too much to do, below the second there is room."""

LONG_QUEUE = 4.0
"""Weeks of work waiting that are worth a word."""


@dataclass(frozen=True, kw_only=True)
class Load:
    """Pieces of work and hours over a window of `weeks`.

    `given` and `done` fell within the window, `waiting` is open now, `overdue` of it late;
    `effort` are hours of what was given, `queue` of what waits, `hours` those there are; `bare` is
    the part of `effort` in bodies where nobody is there to do it, and tells nothing of the others.
    """

    given: int = 0
    done: int = 0
    waiting: int = 0
    overdue: int = 0
    effort: float = 0.0
    bare: float = 0.0
    queue: float = 0.0
    hours: float = 0.0
    people: float = 0.0
    weeks: int = 8

    def __add__(self, other: Load) -> Load:
        return Load(
            given=self.given + other.given,
            done=self.done + other.done,
            waiting=self.waiting + other.waiting,
            overdue=self.overdue + other.overdue,
            effort=self.effort + other.effort,
            bare=self.bare + other.bare,
            queue=self.queue + other.queue,
            hours=self.hours + other.hours,
            people=self.people + other.people,
            weeks=self.weeks,
        )

    @property
    def few(self) -> bool:
        return self.given < MINIMUM

    @property
    def share(self) -> float | None:
        """The level of occupancy, 1.0 when all hours are spoken for; None when there are none."""
        return self.covered / self.hours if self.hours > 0 else None

    @property
    def covered(self) -> float:
        """Hours of work given to those who are there to do it."""
        return self.effort - self.bare

    @property
    def level(self) -> Level:
        if self.share is None:
            return Level.NOBODY if self.given or self.waiting else Level.FEW
        if self.few:
            return Level.FEW
        if self.share > OVER:
            return Level.OVER
        return Level.SPARE if self.share < SPARE else Level.FULL

    @property
    def queue_weeks(self) -> float | None:
        """For how many weeks the waiting work would last were nothing more given."""
        return self.queue / (self.hours / self.weeks) if self.hours > 0 else None

    @property
    def a_week(self) -> float:
        return self.given / self.weeks

    @property
    def done_a_week(self) -> float:
        return self.done / self.weeks

    @property
    def missing(self) -> float:
        """People of this share of time who lack for the level to be 100 %; 0 when none do."""
        if self.hours <= 0 or self.people <= 0:
            return 0.0
        return max(0.0, (self.covered - self.hours) / (self.hours / self.people))

    @property
    def room(self) -> float:
        """Hours a week that are free up to 100 %."""
        return max(0.0, (self.hours - self.covered) / self.weeks)


def total(loads: Iterable[Load], weeks: int) -> Load:
    return sum(loads, Load(weeks=weeks))
