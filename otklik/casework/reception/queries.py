"""Schedule, free places, and visits as a person sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, Q, QuerySet

from otklik.base.errors import NotFound
from otklik.base.given import cursor_of, day_key_given
from otklik.casework.appeals.actions.registration import code_hash
from otklik.casework.reception.models import CardQuestion, Category, Host, Hours, Visit
from otklik.casework.reception.rules import Line, Slot, slots_on
from otklik.casework.reception.vocabulary import VisitState
from otklik.directory.calendars.queries import calendar_for
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission

PAGE = 50


@dataclass(frozen=True)
class OpenDay:
    """A day of reception with the places still free."""

    day: date
    slots: tuple[Slot, ...]


def hosts_of(municipality_id: int) -> QuerySet[Host]:
    """Those who receive now, with their schedule: two statements. Public."""
    return (
        Host.objects.filter(municipality_id=municipality_id, is_active=True)
        .select_related("body")
        .prefetch_related("hours")
    )


def hosts_for(access: Access) -> QuerySet[Host]:
    """Those whose reception this person keeps."""
    reach = access.reach(Permission.RECEIVE)
    found = Host.objects.filter(municipality_id=access.municipality_id).select_related("body")
    if reach.everywhere:
        return found
    condition = Q(body_id__in=sorted(reach.body_ids))
    if access.account_id is not None:
        condition |= Q(account_id=access.account_id)
    return found.filter(condition)


def host_of(access: Access, pk: int) -> Host:
    found = hosts_for(access).prefetch_related("hours", "absences").filter(pk=pk).first()
    if found is None:
        raise NotFound("Такого приёма нет или он вам не доступен.", "Выберите из списка.")
    return found


def categories_of(municipality_id: int) -> QuerySet[Category]:
    """Categories received out of turn: common ones and the municipality's own."""
    own = Q(municipality_id=municipality_id) | Q(municipality__isnull=True)
    return Category.objects.filter(own)


def categories_kept(municipality_id: int) -> list[Category]:
    """All of this place, also those switched off: an own row overrides a common one by label."""
    kept: dict[str, Category] = {}
    rows = sorted(categories_of(municipality_id), key=lambda row: row.municipality_id or 0)
    for row in rows:
        kept[row.label] = row
    return sorted(kept.values(), key=lambda row: (row.order, row.label))


def categories_applied(municipality_id: int) -> list[Category]:
    """Those in use here."""
    return [row for row in categories_kept(municipality_id) if row.is_active]


def open_days(host: Host, *, now: datetime, days: int | None = None) -> list[OpenDay]:
    """Days of reception from today on, without days off and absences: six statements."""
    zone = host.municipality.tz
    today = now.astimezone(zone).date()
    last = today + timedelta(days=host.horizon_days if days is None else days)
    calendar = calendar_for(host.municipality_id)
    lines = [line_of(row) for row in host.hours.all()]
    away = [(a.since, a.until) for a in host.absences.all()]
    taken = _taken(host, today, last)
    found = []
    for step in range((last - today).days + 1):
        day = today + timedelta(days=step)
        own_date = any(line.on == day for line in lines)
        if any(since <= day <= until for since, until in away):
            continue
        if not own_date and not calendar.is_working(day):
            continue
        every = [slot for slot in slots_on(lines, day, zone) if slot.starts_at > now]
        if every:
            free = [s for s in every if not any(s.meets(*busy) for busy in taken)]
            found.append(OpenDay(day, tuple(free)))
    return found


def line_of(row: Hours) -> Line:
    return Line(
        opens=row.opens,
        closes=row.closes,
        slot_minutes=row.slot_minutes,
        weekday=row.weekday,
        week=row.week,
        on=row.on,
        since=row.since,
        until=row.until,
    )


def visible_to(access: Access) -> QuerySet[Visit]:
    """Visits to those whose reception this person keeps."""
    return Visit.objects.filter(
        municipality_id=access.municipality_id, host__in=hosts_for(access)
    ).select_related("host", "applicant", "category")


def day_list(access: Access, day: date, host_id: int | None = None) -> list[Visit]:
    """The list of a day in the order of reception: out of turn first, then by time."""
    found = visible_to(access).filter(day=day).exclude(state=VisitState.CANCELLED)
    if host_id:
        found = found.filter(host_id=host_id)
    rows = list(found.select_related("card"))
    return sorted(rows, key=_turn)


def visits(access: Access, *, state: str = "", cursor: str = "") -> tuple[list[Visit], str]:
    """All visits, the latest day first, a page by key (day, id) and the next cursor."""
    found = visible_to(access)
    if state in VisitState.values:
        found = found.filter(state=state)
    if edge := day_key_given(cursor):
        found = found.filter(Q(day__lte=edge[0]) & (Q(day__lt=edge[0]) | Q(pk__lt=edge[1])))
    rows = list(found.order_by("-day", "-pk")[: PAGE + 1])
    more = len(rows) > PAGE
    rows = rows[:PAGE]
    return rows, cursor_of(rows[-1].day, rows[-1].pk) if more else ""


def visit_of(access: Access, pk: int) -> Visit:
    """One visit with its card; NotFound when hidden or absent."""
    questions = CardQuestion.objects.select_related("topic", "appeal", "earlier")
    questions = questions.defer("appeal__search", "earlier__search")
    found = (
        visible_to(access)
        .select_related("card", "host__municipality", "host__body")
        .prefetch_related(Prefetch("card__questions", queryset=questions))
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise NotFound("Такой записи нет или она вам не доступна.", "Откройте список заново.")
    return found


def visit_by_code(number: str, code: str) -> Visit:
    """For the citizen: both the number and the code; the error says nothing of either."""
    found = (
        Visit.objects.select_related("host__municipality", "category", "municipality")
        .filter(code_hash=code_hash(code), number__iexact=number.strip().lstrip("№ "))
        .first()
    )
    if found is None:
        raise NotFound("Записи с таким номером и кодом нет.", "Проверьте оба значения по талону.")
    return found


def _taken(host: Host, since: date, until: date) -> Sequence[tuple[datetime, datetime]]:
    rows = Visit.objects.filter(host=host, day__range=(since, until), starts_at__isnull=False)
    return [
        (row.starts_at, row.ends_at)
        for row in rows.exclude(state=VisitState.CANCELLED)
        if row.starts_at and row.ends_at
    ]


def _turn(visit: Visit) -> tuple[bool, float, int]:
    moment = visit.starts_at.timestamp() if visit.starts_at else 0.0
    return visit.category_id is None, moment, visit.pk
