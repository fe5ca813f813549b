"""When something made by schedule is due: each day, week, month or quarter, from an hour on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

_ONE = timedelta(days=1)


class Step(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """`day` is the weekday (0 is Monday) of a week, or the day of a month or of a quarter's first
    month (1 to 28); `hour` is of the municipality."""

    step: Step
    day: int = 0
    hour: int = 7

    def __post_init__(self) -> None:
        least, most = {Step.DAY: (0, 0), Step.WEEK: (0, 6)}.get(self.step, (1, 28))
        if not (least <= self.day <= most and 0 <= self.hour <= 23):
            raise ValueError(f"no such day or hour: {self.day}, {self.hour}")

    def last_due(self, now: datetime) -> datetime:
        """The latest moment at or before `now` (aware, of the municipality) it was due at."""
        due = self._due(now.date(), now)
        return due if due <= now else self._due(self.covers(due)[0], now)

    def covers(self, due: datetime) -> tuple[date, date]:
        """The whole step that ended before it was due, both days included."""
        begins = _start(due.date(), self.step)
        return _start(begins - _ONE, self.step), begins - _ONE

    def _due(self, day: date, now: datetime) -> datetime:
        offset = max(self.day, 1) - 1 if self.step in (Step.MONTH, Step.QUARTER) else self.day
        at = _start(day, self.step) + timedelta(days=offset)
        return datetime.combine(at, time(self.hour), tzinfo=now.tzinfo)


def _start(day: date, step: Step) -> date:
    if step == Step.DAY:
        return day
    if step == Step.WEEK:
        return day - timedelta(days=day.weekday())
    month = day.month if step == Step.MONTH else (day.month - 1) // 3 * 3 + 1
    return day.replace(month=month, day=1)
