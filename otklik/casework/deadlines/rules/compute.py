"""The arithmetic of terms. Pure: the calendar and the moments come as arguments.

The law does not say whether a term that ends on a day off moves. The rule's
`end_shift` decides; the unmoved date is always kept as the legal one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta, tzinfo

from otklik.casework.deadlines.rules import wording
from otklik.casework.deadlines.rules.terms import Computed, Extension, Pause, Rule, Step
from otklik.casework.deadlines.vocabulary import EndShift, Unit
from otklik.directory.calendars.rules import ProductionCalendar
from otklik.directory.calendars.vocabulary import DayKind

LAST_MOMENT = time(23, 59, 59)


def due(
    rule: Rule,
    start: datetime,
    calendar: ProductionCalendar,
    pauses: Sequence[Pause] = (),
    extension: Extension | None = None,
) -> Computed:
    """When the term set by `rule` and begun at `start` ends, and why.

    Days are counted from the day after the start (Civil Code, article 191, by
    analogy); a term in days lasts until the end of its last day. Hours are
    office hours and run from the very moment. Days of pauses do not count.
    An extension adds calendar days to the last day before the end is moved.
    """
    begun = start.astimezone(calendar.zone)
    paused = set().union(*(pause.days() for pause in pauses)) if pauses else set()
    if rule.unit == Unit.WORKING_HOURS:
        return _due_in_hours(
            rule, begun, calendar, pauses=pauses, paused=paused, extension=extension
        )
    last = _last_day(rule, begun.date(), calendar, paused)
    steps = [_start_step(rule, begun), _term_step(rule, last), *_pause_steps(pauses)]
    if extension is not None:
        last += timedelta(days=extension.days)
        steps.append(_extension_step(extension, last))
    moved = shifted(last, rule.end_shift, calendar)
    if moved < begun.date():
        moved = last
    if moved != last or not calendar.is_working(last):
        steps.append(_shift_step(rule.end_shift, last, moved))
    steps.extend(_warnings(rule, last, calendar))
    return Computed(
        due_at=_end_of(moved, calendar.zone),
        legal_due_at=_end_of(last, calendar.zone),
        steps=steps,
        sentence=wording.sentence_in_days(
            rule, begun.date(), last=last, moved=moved, extended=extension, pauses=pauses
        ),
    )


def shifted(last: date, end_shift: EndShift, calendar: ProductionCalendar) -> date:
    """The last day moved off a day off, as the rule says."""
    if end_shift == EndShift.PRECEDING:
        return calendar.previous_working(last)
    if end_shift == EndShift.NEXT:
        return calendar.next_working(last)
    return last


def _last_day(rule: Rule, start: date, calendar: ProductionCalendar, paused: set[date]) -> date:
    if rule.unit == Unit.WORKING_DAYS:
        return _without(calendar, paused).add_working_days(start, rule.amount)
    if not paused:
        return calendar.add_calendar_days(start, rule.amount)
    day, left = start, rule.amount
    while left:
        day += timedelta(days=1)
        left -= day not in paused
    return day


def _due_in_hours(
    rule: Rule,
    begun: datetime,
    calendar: ProductionCalendar,
    *,
    pauses: Sequence[Pause],
    paused: set[date],
    extension: Extension | None,
) -> Computed:
    ends = _without(calendar, paused).add_working_hours(begun, rule.amount)
    steps = [_start_step(rule, begun, precise=True), _term_step(rule, ends)]
    steps.extend(_pause_steps(pauses))
    if extension is not None:
        ends += timedelta(days=extension.days)
        steps.append(_extension_step(extension, ends.date()))
    steps.extend(_warnings(rule, ends.date(), calendar))
    return Computed(
        due_at=ends,
        legal_due_at=ends,
        steps=steps,
        sentence=wording.sentence_in_hours(rule, begun, ends, extension, pauses),
    )


def _without(calendar: ProductionCalendar, paused: set[date]) -> ProductionCalendar:
    if not paused:
        return calendar
    return replace(calendar, days={**calendar.days, **dict.fromkeys(paused, DayKind.DAY_OFF)})


def _end_of(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, LAST_MOMENT, tzinfo=zone)


def _start_step(rule: Rule, begun: datetime, *, precise: bool = False) -> Step:
    text = wording.counted_from(rule, begun if precise else begun.date())
    return Step(name="start", text=text, date=begun.date().isoformat())


def _term_step(rule: Rule, last: date | datetime) -> Step:
    day = last.date() if isinstance(last, datetime) else last
    return Step(name="term", text=wording.term(rule), date=day.isoformat())


def _pause_steps(pauses: Sequence[Pause]) -> list[Step]:
    return [
        Step(name="pause", text=wording.pause(pause), date=pause.until.isoformat())
        for pause in pauses
    ]


def _extension_step(extension: Extension, last: date) -> Step:
    return Step(name="extension", text=wording.extension(extension), date=last.isoformat())


def _shift_step(end_shift: EndShift, last: date, moved: date) -> Step:
    return Step(name="shift", text=wording.shift(end_shift, last, moved), date=moved.isoformat())


def _warnings(rule: Rule, last: date, calendar: ProductionCalendar) -> list[Step]:
    found = []
    if calendar.known_until is not None and last > calendar.known_until:
        text = wording.unknown_transfers(last.year)
        found.append(Step(name="unpublished", text=text, date=last.isoformat()))
    if rule.verify:
        found.append(Step(name="verify", text=wording.VERIFY, date=last.isoformat()))
    return found
