"""When a paper is made by itself, for whom and by when it is handed over. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from otklik.base.rhythm import Rhythm, Step
from otklik.language.wording import NBSP

STEPS = {
    Step.DAY: "каждый день",
    Step.WEEK: "каждую неделю",
    Step.MONTH: "каждый месяц",
    Step.QUARTER: "каждый квартал",
}
DAYS = (
    "по понедельникам", "по вторникам", "по средам", "по четвергам", "по пятницам", "по субботам",
    "по воскресеньям",
)  # fmt: skip
BEFORE = timedelta(days=2)
"""So long before the term people are reminded."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """`recipient` may be empty: then the paper goes to the addressee of the centre's papers."""

    rhythm: Rhythm
    due_days: int = 3
    on: bool = False
    recipient: str = ""

    def due_on(self, until: date) -> date:
        return until + timedelta(days=self.due_days)

    def last(self, now: datetime) -> tuple[date, date]:
        """The period of the paper that was due last; `now` is of the municipality."""
        return self.rhythm.covers(self.rhythm.last_due(now))

    def next(self, now: datetime) -> datetime:
        """When the next one is made."""
        last, ahead = self.rhythm.last_due(now), now
        while self.rhythm.last_due(ahead) == last:
            ahead += timedelta(days=1)
        return self.rhythm.last_due(ahead)


def rhythm_words(rhythm: Rhythm) -> str:
    """«каждый месяц, 3-го числа, в 7 часов»."""
    at = f"в{NBSP}{rhythm.hour}:00"
    if rhythm.step == Step.DAY:
        return f"каждый день {at}"
    if rhythm.step == Step.WEEK:
        return f"{DAYS[rhythm.day]} {at}"
    day = f"{max(rhythm.day, 1)}-го числа"
    first = " первого месяца" if rhythm.step == Step.QUARTER else ""
    return f"{STEPS[rhythm.step]}, {day}{first} {at}"


def last_period(step: Step, today: date) -> tuple[date, date]:
    """The whole day, week, month or quarter that ended before today."""
    rhythm = Rhythm(step=step, day=0 if step in (Step.DAY, Step.WEEK) else 1, hour=0)
    return rhythm.covers(rhythm.last_due(datetime.combine(today, datetime.min.time())))
