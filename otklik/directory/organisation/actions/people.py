"""New people of a centre."""

from __future__ import annotations

import secrets
from datetime import date

from django.db import transaction

from otklik.base.errors import Refused
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.actions.appointments import appoint
from otklik.directory.organisation.actions.changes import NewChange, propose_change
from otklik.directory.organisation.events import PersonAdded
from otklik.directory.organisation.models import Appointment, Block, Body, CompositionChange, Role
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import ChangeKind, Permission
from otklik.records.journal.actions import record


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
    access.require(Permission.ORGANISE)
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
    access.require(Permission.ORGANISE)
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


def _account(access: Access, email: str, full_name: str) -> tuple[Account, str]:
    """The account of the e-mail; a new one comes with its password."""
    account, password = Account.objects.filter(email__iexact=email).first(), ""
    if account is None:
        password = secrets.token_urlsafe(12)
        account = Account.objects.create_user(email, full_name, password)
        event = PersonAdded(subject_id=account.pk, full_name=account.full_name)
        record(event, actor=access.actor, municipality_id=access.municipality_id)
    if not account.is_active:
        raise Refused(
            f"Учётная запись {account.email} отключена.",
            "Попросите технического администратора включить её.",
        )
    return account, password
