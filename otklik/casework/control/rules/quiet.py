"""Quiet hours: nobody is told of terms at night or on a day off unless the centre asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from otklik.directory.calendars.rules import ProductionCalendar


@dataclass(frozen=True, kw_only=True)
class Manners:
    """Local times of a municipality; a quiet span may go over midnight."""

    digest_at: time = time(8)
    quiet_from: time = time(19)
    quiet_until: time = time(8)
    at_night: bool = False
    on_days_off: bool = False


def may_disturb(moment: datetime, manners: Manners, calendar: ProductionCalendar) -> bool:
    """Whether a notice may go out at this local moment."""
    if not manners.on_days_off and not calendar.is_working(moment.date()):
        return False
    return manners.at_night or not _quiet(moment.time(), manners)


def _quiet(clock: time, manners: Manners) -> bool:
    since, until = manners.quiet_from, manners.quiet_until
    if since <= until:
        return since <= clock < until
    return clock >= since or clock < until
