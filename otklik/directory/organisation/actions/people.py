"""New people of a centre, and those who are let in no more."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import NotFound, Refused
from otklik.directory.accounts.actions import block_account, create_account, unblock_account
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.actions.appointments import appoint
from otklik.directory.organisation.actions.changes import NewChange, propose_change
from otklik.directory.organisation.actions.last_holder import keep_an_organiser_besides
from otklik.directory.organisation.models import Appointment, Block, Body, CompositionChange, Role
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import ChangeKind, Permission


def add_person(
    *,
    access: Access,
    email: str,
    full_name: str,
    role: Role,
    since: date,
    body: Body | None = None,
    block: Block | None = None,
    position: str = "",
    until: date | None = None,
    basis: str = "",
) -> tuple[Appointment, str]:
    """Make an account and appoint it; returns the appointment and the password of first entry.

    An account known by the e-mail (in any case of letters) is appointed as it is, and the password
    is empty. Raises Refused as `appoint`, and for an account that is switched off.
    """
    access = access.require(Permission.ORGANISE)
    with transaction.atomic():
        account, password = _account(access, email, full_name)
        appointment = appoint(
            access=access,
            account=account,
            role=role,
            since=since,
            body=body,
            block=block,
            position=position,
            until=until,
            basis=basis,
        )
    return appointment, password


def add_person_as_draft(
    *,
    access: Access,
    email: str,
    full_name: str,
    role: Role,
    since: date,
    body: Body | None = None,
    block: Block | None = None,
    position: str = "",
    until: date | None = None,
    basis: str = "",
) -> tuple[CompositionChange, str]:
    """As `add_person`, but the appointment waits for its act; `basis` becomes the reasoning."""
    access = access.require(Permission.ORGANISE)
    with transaction.atomic():
        account, password = _account(access, email, full_name)
        new = NewChange(
            kind=ChangeKind.APPOINT,
            account=account,
            role=role,
            body=body,
            block=block,
            position=position,
            since=since,
            until=until,
            reason=basis,
        )
        return propose_change(access=access, new=new, today=since), password


def block_person(*, access: Access, account: Account, reason: str) -> None:
    """Let a person of this centre in no more; the appointments stay.

    Raises Refused as `block_account`, for one who works in another centre too, for a technical
    administrator, and for the last one who may keep the structure.
    """
    access = access.require(Permission.ORGANISE)
    with transaction.atomic():
        _check_ours(access, account)
        keep_an_organiser_besides(access, account=account)
        block_account(
            account=account,
            reason=reason,
            actor=access.actor,
            municipality_id=access.municipality_id,
        )


def unblock_person(*, access: Access, account: Account) -> None:
    """Let a person of this centre in again. Raises Refused as `unblock_account`, and as above."""
    access = access.require(Permission.ORGANISE)
    with transaction.atomic():
        _check_ours(access, account)
        unblock_account(account=account, actor=access.actor, municipality_id=access.municipality_id)


def _check_ours(access: Access, account: Account) -> None:
    """One centre does not shut the door of another."""
    held = account.appointments.all()
    if not held.filter(role__municipality_id=access.municipality_id).exists():
        raise NotFound("Такого сотрудника в вашем центре нет.", "Вернитесь к списку сотрудников.")
    if access.unlimited:
        return
    today = clock.today()
    others = held.exclude(role__municipality_id=access.municipality_id)
    if account.is_staff or others.exclude(until__lt=today).exists():
        raise Refused(
            f"{account.short_name} работает не только в вашем центре.",
            "Прекратите назначения здесь или обратитесь к администратору сервера.",
        )


def _account(access: Access, email: str, full_name: str) -> tuple[Account, str]:
    return create_account(
        email=email,
        full_name=full_name,
        actor=access.actor,
        municipality_id=access.municipality_id,
    )
