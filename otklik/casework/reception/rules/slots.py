"""Which places a line of the schedule opens on a day. Pure: the day and the zone come in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypedDict
from zoneinfo import ZoneInfo

DAYS_OF_WEEK = 7


@dataclass(frozen=True, kw_only=True)
class Line:
    """`weekday` 0…6 with `week` 0 (every) or 1…4 (which such day of the month); or a date `on`."""

    opens: time
    closes: time
    slot_minutes: int
    weekday: int | None = None
    week: int = 0
    on: date | None = None
    since: date = date.min
    until: date | None = None

    def falls_on(self, day: date) -> bool:
        if day < self.since or (self.until and day > self.until):
            return False
        if self.on is not None:
            return day == self.on
        nth = (day.day - 1) // DAYS_OF_WEEK + 1
        return day.weekday() == self.weekday and self.week in (0, nth)


class ChosenPlace(TypedDict, total=False):
    starts_at: datetime
    day: date


@dataclass(frozen=True, order=True)
class Slot:
    """A place for one person: local moments, end exclusive."""

    starts_at: datetime
    ends_at: datetime

    def meets(self, starts_at: datetime, ends_at: datetime) -> bool:
        return self.starts_at < ends_at and starts_at < self.ends_at


def slots_on(lines: Iterable[Line], day: date, zone: ZoneInfo) -> list[Slot]:
    """Whole places in order; of places that overlap, only the first (two lines may cross)."""
    found: list[Slot] = []
    for line in lines:
        if line.falls_on(day):
            found.extend(_cut(line, day, zone))
    kept: list[Slot] = []
    for slot in sorted(found):
        if not kept or kept[-1].ends_at <= slot.starts_at:
            kept.append(slot)
    return kept


def chosen_place(raw: str) -> ChosenPlace:
    """A place chosen in a form: a moment with its zone, or a day without a time (out of turn).

    Empty for anything else: the actions then say that no time was chosen.
    """
    try:
        if len(raw) == len("2026-01-31"):
            return {"day": date.fromisoformat(raw)}
        moment = datetime.fromisoformat(raw)
    except ValueError:
        return {}
    return {"starts_at": moment} if moment.tzinfo else {}


def _cut(line: Line, day: date, zone: ZoneInfo) -> list[Slot]:
    step = timedelta(minutes=line.slot_minutes)
    at = datetime.combine(day, line.opens)
    closes = datetime.combine(day, line.closes)
    found = []
    while at + step <= closes:
        found.append(Slot(at.replace(tzinfo=zone), (at + step).replace(tzinfo=zone)))
        at += step
    return found
