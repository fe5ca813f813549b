"""How busy blocks, bodies and people are (tuapse:2.4.6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from otklik.base import clock
from otklik.directory.accounts.models import Account
from otklik.directory.calendars.queries import calendar_for
from otklik.directory.calendars.rules import ProductionCalendar
from otklik.directory.organisation.models import BlockMember, Body
from otklik.directory.organisation.queries import bodies as active_bodies
from otklik.directory.organisation.rules import Access
from otklik.insight.workload.queries.counting import Tally, tally
from otklik.insight.workload.queries.norms import book_of
from otklik.insight.workload.queries.reach import Units, units
from otklik.insight.workload.queries.staff import Roster, Staff, roster
from otklik.insight.workload.rules.level import Load, total

WEEKS = 8
"""Whole weeks up to yesterday over which levels are told."""

LOOK_AHEAD = 28


@dataclass(frozen=True)
class PersonLoad:
    """`load` holds what was given by name and an even part of what the body was given as a whole;
    `named` is the first of the two."""

    account_id: int
    name: str
    load: Load
    named: Load


@dataclass(frozen=True)
class BodyLoad:
    """`whole` is what was given to nobody by name; `groups` are (group of topics, pieces of work,
    hours), the most hours first. `own_only`: the viewer counts his own work in it, no other."""

    pk: int
    name: str
    load: Load
    people: Sequence[PersonLoad]
    whole: Load
    groups: Sequence[tuple[str, int, float]]
    own_only: bool = False


@dataclass(frozen=True)
class BlockLoad:
    """`hidden` bodies of the block are beyond the reach of the viewer and counted nowhere."""

    pk: int
    name: str
    load: Load
    bodies: Sequence[BodyLoad]
    hidden: int = 0


@dataclass(frozen=True)
class Occupancy:
    """Levels from `since` to `until`. Bodies stand once in `bodies`, however many blocks hold
    them; `partial`: roles limited to channels leave a part of the work out."""

    since: date
    until: date
    weeks: int
    total: Load
    blocks: Sequence[BlockLoad]
    bodies: Sequence[BodyLoad]
    partial: bool
    normed: bool
    roster: Roster
    calendar: ProductionCalendar

    def body(self, pk: int) -> BodyLoad | None:
        return next((one for one in self.bodies if one.pk == pk), None)

    def block(self, pk: int) -> BlockLoad | None:
        return next((one for one in self.blocks if one.pk == pk), None)

    def hours_ahead(self, since: date, until: date, bodies: Iterable[BodyLoad]) -> float:
        """Hours there will be from `since` to `until` in these bodies; one's own where no more
        is counted."""
        staff = self.roster.over(since, until, self.calendar)
        return sum(
            sum(
                person.hours
                for person in staff.people.get(one.pk, ())
                if person.account_id in {own.account_id for own in one.people}
            )
            if one.own_only
            else staff.hours(one.pk)
            for one in bodies
        )


def window(today: date, weeks: int = WEEKS) -> tuple[date, date]:
    """Both days included."""
    return today - timedelta(days=7 * weeks), today - timedelta(days=1)


def occupancy(access: Access, *, now: datetime | None = None) -> Occupancy:
    """Levels of everybody within reach. A fixed number of statements: fifteen.

    Raises Forbidden for whoever neither analyses nor writes answers.
    """
    moment = now or clock.now()
    calendar = calendar_for(access.municipality_id)
    today = moment.astimezone(calendar.zone).date()
    since, until = window(today)
    book = book_of(access.municipality_id)
    counted = tally(access, since, until, weeks=WEEKS, now=moment, book=book)
    reach = units(access)
    names = _names(access, reach, counted)
    known = roster(access.municipality_id, since, until + timedelta(days=LOOK_AHEAD))
    parts = _Parts(counted, known.over(since, until, calendar), reach)
    bodies = [one for pk, name in names.items() if (one := _body(pk, name, parts)) is not None]
    return Occupancy(
        since=since,
        until=until,
        weeks=WEEKS,
        total=total((one.load for one in bodies), WEEKS),
        blocks=_blocks(access, bodies, reach),
        bodies=sorted(bodies, key=_busiest),
        partial=reach.partial,
        normed=bool(book.norms),
        roster=known,
        calendar=calendar,
    )


class _Parts:
    """What bodies are put together from: work, hours, reach, names of those who have left."""

    def __init__(self, counted: Tally, staff: Staff, reach: Units) -> None:
        self.counted, self.staff, self.reach = counted, staff, reach
        known = {one.account_id for people in staff.people.values() for one in people}
        gone = {account for _, account in counted.loads if account} - known
        rows = Account.objects.filter(pk__in=gone) if gone else ()
        self.left = {one.pk: one.short_name for one in rows}


def _names(access: Access, reach: Units, counted: Tally) -> Mapping[int, str]:
    """Bodies to be told of: those reached, and those where the viewer's own work lies."""
    held = {body for body, _ in counted.loads}
    rows = Body.objects.filter(municipality_id=access.municipality_id)
    found = {one.pk: str(one) for one in active_bodies(access.municipality_id) if reach.has(one.pk)}
    missing = held - set(found)
    return {**found, **{one.pk: str(one) for one in rows.filter(pk__in=missing)}}


