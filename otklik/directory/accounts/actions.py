"""The only writers of accounts; rights are checked by `organisation`, which knows them."""

from __future__ import annotations

import secrets

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from otklik.base.actor import Actor
from otklik.base.errors import Refused
from otklik.directory.accounts.events import AccountBlocked, AccountUnblocked, PersonAdded
from otklik.directory.accounts.models import Account
from otklik.records.journal.actions import record


def create_account(
    *, email: str, full_name: str, actor: Actor, municipality_id: int | None
) -> tuple[Account, str]:
    """The account of the e-mail (in any case of letters) and the password of first entry.

    The password is empty for an account that was there. Raises Refused for a wrong e-mail, an
    empty name, and an account that is blocked.
    """
    email, full_name = email.strip(), " ".join(full_name.split())
    with transaction.atomic():
        known = Account.objects.filter(email__iexact=email).first()
        if known is not None:
            return _allowed(known), ""
        _check(email, full_name)
        password = secrets.token_urlsafe(12)
        account = Account.objects.create_user(email, full_name, password)
        event = PersonAdded(subject_id=account.pk, full_name=full_name)
        record(event, actor=actor, municipality_id=municipality_id)
    return account, password


def block_account(
    *, account: Account, reason: str, actor: Actor, municipality_id: int | None
) -> None:
    """Let the person in no more; open pages stop working at the next step.

    Appointments stay as they are. Raises Refused without a reason, for one's own account and for
    one that is blocked already.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise Refused("Не сказано, почему вход отключают.", "Впишите причину: она будет в журнале.")
    if account.pk == actor.account_id:
        raise Refused("Нельзя отключить вход самому себе.", "Попросите об этом другого сотрудника.")
    with transaction.atomic():
        locked = _locked(account)
        if not locked.is_active:
            raise Refused(f"{locked.short_name}: вход уже отключён.")
        _switch(locked, active=False)
        event = AccountBlocked(subject_id=locked.pk, full_name=locked.full_name, reason=reason)
        record(event, actor=actor, municipality_id=municipality_id)
    account.is_active = False


def unblock_account(*, account: Account, actor: Actor, municipality_id: int | None) -> None:
    """Let the person in again, with the password as it was. Raises Refused for one not blocked."""
    with transaction.atomic():
        locked = _locked(account)
        if locked.is_active:
            raise Refused(f"{locked.short_name}: вход не отключён.")
        _switch(locked, active=True)
        event = AccountUnblocked(subject_id=locked.pk, full_name=locked.full_name)
        record(event, actor=actor, municipality_id=municipality_id)
    account.is_active = True


def _check(email: str, full_name: str) -> None:
    try:
        validate_email(email)
    except ValidationError:
        raise Refused(
            f"«{email}» — не адрес почты.", "Впишите адрес вида ivanova@example.ru."
        ) from None
    if not full_name:
        raise Refused("Не названо имя сотрудника.", "Впишите фамилию, имя и отчество.")


def _allowed(account: Account) -> Account:
    if not account.is_active:
        raise Refused(
            f"Учётная запись {account.email} отключена.",
            "Сначала включите вход: в карточке сотрудника или командой otklik person unblock.",
        )
    return account


def _locked(account: Account) -> Account:
    return Account.objects.select_for_update(no_key=True).get(pk=account.pk)


def _switch(account: Account, *, active: bool) -> None:
    account.is_active = active
    account.save(update_fields=["is_active"])
