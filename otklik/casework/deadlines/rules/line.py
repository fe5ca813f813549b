"""A term drawn day by day: which days counted, which stood, where it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from otklik.casework.deadlines.rules.terms import Pause, Rule
from otklik.casework.deadlines.vocabulary import Unit
from otklik.directory.calendars.rules import ProductionCalendar
from otklik.directory.calendars.vocabulary import DayKind

LONGEST = 200
"""Days drawn at most; a longer term is told by its sentence alone."""


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One day. `number` is its place in the count, 0 when it does not count."""

    day: date
    kind: DayKind
    number: int = 0
    paused: bool = False
    extra: bool = False
    starts: bool = False
    legal: bool = False
    ends: bool = False

    @property
    def words(self) -> str:
        """What the day is, for those who do not see it."""
        said = [f"{self.day:%d.%m.%Y}"]
        said += ["начало"] if self.starts else []
        said += ["срок стоит"] if self.paused else []
        said += [f"день {self.number}"] if self.number else []
        said += ["продление"] if self.extra else []
        said += [str(self.kind.label)] if self.kind != DayKind.WORKING else []
        said += ["конец по закону"] if self.legal and not self.ends else []
        said += ["исполнить до конца этого дня"] if self.ends else []
        return ", ".join(said)


def line_of(
    rule: Rule,
    starts_at: datetime,
    legal_due_at: datetime,
    due_at: datetime,
    calendar: ProductionCalendar,
    pauses: Sequence[Pause] = (),
) -> list[Mark]:
    """Days from the start to the later of both ends; empty for a term too long to draw."""
    first, legal, kept = (
        moment.astimezone(calendar.zone).date() for moment in (starts_at, legal_due_at, due_at)
    )
    span = (max(legal, kept) - first).days
    if span > LONGEST:
        return []
    stopped = set().union(*(pause.days() for pause in pauses)) if pauses else set()
    marks, number = [], 0
    for day in (first + timedelta(days=n) for n in range(span + 1)):
        begins_at_once = rule.unit == Unit.WORKING_HOURS
        counts = _counts(rule, calendar, day) and (day > first or begins_at_once)
        counts = counts and day not in stopped and day <= legal
        within = begins_at_once or number < rule.amount
        number += counts and within
        marks.append(
            Mark(
                day=day,
                kind=calendar.kind(day),
                number=number if counts and within else 0,
                paused=day in stopped,
                extra=counts and not within,
                starts=day == first,
                legal=day == legal,
                ends=day == kept,
            )
        )
    return marks


def weeks(marks: Sequence[Mark]) -> list[list[Mark | None]]:
    """The days under their weekdays: rows of seven, empty places before and after."""
    if not marks:
        return []
    before: list[Mark | None] = [None] * marks[0].day.weekday()
    cells = [*before, *marks]
    cells += [None] * (-len(cells) % 7)
    return [cells[n : n + 7] for n in range(0, len(cells), 7)]


def _counts(rule: Rule, calendar: ProductionCalendar, day: date) -> bool:
    return rule.unit == Unit.CALENDAR_DAYS or calendar.is_working(day)
