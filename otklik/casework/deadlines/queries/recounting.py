"""What would move if the calendar or the rules were others: reading only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import TruncDate

from otklik.base import clock
from otklik.casework.deadlines.models import Deadline, Recount
from otklik.casework.deadlines.queries.planning import (
    case_facts,
    extension_of,
    pauses_of,
    planner_for,
    starts_of,
)
from otklik.casework.deadlines.rules import Computed, Planner, Rule
from otklik.casework.deadlines.rules.plan import SET_AT_REGISTRATION
from otklik.casework.deadlines.rules.recounting import Again, Move, Preview
from otklik.casework.deadlines.vocabulary import EXTERNAL, OPEN_STATES, DeadlineKind, Unit
from otklik.directory.calendars.queries import calendar_for
from otklik.directory.calendars.rules import ProductionCalendar, federal_days
from otklik.directory.calendars.vocabulary import DayKind
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission

CHUNK = 5000
_OF_APPEAL = (
    "regime", "channel", "topic_id", "priority", "fast_track", "received_at", "registered_at",
)  # fmt: skip
SINGLE = Q(extended_days__gt=0) | ~Q(pauses=[]) | Q(rule__unit=Unit.WORKING_HOURS)
"""Terms whose end depends on more than the rule and the day they began."""

Counted = tuple[Deadline, Rule, Computed]


def running(municipality_id: int) -> QuerySet[Deadline]:
    """Terms not yet kept, in the order of their ids; those of other systems stay as they are."""
    return (
        Deadline.objects.filter(municipality_id=municipality_id, state__in=OPEN_STATES)
        .exclude(rule__slug=EXTERNAL)
        .order_by("pk")
    )


def with_case(rows: QuerySet[Deadline]) -> QuerySet[Deadline]:
    """What the choice of a rule needs to know of the case comes with the term."""
    named = [f"appeal__{name}" for name in _OF_APPEAL]
    own = [field.name for field in Deadline._meta.concrete_fields]
    return rows.select_related("appeal").only(*own, *named)


def preview_of_day(access: Access, day: date, kind: DayKind | None) -> Preview:
    """What would move if the date were of this kind; None gives back the federal calendar."""
    access = access.require(Permission.SET_UP)
    calendar = calendar_for(access.municipality_id)
    days = dict(calendar.days)
    told = federal_days().get(day) if kind is None else kind
    days.pop(day, None)
    if told is not None:
        days[day] = told
    return _preview(access, replace(calendar, days=days))


def preview_of_now(access: Access, *, by_rules: bool = False) -> Preview:
    """What would move by the calendar as it stands, and by the rules if asked."""
    access = access.require(Permission.SET_UP)
    planner = planner_for(access.municipality_id)
    return _preview(access, planner.calendar, planner if by_rules else None)


def counted_again(
    rows: Iterable[Deadline], again: Again, planner: Planner | None
) -> Iterator[Counted]:
    """Each term with its rule and count; with `planner` the rule is chosen anew."""
    for row in rows:
        if planner is not None and row.kind in SET_AT_REGISTRATION:
            term = planner.term(
                DeadlineKind(row.kind),
                case_facts(row.appeal, planner),
                starts_of(row.appeal, row.restarted_at),
                pauses_of(row),
                extension_of(row),
            )
            if term is not None:
                yield row, term.rule, term.computed
        else:
            rule, computed = again.term(row.rule, row.starts_at, pauses_of(row), extension_of(row))
            yield row, rule, computed


def last_recount(municipality_id: int) -> Recount | None:
    return Recount.objects.filter(municipality_id=municipality_id).order_by("-pk").first()


def _preview(
    access: Access, calendar: ProductionCalendar, planner: Planner | None = None
) -> Preview:
    rows, again = running(access.municipality_id), Again(calendar=calendar)
    found, now = Preview(), clock.now()
    if planner is None:
        _count_groups(rows.exclude(SINGLE), again, found, now)
        rows = rows.filter(SINGLE).defer("explanation")
    else:
        rows = with_case(rows)
    for row, _, computed in counted_again(rows.iterator(CHUNK), again, planner):
        found.total += 1
        _count(found, row.appeal_id, row.kind, row.due_at, computed, now)
    return found


def _count_groups(rows: QuerySet[Deadline], again: Again, found: Preview, now: datetime) -> None:
    """Terms in days that began on the same day by the same rule end together: counted once."""
    day = TruncDate("starts_at", tzinfo=again.calendar.zone)
    groups = (
        rows.order_by()
        .values("rule", "kind", "due_at", day=day)
        .annotate(times=Count("pk"), begun=Min("starts_at"), one=Min("appeal_id"))
    )
    for group in groups.iterator(CHUNK):
        found.total += group["times"]
        _, computed = again.term(group["rule"], group["begun"])
        _count(found, group["one"], group["kind"], group["due_at"], computed, now, group["times"])


def _count(
    found: Preview,
    appeal_id: int,
    kind: str,
    before: datetime,
    computed: Computed,
    now: datetime,
    times: int = 1,
) -> None:
    if computed.due_at != before:
        move = Move(appeal_id=appeal_id, kind=kind, before=before, after=computed.due_at)
        found.count(move, now, times)
