"""Personal reception of the demo: who receives, and who is booked for the next days."""

from __future__ import annotations

from datetime import datetime, time

from otklik.base import clock
from otklik.casework.appeals.actions import NewApplicant
from otklik.casework.reception.actions import (
    NewHost,
    NewHours,
    NewVisit,
    book,
    open_hours,
    save_host,
)
from otklik.casework.reception.models import Host
from otklik.casework.reception.queries import categories_applied, host_of, open_days
from otklik.casework.reception.vocabulary import BookedVia
from otklik.config.demo.rooms.reception import tell_receptions
from otklik.directory.organisation.models import Appointment, Municipality
from otklik.directory.organisation.rules import Access

TUESDAY, THURSDAY = 1, 3
ASKED = (
    ("Соколова Анна Игоревна", "Когда начнут ремонт моста через речку", BookedVia.SITE),
    ("Дроздов Илья Петрович", "Не работает медпункт в посёлке", BookedVia.PHONE),
    ("Чижова Мария Олеговна", "Просим остановку школьного автобуса ближе к дому", BookedVia.PHONE),
)
OUT_OF_TURN = ("Воробьёв Николай Фёдорович", "Нужен пандус у подъезда")


def open_reception(place: Municipality, now: datetime) -> None:
    """The head receives on Tuesdays, his deputy on Thursdays; four citizens are booked.

    Visits of the weeks before are told with their cards.
    """
    access = Access.system(place.pk, "Приёмная")
    head = (
        Appointment.objects.filter(role__municipality=place, role__slug="head")
        .select_related("account", "body")
        .first()
    )
    with clock.frozen(now):
        chief = _host(access, head, TUESDAY)
        tell_receptions(access, chief, TUESDAY, now)
        deputy = NewHost(
            name="Лебедева Ольга Викторовна",
            position="заместитель главы округа",
            place="администрация, кабинет 7",
            phone="8 900 000-00-07",
            body_id=head.body_id if head else None,
        )
        other = save_host(access=access, new=deputy)
        _hours(access, other, THURSDAY)
        _book(access, chief, now)


def _host(access: Access, head: Appointment | None, weekday: int) -> Host:
    new = NewHost(
        name=head.account.full_name if head else "Глава округа",
        position="глава округа",
        place="администрация, кабинет 1",
        phone="8 900 000-00-01",
        body_id=head.body_id if head else None,
        account_id=head.account_id if head else None,
    )
    host = save_host(access=access, new=new)
    _hours(access, host, weekday)
    return host


def _hours(access: Access, host: Host, weekday: int) -> None:
    hours = NewHours(weekday=weekday, opens=time(14), closes=time(17))
    open_hours(access=access, host_id=host.pk, new=hours)


def _book(access: Access, host: Host, now: datetime) -> None:
    first = open_days(host_of(access, host.pk), now=now)[0]
    for n, (name, question, via) in enumerate(ASKED):
        new = NewVisit(
            host_id=host.pk,
            applicant=NewApplicant(name=name, phone=f"+7 900 000-03-{n:02d}"),
            question=question,
            starts_at=first.slots[n].starts_at,
            via=via,
        )
        book(access=access, new=new)
    name, question = OUT_OF_TURN
    disabled = next(
        row for row in categories_applied(access.municipality_id) if "Инвалиды I" in row.label
    )
    new = NewVisit(
        host_id=host.pk,
        applicant=NewApplicant(name=name, phone="+7 900 000-03-09"),
        question=question,
        day=first.day,
        category_id=disabled.pk,
        via=BookedVia.PHONE,
    )
    book(access=access, new=new)
