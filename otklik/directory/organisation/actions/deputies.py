"""The head of a block names who answers for him in it, without the administrator."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Forbidden, Refused
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.events import AppointmentEnded, SubstituteNamed
from otklik.directory.organisation.models import Appointment
from otklik.directory.organisation.queries import appointments_in_force
from otklik.directory.organisation.rules import Access
from otklik.records.journal.actions import record

BASIS = "назначил руководитель блока"


@transaction.atomic
def name_deputy(
    *, access: Access, appointment: Appointment, account: Account, since: date, until: date
) -> Appointment:
    """Let a colleague do in one's block what one does oneself, for some days.

    (pereslavl:2.4.1, tuapse:3.5.1.) Only for one's own appointment to a block, never handed on
    by a deputy. Raises Forbidden, Refused.
    """
    today = clock.today(appointment.role.municipality.tz)
    own = appointment.account_id == access.account_id and appointment.substitutes_id is None
    if not own or appointment.block_id is None or not appointment.in_force(today):
        raise Forbidden("Назначить за себя может только руководитель своего блока.")
    here = appointments_in_force(today).filter(
        account=account, role__municipality_id=access.municipality_id
    )
    if account.pk == access.account_id or not account.is_active or not here.exists():
        raise Refused("Выберите другого сотрудника центра.", "Себя назначить нельзя.")
    if since < today or until < since or not appointment.in_force(until):
        raise Refused(
            "Даты выходят за срок вашего назначения.", "Укажите дни от сегодняшнего и позже."
        )
    made = Appointment.objects.create(
        account=account,
        role=appointment.role,
        body=appointment.body,
        block=appointment.block,
        position=appointment.position,
        since=since,
        until=until,
        substitutes=appointment,
        basis=BASIS,
    )
    event = SubstituteNamed(
        subject_id=made.pk,
        account_id=account.pk,
        role=appointment.role.label,
        substitutes=appointment.pk,
        since=since,
        until=until,
    )
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    return made


@transaction.atomic
def end_deputy(*, access: Access, appointment: Appointment) -> None:
    """From tomorrow the deputy answers no more; only whoever named him ends it."""
    named = appointment.substitutes
    if named is None or named.account_id != access.account_id:
        raise Forbidden("Прекратить может тот, кто назначил.")
    today = clock.today(appointment.role.municipality.tz)
    appointment.until = max(today, appointment.since)
    appointment.save(update_fields=["until"])
    event = AppointmentEnded(
        subject_id=appointment.pk, role=appointment.role.label, until=appointment.until
    )
    record(event, actor=access.actor, municipality_id=access.municipality_id)
