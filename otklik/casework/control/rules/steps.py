"""The moment of a step of escalation, counted in working days or working hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from otklik.casework.control.vocabulary import Side, StepUnit
from otklik.directory.calendars.rules import ProductionCalendar

LONGEST = 366
_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Step:
    """`amount` working days or hours before or after the end of the term; 0 is the day itself."""

    side: Side
    amount: int
    unit: StepUnit


def fires_at(
    step: Step, due_at: datetime, calendar: ProductionCalendar, digest_at: time
) -> datetime:
    """When the step falls due; `due_at` is local.

    Steps in days come with the morning digest of a working day, steps in hours at their moment.
    """
    if step.unit == StepUnit.HOURS:
        if step.side == Side.AFTER:
            return calendar.add_working_hours(due_at, step.amount)
        return worked_back(calendar, due_at, step.amount)
    if step.side == Side.AFTER:
        day = calendar.add_working_days(due_at.date(), step.amount)
        day = calendar.next_working(day)
    else:
        day = calendar.previous_working(due_at.date())
        for _ in range(step.amount):
            day = calendar.previous_working(day - _DAY)
    return datetime.combine(day, digest_at, tzinfo=due_at.tzinfo)


def worked_back(calendar: ProductionCalendar, moment: datetime, hours: int) -> datetime:
    """The latest moment from which `hours` of office time remain until `moment` (local)."""
    left, day, until = timedelta(hours=hours), moment.date(), _passed(moment)
    for _ in range(LONGEST):
        for opens, closes in reversed(calendar.intervals(day)):
            ends = min(until, timedelta(minutes=closes))
            room = ends - timedelta(minutes=opens)
            if room <= timedelta():
                continue
            if left <= room:
                return datetime.combine(day, time(), tzinfo=moment.tzinfo) + ends - left
            left -= room
        day, until = day - _DAY, _DAY
    return moment - timedelta(hours=hours)


def _passed(moment: datetime) -> timedelta:
    return timedelta(
        hours=moment.hour,
        minutes=moment.minute,
        seconds=moment.second,
        microseconds=moment.microsecond,
    )
