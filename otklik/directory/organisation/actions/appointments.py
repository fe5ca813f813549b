"""Who holds which role, from when to when, and on what basis."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from otklik.base.errors import Refused
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.actions.last_holder import keep_another_organiser
from otklik.directory.organisation.events import (
    Appointed,
    AppointmentEnded,
    SubstituteNamed,
)
from otklik.directory.organisation.models import Appointment, Block, Body, Role
from otklik.directory.organisation.queries import (
    regulation_facts,
    regulation_in_force,
)
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record


def appoint(
    *,
    access: Access,
    account: Account,
    role: Role,
    since: date,
    body: Body | None = None,
    block: Block | None = None,
    position: str = "",
    until: date | None = None,
    basis: str = "",
) -> Appointment:
    """Put a person into a role. One person may hold several roles; rights add up.

    `basis` is the appointing document («постановление от 28.06.2021 № 965»). Raises Refused where
    the regulation asks for a decision and none is given (tuapse:3.2, 4.1; dedovichi:9, 10),
    where one person at a time holds the role and it is taken (ust-kubinsky:4.3, tuapse:3.3, 3.5),
    before the regulation is in force (tuapse:order.9, dedovichi:order.4),
    and for dates in disorder.
    """
    access = access.require(Permission.ORGANISE)
    _same_municipality(access, role, body, block)
    with transaction.atomic():
        Role.objects.select_for_update().get(pk=role.pk)
        _in_order(since, until)
        _founded(role, basis)
        _lawful(role, since)
        _free(role, block, since, until)
        appointment = Appointment.objects.create(
            account=account,
            role=role,
            body=body,
            block=block,
            position=position or (body.head_position if body else ""),
            since=since,
            until=until,
            basis=basis,
        )
        event = Appointed(
            subject_id=appointment.pk,
            account_id=account.pk,
            role=role.label,
            position=appointment.position,
            since=since,
            until=until,
            basis=basis,
        )
        record(event, actor=access.actor, municipality_id=role.municipality_id)
    return appointment


def name_substitute(
    *,
    access: Access,
    appointment: Appointment,
    account: Account,
    since: date,
    until: date,
) -> Appointment:
    """Give a person the role of an absent holder for the dates of absence (ust-kubinsky:4.4).

    What the substitute does is recorded under the substitute's own name. Raises Refused for
    dates outside the appointment and for a substitute who is the absent person.
    """
    access = access.require(Permission.ORGANISE)
    _same_municipality(access, appointment.role, None, None)
    if account.pk == appointment.account_id:
        raise Refused("Человек не может замещать сам себя.", "Выберите другого сотрудника.")
    if until < since or not (appointment.in_force(since) and appointment.in_force(until)):
        raise Refused(
            "Даты замещения выходят за срок назначения.",
            "Укажите даты внутри срока, на который назначен отсутствующий.",
        )
    with transaction.atomic():
        substitution = Appointment.objects.create(
            account=account,
            role=appointment.role,
            body=appointment.body,
            block=appointment.block,
            position=appointment.position,
            since=since,
            until=until,
            substitutes=appointment,
            basis="на время отсутствия",
        )
        record(
            SubstituteNamed(
                subject_id=substitution.pk,
                account_id=account.pk,
                role=appointment.role.label,
                substitutes=appointment.pk,
                since=since,
                until=until,
            ),
            actor=access.actor,
            municipality_id=appointment.role.municipality_id,
        )
    return substitution


def end_appointment(*, access: Access, appointment: Appointment, on: date) -> Appointment:
    """The last day in the role is `on`. History stays: the row gets its end date.

    Substitutions for it end not later. Raises Refused for a date before its start and for the last
    person who may organise everything.
    """
    access = access.require(Permission.ORGANISE)
    _same_municipality(access, appointment.role, None, None)
    with transaction.atomic():
        locked = Appointment.objects.select_for_update().get(pk=appointment.pk)
        if on < locked.since:
            raise Refused(
                "Назначение не может закончиться раньше, чем началось.",
                "Проверьте дату.",
            )
        keep_another_organiser(access, leaving=locked, on=on)
        locked.until = on
        locked.save(update_fields=["until"])
        locked.substitutions.filter(since__lte=on, until__gt=on).update(until=on)
        record(
            AppointmentEnded(subject_id=locked.pk, role=locked.role.label, until=locked.until),
            actor=access.actor,
            municipality_id=locked.role.municipality_id,
        )
    return locked


def _same_municipality(access: Access, role: Role, body: Body | None, block: Block | None) -> None:
    owners = {thing.municipality_id for thing in (role, body, block) if thing is not None}
    if owners != {access.municipality_id}:
        raise Refused(
            "Роль, орган и блок принадлежат другому муниципалитету.",
            "Выберите их из списков своего муниципалитета.",
        )


def _in_order(since: date, until: date | None) -> None:
    if until is not None and until < since:
        raise Refused("Назначение кончается раньше, чем начинается.", "Проверьте даты.")


def _founded(role: Role, basis: str) -> None:
    needed = regulation_facts(role.municipality).decisions.get(role.slug)
    if needed and not basis.strip():
        raise Refused(
            f"Для роли «{role.label}» нужно основание: {needed}.",
            "Впишите документ, его дату и номер.",
        )


def _free(role: Role, block: Block | None, since: date, until: date | None) -> None:
    per = regulation_facts(role.municipality).single_roles.get(role.slug)
    if per is None:
        return
    held = role.appointments.filter(substitutes__isnull=True).exclude(until__lt=since)
    if until is not None:
        held = held.filter(since__lte=until)
    if per == "block":
        held = held.filter(block=block)
    if holder := held.select_related("account").first():
        raise Refused(
            f"Роль «{role.label}» уже занимает {holder.account.short_name}.",
            "Сначала укажите дату, до которой действует прежнее назначение.",
        )


def _lawful(role: Role, since: date) -> None:
    act = regulation_in_force(role.municipality_id, since)
    later = role.municipality.regulations.filter(in_force_from__gt=since).first()
    if act is None and later is not None and later.in_force_from is not None:
        raise Refused(
            f"Положение действует с {later.in_force_from:%d.%m.%Y}, роль нельзя занять раньше.",
            "Укажите более позднюю дату назначения.",
        )
