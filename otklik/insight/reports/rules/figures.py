"""The numbers of the weekly note. Counted by `queries`, worded by `sections`. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from functools import cached_property
from operator import attrgetter
from typing import Any

NO_REASON = "причина не указана"
"""A draft sent back without a named reason."""

OTHER_REASON = "иное"
"""A named reason from which nothing can be advised."""

WEEKLY_HOUR = 7
"""The weekly note is made on Monday from this hour on, local time."""


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Cases of one group. `before` is the period before; `in_work`, `overdue` and `due_soon`
    stand at the end of the period; `late` are answers of the period given after the term."""

    received: int = 0
    before: int = 0
    answered: int = 0
    answered_before: int = 0
    late: int = 0
    late_before: int = 0
    in_work: int = 0
    overdue: int = 0
    due_soon: int = 0
    repeated: int = 0
    repeated_before: int = 0

    def __add__(self, other: Counts) -> Counts:
        return together((self, other))


_NAMES = tuple(one.name for one in fields(Counts))
_numbers = attrgetter(*_NAMES)


def together(many: Iterable[Counts]) -> Counts:
    """All counts added up."""
    columns = zip(*map(_numbers, many), strict=True)
    return Counts(**dict(zip(_NAMES, map(sum, columns), strict=False)))


@dataclass(frozen=True, kw_only=True)
class Group:
    """One row of the common count: cases alike in every side the note speaks of."""

    channel: str
    law59: bool
    body: int | None
    topic: int | None
    settlement: int | None
    counts: Counts


@dataclass(frozen=True, kw_only=True)
class Line:
    """A channel, topic or body with its counts; `key` is None for «not set»."""

    key: str | int | None
    label: str
    counts: Counts


@dataclass(frozen=True, kw_only=True)
class Place(Line):
    """A settlement; the boundary is a GeoJSON geometry."""

    population: int | None = None
    lat: float | None = None
    lon: float | None = None
    boundary: dict[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class Scores:
    """Grades 1 to 5 given by applicants in the period, and in the period before."""

    given: int = 0
    total: int = 0
    low: int = 0
    given_before: int = 0
    total_before: int = 0
    wants_back: int = 0

    @property
    def mean(self) -> float | None:
        return self.total / self.given if self.given else None

    @property
    def mean_before(self) -> float | None:
        return self.total_before / self.given_before if self.given_before else None


@dataclass(frozen=True, kw_only=True)
class Returns:
    """Drafts of answers sent back; one return may name several reasons."""

    count: int = 0
    before: int = 0
    reasons: Sequence[tuple[str, int]] = ()


@dataclass(frozen=True, kw_only=True)
class Spot:
    """Many cases of one topic in one street."""

    place: str
    topic: str
    count: int


@dataclass(frozen=True, kw_only=True)
class RatedBody:
    """`parts` are those of the rating, 0 to 100; no place: small sample; places within `group`."""

    place: int | None
    name: str
    sample: int
    total: float
    parts: tuple[float, ...]
    group: str = ""


@dataclass(frozen=True, kw_only=True)
class RatingTable:
    since: date
    until: date
    minimum: int
    formula: str
    parts: tuple[str, ...] = ()
    rows: Sequence[RatedBody] = ()

    @property
    def ranked(self) -> list[RatedBody]:
        return [row for row in self.rows if row.place is not None]

    @property
    def small(self) -> list[RatedBody]:
        return [row for row in self.rows if row.place is None]

    @property
    def groups(self) -> dict[str, list[RatedBody]]:
        """Ranked rows by their group of peers."""
        found: dict[str, list[RatedBody]] = {}
        for row in self.ranked:
            found.setdefault(row.group, []).append(row)
        return found


@dataclass(frozen=True, kw_only=True)
class WeeklyNote:
    """Everything the note says, as numbers (pereslavl:3.2.1).

    Both periods are inclusive local dates; `at` is the moment for which «in
    work» and «overdue» are counted; terms up to `due_until` are near. `groups`
    add up to every total here.
    """

    municipality: str
    region: str
    centre: str
    addressee: str
    signer: str
    since: date
    until: date
    before_since: date
    before_until: date
    at: datetime
    due_until: date
    whole: bool
    groups: Sequence[Group] = ()
    days: Sequence[tuple[date, int]] = ()
    channels: Sequence[Line] = ()
    topics: Sequence[Line] = ()
    bodies: Sequence[Line] = ()
    places: Sequence[Place] = ()
    scores: Scores = field(default_factory=Scores)
    returns: Returns = field(default_factory=Returns)
    spots: Sequence[Spot] = ()
    rating: RatingTable | None = None
    centre_card: str = ""

    @cached_property
    def total(self) -> Counts:
        return together(group.counts for group in self.groups)

    @cached_property
    def law59(self) -> Counts:
        return together(group.counts for group in self.groups if group.law59)

    @property
    def empty(self) -> bool:
        """Nothing came, nothing was answered and nothing is in work."""
        total = self.total
        return not (total.received or total.before or total.answered or total.in_work)


def week_before(day: date) -> tuple[date, date]:
    """The last whole week (Monday to Sunday) that ended before the day."""
    monday = day - timedelta(days=day.weekday())
    return monday - timedelta(days=7), monday - timedelta(days=1)


def week_due(moment: datetime) -> tuple[date, date] | None:
    """The ended week for a local moment, from Monday 07:00 on; before that None."""
    early = moment.weekday() == 0 and moment.hour < WEEKLY_HOUR
    return None if early else week_before(moment.date())
