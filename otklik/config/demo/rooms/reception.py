"""Receptions of the head that are over, with their cards."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from otklik.base import clock
from otklik.casework.appeals.actions import NewApplicant
from otklik.casework.reception.actions import (
    NewCard,
    NewHours,
    NewVisit,
    QuestionHeard,
    book,
    drop_hours,
    hold,
    miss,
    open_hours,
)
from otklik.casework.reception.models import Host, Visit
from otklik.casework.reception.queries import host_of, open_days
from otklik.config.demo.life import works
from otklik.config.demo.source import read_yaml
from otklik.directory.organisation.rules import Access

Note = Mapping[str, Any]
_EARLIER = timedelta(days=70)
_BOOKED_BEFORE = timedelta(days=4)


def tell_receptions(access: Access, host: Host, weekday: int, evening: datetime) -> None:
    """Visits of the last weeks under the hours in force till now; a reception that fell on a
    holiday did not take place."""
    hours = NewHours(
        weekday=weekday,
        opens=time(14),
        closes=time(16),
        since=(evening - _EARLIER).date(),
        until=evening.date() - timedelta(days=1),
    )
    line = open_hours(access=access, host_id=host.pk, new=hours)
    told = read_yaml("rooms/reception.yaml")["visits"]
    for number, note in sorted(enumerate(told), key=lambda pair: -pair[1]["weeks"]):
        _visit(access, host, _day(evening, weekday, note["weeks"]), (number, note))
    drop_hours(access=access, hours_id=line.pk)


def _day(evening: datetime, weekday: int, weeks: int) -> datetime:
    """The morning of that weekday, the first of them before the evening's day."""
    back = (evening.weekday() - weekday - 1) % 7 + 1
    day = evening.date() - timedelta(days=back + 7 * (weeks - 1))
    return datetime.combine(day, time(10), evening.tzinfo)


def _visit(access: Access, host: Host, day: datetime, told: tuple[int, Note]) -> None:
    number, note = told
    booked_at = day - _BOOKED_BEFORE
    with clock.frozen(booked_at):
        days = open_days(host_of(access, host.pk), now=booked_at)
        slots = next((one.slots for one in days if one.day == day.date()), ())
        if not slots or not works(day.date()):
            return
        person = NewApplicant(name=note["name"], phone=f"+7 900 000-04-{number:02d}")
        new = NewVisit(
            host_id=host.pk,
            applicant=person,
            question=note["question"],
            starts_at=slots[min(note["place"], len(slots) - 1)].starts_at,
            via=note["via"],
        )
        visit, _ = book(access=access, new=new)
    _come(access, visit, note)


def _come(access: Access, visit: Visit, note: Note) -> None:
    """The slots of a day count from the free ones, so that a later note may name an earlier one."""
    with clock.frozen(visit.ends_at or visit.booked_at):
        if note.get("missed"):
            miss(access=access, visit_id=visit.pk)
            return
        heard = [QuestionHeard(**one, consent=one["outcome"] == "oral") for one in note["answers"]]
        card = NewCard(identity_shown=True, questions=heard, note=note.get("note", ""))
        hold(access=access, visit_id=visit.pk, new=card)
