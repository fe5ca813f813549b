"""Counting in calendar days, working days and working hours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from otklik.directory.calendars.rules.hours import OFFICE_HOURS, Interval, WorkingHours
from otklik.directory.calendars.vocabulary import DayKind

MOSCOW = ZoneInfo("Europe/Moscow")
LONGEST_GAP = 366
"""Days without a single working one after which a calendar is taken for broken."""

_ONE_DAY = timedelta(days=1)
_WORKED = frozenset({DayKind.WORKING, DayKind.SHORT})


class EmptyCalendarError(ValueError):
    """A calendar in which no working day can be found."""


@dataclass(frozen=True)
class ProductionCalendar:
    """Days of a municipality; a date absent from `days` is told by its weekday.

    `known_until` is the last date whose transferred days are published: a term
    that ends later is still computed, and whoever shows it says so.
    """

    days: Mapping[date, DayKind]
    working_hours: WorkingHours = OFFICE_HOURS
    zone: tzinfo = MOSCOW
    known_until: date | None = None
    _hours: dict[tuple[int, bool], tuple[Interval, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def kind(self, day: date) -> DayKind:
        known = self.days.get(day)
        if known is not None:
            return known
        return DayKind.WORKING if day.weekday() < 5 else DayKind.DAY_OFF

    def is_working(self, day: date) -> bool:
        return self.kind(day) in _WORKED

    def add_calendar_days(self, start: date, amount: int) -> date:
        """The day on which `amount` days after `start` are over; counting begins the day after."""
        return start + timedelta(days=amount)

    def add_working_days(self, start: date, amount: int) -> date:
        """The `amount`-th working day after `start` (the start day itself is not counted)."""
        if amount < 0:
            raise ValueError("A term cannot be negative")
        day = start
        for _ in range(amount):
            day = self.next_working(day + _ONE_DAY)
        return day

    def next_working(self, day: date) -> date:
        """`day` itself when people work on it, else the nearest working day after it."""
        return self._nearest(day, _ONE_DAY)

    def previous_working(self, day: date) -> date:
        """`day` itself when people work on it, else the nearest working day before it."""
        return self._nearest(day, -_ONE_DAY)

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and including `end`; 0 when `end` is not later."""
        span = (end - start).days
        return sum(self.is_working(start + timedelta(days=n)) for n in range(1, span + 1))

    def intervals(self, day: date) -> tuple[Interval, ...]:
        """Working intervals of the date in minutes from midnight; empty on a day off."""
        kind = self.kind(day)
        if kind not in _WORKED:
            return ()
        key = (day.weekday(), kind == DayKind.SHORT)
        if key not in self._hours:
            self._hours[key] = self.working_hours.on(key[0], short=key[1])
        return self._hours[key]

    def add_working_hours(self, moment: datetime, hours: int) -> datetime:
        """The earliest moment by which `hours` of office time have passed since `moment`.

        Time outside office hours does not count. `moment` must be aware; the
        answer is in the zone of the calendar.
        """
        if moment.tzinfo is None:
            raise ValueError("A moment without a time zone cannot be counted from")
        if hours < 0:
            raise ValueError("A term cannot be negative")
        local = moment.astimezone(self.zone)
        left = timedelta(hours=hours)
        if not left:
            return local
        day, passed = local.date(), _since_midnight(local)
        for _ in range(LONGEST_GAP * (hours + 1)):
            for opens, closes in self.intervals(day):
                begins = max(passed, timedelta(minutes=opens))
                room = timedelta(minutes=closes) - begins
                if left <= room:
                    return _at(day, begins + left, self.zone)
                left -= max(room, timedelta())
            day, passed = day + _ONE_DAY, timedelta()
        raise EmptyCalendarError("No working hours found in the calendar")

    def _nearest(self, day: date, step: timedelta) -> date:
        for _ in range(LONGEST_GAP):
            if self.is_working(day):
                return day
            day += step
        raise EmptyCalendarError(f"No working day found near {day:%d.%m.%Y}")


def _since_midnight(moment: datetime) -> timedelta:
    return timedelta(
        hours=moment.hour,
        minutes=moment.minute,
        seconds=moment.second,
        microseconds=moment.microsecond,
    )


def _at(day: date, passed: timedelta, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone) + passed
