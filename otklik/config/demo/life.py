"""What happens to an appeal after it came: working days, terms, delays, answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from otklik.config.demo.topics import DemoTopic
from otklik.config.demo.world import Body

HOLIDAYS = frozenset(
    [(1, day) for day in range(1, 9)] + [(2, 23), (3, 8), (5, 1), (5, 9), (6, 12), (11, 4)]
)
OPENS, CLOSES = time(8, 30), time(17, 15)
WORKDAY = timedelta(hours=8)

REGIMES = {
    "pos": "pos", "incident": "incident", "hotline122": "hotline", "vk": "social",
    "ok": "social", "telegram": "social", "max": "social", "paper": "law59",
    "reception": "law59", "email": "mail", "portal": "portal",
}  # fmt: skip
TERM_DAYS = {"law59": 30, "pos": 30, "hotline": 14, "mail": 30, "portal": 30}
"""Usual days of an answer; the rest is counted in working hours."""
TERM_HOURS = 9


@dataclass(frozen=True, slots=True)
class Course:
    """Moments of a life; `answered_at` may lie after the end of the demo."""

    registered_at: datetime
    assigned_at: datetime
    answered_at: datetime
    usual_end: datetime
    extended: bool


def works(day: date) -> bool:
    return day.weekday() < 5 and (day.month, day.day) not in HOLIDAYS


def working_moment(rng: Random, moment: datetime) -> datetime:
    """The moment itself in working hours, else some minutes after the next opening."""
    opens = datetime.combine(moment.date(), OPENS, moment.tzinfo)
    if works(moment.date()) and opens <= moment <= opens + WORKDAY:
        return moment
    day = moment.date() if works(moment.date()) and moment < opens else _next_day(moment.date())
    return datetime.combine(day, OPENS, moment.tzinfo) + timedelta(minutes=rng.randint(1, 140))


def _next_day(day: date) -> date:
    day += timedelta(days=1)
    while not works(day):
        day += timedelta(days=1)
    return day


def add_working_hours(moment: datetime, hours: float) -> datetime:
    """A moment so many working hours later (eight a day from 8:30)."""
    left = timedelta(hours=hours)
    while True:
        opens = datetime.combine(moment.date(), OPENS, moment.tzinfo)
        closes = opens + WORKDAY
        start = max(moment, opens)
        if works(moment.date()) and start + left <= closes:
            return start + left
        if works(moment.date()) and start < closes:
            left -= closes - start
        moment = datetime.combine(_next_day(moment.date()), OPENS, moment.tzinfo)


def between(start: datetime, end: datetime, part: float) -> datetime:
    """The moment when this part (0 … 1) of the working time from start to end has passed."""
    hours = _working_hours(start, end)
    if hours < 0.05:
        return start + (end - start) * part
    return min(max(add_working_hours(start, hours * part), start), end)


def _working_hours(start: datetime, end: datetime) -> float:
    day, hours = start.date(), 0.0
    while day <= end.date():
        if works(day):
            opens = datetime.combine(day, OPENS, start.tzinfo)
            span = min(end, opens + WORKDAY) - max(start, opens)
            hours += max(span.total_seconds(), 0.0) / 3600
        day += timedelta(days=1)
    return hours


def live(
    rng: Random, received: datetime, topic: DemoTopic, body: Body, *, regime: str, load: float = 1
) -> Course:
    """The course of one question; `load` above 1 slows everybody in days of disaster."""
    delay = rng.uniform(0.1, 1.2) if regime == "law59" else rng.uniform(0.01, 0.15)
    registered = working_moment(rng, received + timedelta(days=delay))
    assigned = add_working_hours(registered, rng.uniform(0.2, 7 if regime == "law59" else 2.5))
    late = rng.random() < min(topic.late * (0.25 + 0.6 * body.pace**2) * load, 0.6)
    if regime in TERM_DAYS:
        end = registered + timedelta(days=TERM_DAYS[regime])
        extended = regime == "law59" and not late and rng.random() < 0.03
        answered = _by_days(rng, topic, body, start=assigned, end=end, late=late,
                            extended=extended)  # fmt: skip
    else:
        end, extended = add_working_hours(received, TERM_HOURS), False
        hours = rng.uniform(TERM_HOURS * 1.1, 40) if late else _quick(rng, body)
        answered = add_working_hours(max(received, assigned) if late else received, hours)
        answered = max(answered, add_working_hours(assigned, 0.3))
    return Course(registered, assigned, answered, end, extended)


def _quick(rng: Random, body: Body) -> float:
    return float(min(TERM_HOURS * 0.97, rng.lognormvariate(1.1, 0.5) * (0.5 + 0.5 * body.pace)))


def _by_days(
    rng: Random, topic: DemoTopic, body: Body, *, start: datetime, end: datetime, late: bool,
    extended: bool,
) -> datetime:  # fmt: skip
    if late:
        longest = 75 if rng.random() < 0.3 else 14
        return working_moment(rng, end + timedelta(days=rng.uniform(0.8, longest)))
    if extended:
        return working_moment(rng, end + timedelta(days=rng.uniform(2, 24)))
    days = 1.3 * topic.days * body.pace * rng.lognormvariate(0, 0.45)
    planned = min(start + timedelta(days=max(days, 0.2)), end - timedelta(days=rng.uniform(0.3, 3)))
    moment = working_moment(rng, max(planned, start + timedelta(hours=1)))
    while moment > end:
        moment -= timedelta(days=1)
    return moment if moment > start else add_working_hours(start, 0.5)
