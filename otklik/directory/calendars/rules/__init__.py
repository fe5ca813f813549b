"""Pure counting of days and hours."""

from otklik.directory.calendars.rules.calendar import (
    MOSCOW,
    EmptyCalendarError,
    ProductionCalendar,
)
from otklik.directory.calendars.rules.federal import (
    FIRST_YEAR,
    LAST_YEAR,
    federal_days,
    transfers_known_until,
)
from otklik.directory.calendars.rules.hours import OFFICE_HOURS, Interval, WorkingHours

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "MOSCOW",
    "OFFICE_HOURS",
    "EmptyCalendarError",
    "Interval",
    "ProductionCalendar",
    "WorkingHours",
    "federal_days",
    "transfers_known_until",
]