def _body(pk: int, name: str, parts: _Parts) -> BodyLoad | None:
    counted, staff, own_only = parts.counted, parts.staff, not parts.reach.has(pk)
    whole = counted.loads.get((pk, None), Load(weeks=WEEKS))
    people = _people(pk, parts, None if own_only else whole)
    named = total((one.named for one in people), WEEKS)
    load = replace(
        named if own_only else named + whole,
        hours=sum(one.load.hours for one in people) if own_only else staff.hours(pk),
        people=float(len(people) if own_only else staff.count(pk)),
    )
    load = replace(load, bare=0.0 if load.hours > 0 else load.effort)
    if not (load.given or load.waiting or load.done or load.people):
        return None
    groups = sorted(
        ((group, count, hours) for group, (count, hours) in counted.groups.get(pk, {}).items()),
        key=lambda row: (-row[2], row[0]),
    )
    return BodyLoad(pk, name, load, people, whole, groups, own_only)


def _people(body: int, parts: _Parts, whole: Load | None) -> list[PersonLoad]:
    """`whole` is shared out evenly among those who work there now, when it is known at all."""
    staff, loads = parts.staff, parts.counted.loads
    known = {one.account_id: one for one in staff.people.get(body, ())}
    given = {account for holder, account in loads if holder == body and account}
    everybody = {*known, *given}
    shown = everybody if whole is not None else {parts.reach.own or 0} & everybody
    hands = staff.count(body)
    found = []
    for account in shown:
        person = known.get(account)
        load = replace(
            loads.get((body, account), Load(weeks=WEEKS)),
            hours=person.hours if person else 0.0,
            people=1.0 if person else 0.0,
        )
        shared = _added(load, whole, hands) if whole is not None and person else load
        name = person.name if person else parts.left.get(account, "сотрудник")
        found.append(PersonLoad(account, name, shared, load))
    return sorted(found, key=lambda one: (-(one.load.share or 0), one.name))


def _added(load: Load, whole: Load, parts: int) -> Load:
    """Hours of unnamed work are shared; pieces of it are not cut."""
    return replace(
        load,
        given=load.given + round(whole.given / parts),
        effort=load.effort + whole.effort / parts,
        queue=load.queue + whole.queue / parts,
    )


def _blocks(access: Access, bodies: Sequence[BodyLoad], reach: Units) -> list[BlockLoad]:
    """Blocks with a body within reach, in the centre's own order."""
    by_pk = {one.pk: one for one in bodies if not one.own_only}
    members: dict[tuple[int, str], set[int]] = defaultdict(set)
    rows = (
        BlockMember.objects.filter(block__municipality_id=access.municipality_id)
        .exclude(body=None)
        .order_by("block__order", "block__name", "order")
        .values_list("block_id", "block__name", "body_id")
    )
    for pk, name, body in rows:
        members[pk, name].add(body)
    found = []
    for (pk, name), held in members.items():
        inside = [by_pk[body] for body in held if body in by_pk]
        hidden = sum(not reach.has(body) for body in held)
        if inside:
            load = total((one.load for one in inside), WEEKS)
            found.append(BlockLoad(pk, name, load, sorted(inside, key=_busiest), hidden))
    return found


def _busiest(one: BodyLoad) -> tuple[bool, float, str]:
    """Those that cannot be told of come last."""
    share = one.load.share
    return (share is None or one.load.few, -(share or 0.0), one.name)
