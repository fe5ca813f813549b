"""What would lift a place: the formula run again with the answers given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from otklik.insight.ratings.formulas.tally import Rated, Settings, Tally

Rate = Callable[[Iterable[Tally], Settings], list[Rated]]
MOST = 60
"""Questions tried one by one; with more of them only all together are told."""


class Way(StrEnum):
    """`IN_TIME`: answer those whose term is near; `LATE`: answer the overdue; `MISS`: do not."""

    IN_TIME = "in_time"
    LATE = "late"
    MISS = "miss"


@dataclass(frozen=True)
class Waiting:
    """An open question: on a fast track or not, and the share of its term used by now."""

    fast: bool
    used: float


@dataclass(frozen=True, kw_only=True)
class Step:
    """`count` of `of` questions dealt with so, soonest term first, and what comes of it."""

    way: Way
    count: int
    of: int
    gain: float
    place: int | None
    was: int | None

    @property
    def lifts(self) -> bool:
        return self.place is not None and (self.was is None or self.place < self.was)


@dataclass(frozen=True)
class Peers:
    """The subject among its peers, and how they are rated."""

    rate: Rate
    settings: Settings
    tallies: Sequence[Tally]
    subject_id: int

    def own(self, changed: Tally | None = None) -> Rated:
        """The subject rated, with its counts changed when they are."""
        tallies = [
            changed if changed is not None and one.subject_id == self.subject_id else one
            for one in self.tallies
        ]
        rows = self.rate(tallies, self.settings)
        return next(row for row in rows if row.subject_id == self.subject_id)

    @property
    def tally(self) -> Tally:
        return next(one for one in self.tallies if one.subject_id == self.subject_id)


def peers_of(rate: Rate, settings: Settings, tallies: Sequence[Tally], subject_id: int) -> Peers:
    """Only peers matter to a place: others are left out of the running again."""
    group = next(one.group for one in tallies if one.subject_id == subject_id)
    near = [one for one in tallies if one.group == group]
    return Peers(rate, settings, near, subject_id)


def changed(tally: Tally, way: Way, waiting: Sequence[Waiting]) -> Tally:
    """The counts after these questions are dealt with.

    An answer is taken to be given now, and to come back neither from review nor from the
    applicant.
    """
    many = len(waiting)
    if way == Way.MISS:
        return replace(tally, closing=tally.closing + many)
    in_time = way == Way.IN_TIME
    return replace(
        tally,
        closing=tally.closing + (many if in_time else 0),
        answered=tally.answered + many,
        in_time=tally.in_time + (many if in_time else 0),
        timed=tally.timed + many,
        term_used=tally.term_used + sum(one.used for one in waiting),
        fast=tally.fast + sum(one.fast for one in waiting),
    )


def steps(peers: Peers, near: Sequence[Waiting], late: Sequence[Waiting]) -> list[Step]:
    """What comes of the questions whose term is near, and of the overdue ones.

    `near` and `late` come soonest term first. The least number that lifts the place goes before
    all of them.
    """
    now = peers.own()
    found = [*_least(peers, now, near)]
    if near:
        found.append(_step(peers, now, Way.IN_TIME, near, len(near)))
    if late:
        found.append(_step(peers, now, Way.LATE, late, len(late)))
    if near:
        found.append(_step(peers, now, Way.MISS, near, len(near)))
    return found


def _least(peers: Peers, now: Rated, near: Sequence[Waiting]) -> list[Step]:
    if len(near) > MOST:
        return []
    tried = (_step(peers, now, Way.IN_TIME, near, many) for many in range(1, len(near)))
    first = next((step for step in tried if step.lifts), None)
    return [first] if first else []


def _step(peers: Peers, now: Rated, way: Way, waiting: Sequence[Waiting], many: int) -> Step:
    after = peers.own(changed(peers.tally, way, waiting[:many]))
    return Step(
        way=way,
        count=many,
        of=len(waiting),
        gain=after.total - now.total,
        place=after.place,
        was=now.place,
    )
