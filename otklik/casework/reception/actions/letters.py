"""Letters to those who booked: at once, and the day before."""

from __future__ import annotations

from otklik.base.actor import Actor
from otklik.base.errors import Refused
from otklik.casework.reception.models import Visit
from otklik.exchange.channels.actions import queue_message
from otklik.exchange.channels.vocabulary import ChannelKind, Purpose


def confirm(visit: Visit, code: str, *, actor: Actor) -> bool:
    """The receipt by mail where an address was given."""
    return _send(
        visit,
        actor=actor,
        key=f"reception:{visit.pk}",
        subject=f"Запись на личный приём № {visit.number}",
        text=(
            f"Здравствуйте!\n\nВы записаны на личный приём: {_where(visit)}\n\n"
            f"Номер записи {visit.number}, код {code}: по ним запись можно перенести или отменить "
            "на сайте. Возьмите документ, удостоверяющий личность."
        ),
    )


def remind_of(visit: Visit, *, actor: Actor) -> bool:
    return _send(
        visit,
        actor=actor,
        key=f"reception-reminder:{visit.pk}:{visit.day.isoformat()}",
        subject=f"Напоминание о личном приёме {visit.day:%d.%m.%Y}",
        text=(
            f"Здравствуйте!\n\nНапоминаем о личном приёме: {_where(visit)}\n\n"
            "Возьмите документ, удостоверяющий личность. Если прийти не получится, отмените "
            f"запись № {visit.number} на сайте или по телефону: время достанется другому."
        ),
    )


def _where(visit: Visit) -> str:
    time = "вне очереди"
    if visit.starts_at:
        time = f"{visit.starts_at.astimezone(visit.host.municipality.tz):%H:%M}"
    return f"{visit.day:%d.%m.%Y}, {time}. {visit.host}. {visit.host.place}."


def _send(visit: Visit, *, actor: Actor, key: str, subject: str, text: str) -> bool:
    if not visit.applicant.email:
        return False
    try:
        queue_message(
            municipality_id=visit.municipality_id,
            actor=actor,
            channel=ChannelKind.EMAIL,
            purpose=Purpose.RECEIPT,
            recipient=visit.applicant.email,
            subject=subject,
            text=text,
            key=key,
        )
    except Refused:
        # The centre has no mailbox of its own yet.
        return False
    return True
