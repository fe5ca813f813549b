"""Keeping the schedule of reception and the categories received out of turn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import NotFound, Refused
from otklik.casework.reception.events import CategoryKept, ScheduleChanged
from otklik.casework.reception.models import Absence, Category, Host, Hours, Visit
from otklik.casework.reception.queries import categories_of, host_of
from otklik.casework.reception.vocabulary import VisitState, Weekday
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record

SHORTEST = 5


@dataclass(frozen=True, kw_only=True)
class NewHost:
    name: str
    place: str
    position: str = ""
    phone: str = ""
    body_id: int | None = None
    account_id: int | None = None
    horizon_days: int = 30
    is_active: bool = True


@dataclass(frozen=True, kw_only=True)
class NewHours:
    """`weekday` 0…6 with `week` 0…4 (0 is every week), or one date `on`."""

    opens: time
    closes: time
    slot_minutes: int = 20
    weekday: int | None = None
    week: int = 0
    on: date | None = None
    since: date | None = None
    until: date | None = None


@transaction.atomic
def save_host(*, access: Access, new: NewHost, host_id: int | None = None) -> Host:
    """Name who receives, or change it. Raises Forbidden without the right for that body."""
    access = access.require(Permission.RECEIVE, body_id=new.body_id)
    if not new.name.strip() or not new.place.strip():
        raise Refused("Не указано, кто и где принимает.", "Заполните имя и место приёма.")
    host = host_of(access, host_id) if host_id else Host(municipality_id=access.municipality_id)
    body = Body.objects.filter(municipality_id=access.municipality_id, pk=new.body_id or 0).first()
    if new.body_id and body is None:
        raise NotFound("Такого органа нет.", "Выберите орган из списка.")
    host.name, host.position = new.name.strip(), new.position.strip()
    host.place, host.phone = new.place.strip(), new.phone.strip()
    host.body, host.account_id = body, new.account_id
    host.horizon_days, host.is_active = new.horizon_days, new.is_active
    host.save()
    _record(access, host, "сохранены сведения" if host_id else "добавлен приём")
    return host


@transaction.atomic
def open_hours(*, access: Access, host_id: int, new: NewHours) -> Hours:
    """Add a line to the schedule; Refused when it opens no place."""
    host = _kept(access, host_id)
    if (new.weekday is None) == (new.on is None):
        raise Refused("Не выбран день приёма.", "Укажите день недели или одну дату.")
    length = _minutes(new.closes) - _minutes(new.opens)
    if new.slot_minutes < SHORTEST or length < new.slot_minutes:
        raise Refused(
            "В эти часы не помещается ни одного приёма.",
            "Проверьте начало, конец и минуты на одного (не меньше пяти).",
        )
    since = new.since or clock.today(host.municipality.tz)
    line = Hours.objects.create(
        host=host,
        weekday=new.weekday,
        week=new.week if new.on is None else 0,
        on=new.on,
        opens=new.opens,
        closes=new.closes,
        slot_minutes=new.slot_minutes,
        since=min(since, new.on) if new.on else since,
        until=new.until,
    )
    _record(access, host, f"добавлено {_words(line)}")
    return line


@transaction.atomic
def drop_hours(*, access: Access, hours_id: int) -> None:
    """Take a line off the schedule; those already booked keep their time."""
    line = Hours.objects.select_related("host").filter(pk=hours_id).first()
    if line is None:
        raise NotFound("Такой строки графика уже нет.", "Обновите страницу.")
    host = _kept(access, line.host_id)
    said = _words(line)
    line.delete()
    _record(access, host, f"снято {said}")


@transaction.atomic
def close_days(
    *, access: Access, host_id: int, since: date, until: date, reason: str = ""
) -> list[Visit]:
    """No reception on these days (inclusive); returns the visits that must be moved."""
    host = _kept(access, host_id)
    if until < since:
        raise Refused("Последний день раньше первого.", "Поменяйте даты местами.")
    Absence.objects.create(host=host, since=since, until=until, reason=reason.strip())
    more = f" ({reason.strip()})" if reason.strip() else ""
    _record(access, host, f"приёма нет {since:%d.%m.%Y} — {until:%d.%m.%Y}{more}")
    booked = Visit.objects.filter(host=host, state=VisitState.BOOKED, day__range=(since, until))
    return list(booked.order_by("day", "starts_at"))


@transaction.atomic
def keep_category(
    *, access: Access, label: str, article: str, is_active: bool = True, note: str = ""
) -> Category:
    """Add or switch a category received out of turn, with its article (59-ФЗ, art. 13 part 7).

    A common category is never changed: the municipality's own row of the same label overrides it.
    """
    access = access.require(Permission.RECEIVE)
    label, article = label.strip(), article.strip()
    if not label or not article:
        raise Refused("Не указаны категория или основание.", "Назовите статью закона.")
    known = categories_of(access.municipality_id).filter(label=label)
    common = known.filter(municipality__isnull=True).first()
    row, _ = Category.objects.update_or_create(
        municipality_id=access.municipality_id,
        label=label,
        defaults={
            "article": article,
            "note": note.strip(),
            "is_active": is_active,
            "order": common.order if common else 100,
        },
    )
    event = CategoryKept(subject_id=row.pk, label=label, article=article, is_active=is_active)
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    return row


def _kept(access: Access, host_id: int) -> Host:
    host = host_of(access, host_id)
    access.require(Permission.RECEIVE, body_id=host.body_id, account_id=host.account_id)
    return host


def _record(access: Access, host: Host, change: str) -> None:
    access = access.under(Permission.RECEIVE, body_id=host.body_id, account_id=host.account_id)
    event = ScheduleChanged(subject_id=host.pk, host=str(host), change=change)
    record(event, actor=access.actor, municipality_id=access.municipality_id)


def _words(line: Hours) -> str:
    day = f"{line.on:%d.%m.%Y}" if line.on else Weekday(line.weekday or 0).label
    hours = f"{line.opens:%H:%M}–{line.closes:%H:%M}"
    week = f", {line.get_week_display()}" if line.week else ""
    return f"«{day}{week}, {hours}»"


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
