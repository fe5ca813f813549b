"""Who answers for which direction of a block, and whose job description says so."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Forbidden, Refused
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.events import DirectionHeld, JobDescriptionMarked
from otklik.directory.organisation.models import (
    Appointment,
    Block,
    DirectionHolder,
    JobDescription,
    Municipality,
)
from otklik.directory.organisation.queries import led_blocks
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.attachments.actions import store
from otklik.records.journal.actions import record

JOB_DESCRIPTION = "job_description"


def hold_direction(
    *, access: Access, block: Block, direction: str, account: Account, on: date
) -> DirectionHolder:
    """Assign an employee to a main direction of a block (tuapse:order.4.1).

    For those who keep the structure, and for the lead of the block. A second call names another.
    Raises Forbidden for others, Refused for an empty direction.
    """
    access = _leads(access, {block.pk}, on)
    if not direction.strip():
        raise Refused("Не выбрано направление.", "Выберите направление блока.")
    with transaction.atomic():
        held, _ = DirectionHolder.objects.update_or_create(
            block=block,
            direction=direction.strip(),
            defaults={
                "account": account,
                "assigned_on": on,
                "assigned_label": access.actor.label,
            },
        )
        event = DirectionHeld(
            subject_id=block.pk,
            direction=held.direction,
            account_id=account.pk,
            full_name=account.full_name,
        )
        record(event, actor=access.actor, municipality_id=access.municipality_id)
    return held


def set_directions_due(*, access: Access, due_on: date | None) -> None:
    """The day until which employees are to be assigned to directions."""
    access = access.require(Permission.ORGANISE)
    with transaction.atomic():
        place = Municipality.objects.select_for_update().get(pk=access.municipality_id)
        place.settings["directions_due_on"] = due_on.isoformat() if due_on else ""
        place.save(update_fields=["settings"])


def mark_job_description(
    *,
    access: Access,
    appointment: Appointment,
    updated_on: date,
    note: str = "",
    file: tuple[str, bytes] | None = None,
    on: date,
) -> JobDescription:
    """Note that the job description was brought up to date (tuapse:order.4.2, novoduginsky:5).

    The approval of the description is a personnel act outside the system. Raises Forbidden for
    those who neither keep the structure nor lead the block; Refused for a day ahead.
    """
    access = _leads(access, {appointment.block_id, *_blocks_of(appointment)}, on)
    if updated_on > on:
        raise Refused("Дата инструкции ещё не наступила.", "Укажите дату документа.")
    with transaction.atomic():
        marked, _ = JobDescription.objects.update_or_create(
            appointment=appointment,
            defaults={
                "updated_on": updated_on,
                "note": note.strip(),
                "marked_label": access.actor.label,
                "marked_at": clock.now(),
            },
        )
        if file:
            store(
                municipality_id=access.municipality_id,
                file_name=file[0],
                content=file[1],
                subject=JOB_DESCRIPTION,
                subject_id=appointment.pk,
            )
        event = JobDescriptionMarked(
            subject_id=appointment.pk,
            account_id=appointment.account_id,
            updated_on=updated_on,
            note=marked.note,
        )
        record(event, actor=access.actor, municipality_id=access.municipality_id)
    return marked


def _blocks_of(appointment: Appointment) -> set[int]:
    if appointment.body is None:
        return set()
    return set(appointment.body.block_memberships.values_list("block_id", flat=True))


def _leads(access: Access, block_ids: set[int | None], on: date) -> Access:
    if access.allows(Permission.ORGANISE):
        return access.under(Permission.ORGANISE)
    if not {block.pk for block in led_blocks(access, on)} & block_ids:
        raise Forbidden(
            "Это делает ответственный за отраслевой блок.", "Обратитесь к нему или к руководителю."
        )
    return access
