"""Steps of escalation and quiet hours: set by those who set up the centre."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from django.db import transaction

from otklik.base.errors import NotFound, Refused
from otklik.casework.control.events import EscalationSet
from otklik.casework.control.models import EscalationStep, Quiet
from otklik.casework.control.vocabulary import Addressee, Side, StepUnit
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Role, RoleGrant
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.records.journal.actions import record

MOST = 60
HEADS = ("head", "coordinator")
"""Slugs by which the presets name whoever is in charge of the centre."""


@dataclass(frozen=True, kw_only=True)
class NewStep:
    side: str
    amount: int
    unit: str
    addressee: str
    role_id: int | None = None
    account_id: int | None = None


@transaction.atomic
def save_step(*, access: Access, new: NewStep) -> EscalationStep:
    """Add a step. Raises Forbidden, and Refused when it does not say when or whom."""
    access = access.require(Permission.SET_UP)
    _check(access, new)
    step = EscalationStep.objects.create(
        municipality_id=access.municipality_id,
        side=new.side,
        amount=new.amount,
        unit=new.unit,
        addressee=new.addressee,
        role_id=new.role_id if new.addressee == Addressee.ROLE else None,
        account_id=new.account_id if new.addressee == Addressee.PERSON else None,
    )
    _record(access, step.pk, f"добавлена ступень — {step.when}, {step.whom}")
    return step


@transaction.atomic
def drop_step(*, access: Access, step_id: int) -> None:
    """A step no longer works; whom it has told stays on record."""
    access = access.require(Permission.SET_UP)
    found = EscalationStep.objects.filter(
        pk=step_id, municipality_id=access.municipality_id, is_active=True
    )
    if not found.update(is_active=False):
        raise NotFound("Такой ступени нет.", "Обновите страницу.")
    _record(access, step_id, "ступень снята")


@transaction.atomic
def set_quiet(
    *,
    access: Access,
    digest_at: time,
    quiet_from: time,
    quiet_until: time,
    at_night: bool,
    on_days_off: bool,
) -> Quiet:
    """When people are told. Refused when the digest would never come out."""
    access = access.require(Permission.SET_UP)
    quiet = quiet_of(access.municipality_id, lock=True)
    quiet.digest_at, quiet.quiet_from, quiet.quiet_until = digest_at, quiet_from, quiet_until
    quiet.at_night, quiet.on_days_off = at_night, on_days_off
    inside = (
        quiet_from <= digest_at < quiet_until
        if quiet_from <= quiet_until
        else digest_at >= quiet_from or digest_at < quiet_until
    )
    if inside and not at_night:
        raise Refused(
            "Утренняя сводка попадает в тихие часы.", "Назначьте её после окончания тихих часов."
        )
    quiet.save()
    _record(access, quiet.pk, f"сводка в {digest_at:%H:%M}")
    return quiet


@transaction.atomic
def quiet_of(municipality_id: int, *, lock: bool = False) -> Quiet:
    """Quiet hours of the centre; the first time also the usual steps, by its own roles."""
    _, created = Quiet.objects.get_or_create(municipality_id=municipality_id)
    if created:
        install_steps(municipality_id)
    rows = Quiet.objects.select_for_update() if lock else Quiet.objects.all()
    return rows.get(municipality_id=municipality_id)


def install_steps(municipality_id: int) -> None:
    """Executor → contact of the body → block lead → head, as far as the centre has these roles."""
    day = {"municipality_id": municipality_id, "unit": StepUnit.DAYS}
    steps = [
        EscalationStep(**day, side=Side.BEFORE, amount=2, addressee=Addressee.EXECUTOR),
    ]
    for scope, side, amount in ((Scope.BODY, Side.BEFORE, 1), (Scope.BLOCK, Side.AFTER, 0)):
        steps += [
            EscalationStep(**day, side=side, amount=amount, addressee=Addressee.ROLE, role=role)
            for role in _controlling(municipality_id, scope)
        ]
    heads = Role.objects.filter(municipality_id=municipality_id, slug__in=HEADS)
    steps += [
        EscalationStep(**day, side=Side.AFTER, amount=1, addressee=Addressee.ROLE, role=role)
        for role in heads
    ]
    if not heads:
        step = EscalationStep(**day, side=Side.AFTER, amount=1, addressee=Addressee.CONTROL)
        steps.append(step)
    EscalationStep.objects.bulk_create(steps)


def _controlling(municipality_id: int, scope: Scope) -> list[Role]:
    grants = RoleGrant.objects.filter(permission=Permission.CONTROL, scope=scope)
    return list(
        Role.objects.filter(municipality_id=municipality_id, pk__in=grants.values("role_id"))
    )


def _check(access: Access, new: NewStep) -> None:
    if new.side not in Side.values or new.unit not in StepUnit.values:
        raise Refused("Не сказано, когда напоминать.", "Выберите «до» или «после» и единицу.")
    if not 0 <= new.amount <= MOST:
        raise Refused(f"Число — от 0 до {MOST}.", "Исправьте число дней или часов.")
    if new.addressee not in Addressee.values:
        raise Refused("Не сказано, кому напоминать.", "Выберите адресата.")
    here = access.municipality_id
    if new.addressee == Addressee.ROLE and not (
        Role.objects.filter(pk=new.role_id or 0, municipality_id=here).exists()
    ):
        raise Refused("Не выбрана роль.", "Выберите роль из списка.")
    if new.addressee == Addressee.PERSON and not (
        Account.objects.filter(
            pk=new.account_id or 0, appointments__role__municipality_id=here
        ).exists()
    ):
        raise Refused("Не выбран сотрудник.", "Выберите сотрудника из списка.")


def _record(access: Access, subject_id: int, what: str) -> None:
    record(
        EscalationSet(subject_id=subject_id, what=what),
        actor=access.actor,
        municipality_id=access.municipality_id,
    )
