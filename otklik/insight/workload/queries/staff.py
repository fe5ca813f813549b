"""Who works on appeals in the bodies, and how many hours they have for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from otklik.directory.calendars.rules import ProductionCalendar
from otklik.directory.organisation.models import Appointment
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.workload.models import TimeShare
from otklik.insight.workload.rules.capacity import DEFAULT_SHARE, Person, Span, Timesheet


@dataclass(frozen=True)
class Shares:
    """Parts of working time as the centre has set them."""

    usual: float = DEFAULT_SHARE
    bodies: Mapping[int, float] = field(default_factory=dict)
    accounts: Mapping[int, float] = field(default_factory=dict)
    people: Mapping[int, int] = field(default_factory=dict)

    def of(self, body_id: int, account_id: int | None = None) -> float:
        found = self.accounts.get(account_id) if account_id is not None else None
        return found if found is not None else self.bodies.get(body_id, self.usual)


@dataclass(frozen=True)
class Staff:
    """People by body. `unnamed` are hours of those who do not sign in, with their number."""

    people: Mapping[int, Sequence[Person]]
    unnamed: Mapping[int, tuple[float, int]]

    def hours(self, body_id: int) -> float:
        named = sum(person.hours for person in self.people.get(body_id, ()))
        return named + self.unnamed.get(body_id, (0.0, 0))[0]

    def count(self, body_id: int) -> int:
        return len(self.people.get(body_id, ())) + self.unnamed.get(body_id, (0.0, 0))[1]


@dataclass(frozen=True)
class Roster:
    """Appointments of those who write answers, absences, shares: enough for any days."""

    appointments: Sequence[Appointment]
    away: Mapping[int, Sequence[Span]]
    shares: Shares

    def over(self, since: date, until: date, calendar: ProductionCalendar) -> Staff:
        """Hours of everybody from `since` to `until`, both included."""
        sheet = Timesheet(since, until, lambda day: minutes_of(calendar, day))
        spans: dict[tuple[int, int], list[Span]] = defaultdict(list)
        names: dict[int, str] = {}
        for one in self.appointments:
            if one.body_id is not None:
                spans[one.account_id, one.body_id].append((one.since, one.until or date.max))
                names[one.account_id] = one.account.short_name
        bodies_of: dict[int, int] = defaultdict(int)
        for account_id, _ in spans:
            bodies_of[account_id] += 1
        found: dict[int, list[Person]] = defaultdict(list)
        for (account_id, body_id), held in spans.items():
            whole = sheet.within(held)
            there = sheet.within(held, self.away.get(account_id, ()))
            if whole:
                share = self.shares.of(body_id, account_id) / bodies_of[account_id]
                found[body_id].append(
                    Person(account_id, names[account_id], there * share, share, whole - there)
                )
        unnamed = {
            body_id: (sheet.hours * self.shares.of(body_id) * extra, extra)
            for body_id, people in self.shares.people.items()
            if (extra := people - len(found.get(body_id, ()))) > 0
        }
        return Staff({key: sorted(ones, key=_name) for key, ones in found.items()}, unnamed)


def roster(municipality_id: int, since: date, until: date) -> Roster:
    """Those with the right to write answers in a body at any time of these days: four queries.

    Absent is whoever another stands in for.
    """
    there = Appointment.objects.filter(
        role__municipality_id=municipality_id, since__lte=until
    ).filter(Q(until__isnull=True) | Q(until__gte=since))
    working = there.filter(
        body__isnull=False,
        role__grants__permission=Permission.DRAFT,
        account__is_active=True,
    )
    away: dict[int, list[Span]] = defaultdict(list)
    for absent, begins, ends in there.filter(substitutes__isnull=False).values_list(
        "substitutes__account_id", "since", "until"
    ):
        away[absent].append((begins, ends or date.max))
    found = working.select_related("account").distinct().order_by("pk")
    return Roster(list(found), away, shares_of(municipality_id))


def shares_of(municipality_id: int) -> Shares:
    """One query."""
    rows = list(TimeShare.objects.filter(municipality_id=municipality_id))
    usual = [one.percent for one in rows if one.body_id is None and one.account_id is None]
    return Shares(
        usual=usual[0] / 100 if usual else DEFAULT_SHARE,
        bodies={one.body_id: one.percent / 100 for one in rows if one.body_id},
        accounts={one.account_id: one.percent / 100 for one in rows if one.account_id},
        people={one.body_id: one.people for one in rows if one.body_id and one.people},
    )


def minutes_of(calendar: ProductionCalendar, day: date) -> int:
    return sum(closes - opens for opens, closes in calendar.intervals(day))


def _name(person: Person) -> tuple[str, int]:
    return person.name, person.account_id
