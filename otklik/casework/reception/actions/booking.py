"""Booking a place, moving it, giving it up. Nobody is booked twice on one place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from otklik.base import clock
from otklik.base.errors import Conflict, NotFound, Refused
from otklik.casework.appeals.actions.registration import (
    NewApplicant,
    code_hash,
    new_code,
    take_of_register,
)
from otklik.casework.appeals.models import Applicant
from otklik.casework.reception.actions.letters import confirm
from otklik.casework.reception.events import VisitBooked, VisitCancelled, VisitMissed, VisitMoved
from otklik.casework.reception.models import Category, Host, Visit
from otklik.casework.reception.queries import categories_applied, open_days, visible_to
from otklik.casework.reception.rules import Slot
from otklik.casework.reception.vocabulary import BookedVia, VisitState
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record

REGISTER = "ЛП"
SLOT_ONCE = "visit_slot_once"


@dataclass(frozen=True, kw_only=True)
class NewVisit:
    """`starts_at` names a free place; without it `day` is booked out of turn, by a category."""

    host_id: int
    applicant: NewApplicant
    question: str
    starts_at: datetime | None = None
    day: date | None = None
    category_id: int | None = None
    via: str = BookedVia.DESK
    code: str = ""


@transaction.atomic
def book(*, access: Access, new: NewVisit) -> tuple[Visit, str]:
    """Book a citizen in; returns the visit and its code. The same code again changes nothing.

    Raises Forbidden, Refused (no name, no question, day closed, booked already) and Conflict when
    somebody took the place first (59-ФЗ, art. 13).
    """
    code = new.code or new_code()
    known = Visit.objects.filter(code_hash=code_hash(code)).first()
    if known:
        return known, code
    host = _locked_host(access, new.host_id)
    access = access.under(Permission.RECEIVE, body_id=host.body_id, account_id=host.account_id)
    _check(new)
    category = _category(access, new.category_id)
    slot, day = _place(host, new.starts_at, new.day, category)
    _refuse_second(host, new.applicant)
    applicant = _applicant(access, new.applicant, category)
    (number,) = take_of_register(access.municipality_id, REGISTER, day.year)
    with _one_place():
        visit = Visit.objects.create(
            municipality_id=access.municipality_id,
            number=number,
            host=host,
            applicant=applicant,
            day=day,
            starts_at=slot.starts_at if slot else None,
            ends_at=slot.ends_at if slot else None,
            question=new.question.strip(),
            category=category,
            via=new.via,
            code_hash=code_hash(code),
            booked_at=clock.now(),
            booked_label=access.actor.label,
        )
    event = VisitBooked(
        subject_id=visit.pk,
        number=number,
        host=str(host),
        when=when(visit),
        via_label=BookedVia(new.via).label,
        category=str(category or ""),
    )
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    confirm(visit, code, actor=access.actor)
    return visit, code


@transaction.atomic
def move(
    *, access: Access, visit_id: int, starts_at: datetime | None = None, day: date | None = None
) -> Visit:
    """Give the visit another place with the same host; the old one becomes free."""
    visit = _locked(access, visit_id)
    access = _receiving(access, visit)
    host = _locked_host(access, visit.host_id)
    before = when(visit)
    slot, new_day = _place(host, starts_at, day, visit.category)
    visit.day = new_day
    visit.starts_at = slot.starts_at if slot else None
    visit.ends_at = slot.ends_at if slot else None
    visit.reminded_at = None
    with _one_place():
        visit.save(update_fields=["day", "starts_at", "ends_at", "reminded_at"])
    event = VisitMoved(subject_id=visit.pk, number=visit.number, before=before, after=when(visit))
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    return visit


@transaction.atomic
def cancel(*, access: Access, visit_id: int, reason: str = "") -> Visit:
    """Give the place up; it becomes free at once."""
    visit = _locked(access, visit_id)
    access = _receiving(access, visit)
    visit.state, visit.cancel_reason = VisitState.CANCELLED, reason.strip()[:300]
    visit.save(update_fields=["state", "cancel_reason"])
    event = VisitCancelled(subject_id=visit.pk, number=visit.number, reason=visit.cancel_reason)
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    return visit


@transaction.atomic
def miss(*, access: Access, visit_id: int) -> Visit:
    """Mark that the citizen did not come."""
    visit = _locked(access, visit_id)
    access = _receiving(access, visit)
    if visit.day > clock.today(visit.host.municipality.tz):
        raise Refused("День приёма ещё не наступил.", "Отметьте это после приёма.")
    visit.state = VisitState.MISSED
    visit.save(update_fields=["state"])
    event = VisitMissed(subject_id=visit.pk, number=visit.number)
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    return visit


def when(visit: Visit) -> str:
    """«24.11.2026, 15:20» in local time, or the day «вне очереди»."""
    if visit.starts_at is None:
        return f"{visit.day:%d.%m.%Y}, вне очереди"
    return f"{visit.starts_at.astimezone(visit.host.municipality.tz):%d.%m.%Y, %H:%M}"


def _locked(access: Access, visit_id: int) -> Visit:
    visit = (
        visible_to(access)
        .select_related("host__municipality", "category")
        .select_for_update(of=("self",))
        .filter(pk=visit_id)
        .first()
    )
    if visit is None:
        raise NotFound("Такой записи нет или она вам не доступна.", "Откройте список заново.")
    if visit.state != VisitState.BOOKED:
        raise Conflict(
            f"Эта запись уже в состоянии «{visit.get_state_display()}».", "Обновите страницу."
        )
    return visit


def _receiving(access: Access, visit: Visit) -> Access:
    host = visit.host
    return access.under(Permission.RECEIVE, body_id=host.body_id, account_id=host.account_id)


def _locked_host(access: Access, host_id: int) -> Host:
    """Bookings to one person go one after another: two of them never wait for each other."""
    host = (
        Host.objects.select_related("municipality")
        .prefetch_related("hours", "absences")
        .select_for_update(of=("self",))
        .filter(municipality_id=access.municipality_id, pk=host_id, is_active=True)
        .first()
    )
    if host is None:
        raise NotFound("Этот приём больше не ведётся.", "Выберите другого из списка.")
    access.require(Permission.RECEIVE, body_id=host.body_id, account_id=host.account_id)
    return host


def _check(new: NewVisit) -> None:
    if not new.applicant.name.strip():
        raise Refused("Не указаны фамилия и имя.", "Напишите их, как в документе.")
    if not (new.applicant.phone.strip() or new.applicant.email.strip()):
        raise Refused(
            "Не указано, как с вами связаться.",
            "Оставьте телефон или почту: приём может быть перенесён.",
        )
    if not new.question.strip():
        raise Refused("Не указан вопрос.", "Опишите его одним предложением.")


def _category(access: Access, category_id: int | None) -> Category | None:
    if category_id is None:
        return None
    for category in categories_applied(access.municipality_id):
        if category.pk == category_id:
            return category
    raise NotFound("Такой льготной категории нет.", "Выберите её из списка.")


def _place(
    host: Host, starts_at: datetime | None, day: date | None, category: Category | None
) -> tuple[Slot | None, date]:
    days = open_days(host, now=clock.now())
    if starts_at is None:
        if category is None:
            raise Refused(
                "Не выбрано время.", "Без времени, вне очереди, принимают льготные категории."
            )
        if day not in {one.day for one in days}:
            raise Refused("В этот день приёма нет.", "Выберите другой день.")
        return None, day
    for one in days:
        for slot in one.slots:
            if slot.starts_at == starts_at:
                return slot, one.day
    raise Conflict("Это время занято или приёма тогда нет.", "Выберите другое время.")


def _refuse_second(host: Host, given: NewApplicant) -> None:
    same = Q(pk__in=[])
    if given.phone.strip():
        same |= Q(applicant__phone=given.phone.strip()[:50])
    if given.email.strip():
        same |= Q(applicant__email=given.email.strip().lower())
    today = clock.today(host.municipality.tz)
    waiting = Visit.objects.filter(same, host=host, state=VisitState.BOOKED, day__gte=today)
    if waiting.exists():
        raise Refused(
            "С этим телефоном или почтой уже есть запись к этому руководителю.",
            "Перенесите или отмените её.",
        )


def _applicant(access: Access, given: NewApplicant, category: Category | None) -> Applicant:
    return Applicant.objects.create(
        municipality_id=access.municipality_id,
        kind=given.kind,
        name=" ".join(given.name.split())[:300],
        phone=given.phone.strip()[:50],
        email=given.email.strip().lower()[:254],
        postal_address=given.postal_address.strip()[:500],
        category=str(category or "")[:150],
    )


@contextmanager
def _one_place() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if SLOT_ONCE not in str(error):
            raise
        raise Conflict("Это время только что заняли.", "Выберите другое время.") from error
