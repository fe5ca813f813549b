"""A person presented by a door becomes a member of staff with the roles that the claims give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from otklik.base.errors import Forbidden, Refused
from otklik.directory.accounts.actions import create_account
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.actions import appoint, end_appointment
from otklik.directory.organisation.models import Appointment
from otklik.directory.organisation.queries import appointments_in_force, regulation_facts
from otklik.directory.organisation.rules import Access
from otklik.exchange.signin.events import EnteredByDoor, EntryRefused
from otklik.exchange.signin.models import ExternalDoor, GrantedRole, RoleRule
from otklik.exchange.signin.rules.claims import Presented, fits, is_strong
from otklik.records.journal.actions import record

ASK = "Обратитесь к администратору центра: он заведёт вас в «Сотрудниках» или даст нужную группу."


@dataclass(frozen=True)
class Entered:
    """`strong`: the door has asked a second factor itself."""

    account: Account
    strong: bool


def enter(*, door: ExternalDoor, who: Presented, on: date) -> Entered:
    """Whom to let in, with the roles of the day brought up to date.

    Known by the subject, else by a confirmed e-mail of a member of this centre, else (where the
    door says so) made anew for one whom a rule of roles fits. Raises Forbidden for all others; what
    a lost claim takes away is taken all the same, and the refusal stands in the journal.
    """
    access = Access.system(door.municipality_id, f"Вход «{door.title}»")
    with transaction.atomic():
        ExternalDoor.objects.select_for_update(no_key=True).get(pk=door.pk)
        before = transaction.savepoint()
        account, bound, refusal = _found(access, door, who, on)
        refused: list[str] = []
        if account is not None and refusal is None:
            refused, refusal = _bring_up_to_date(access, door, account, who, on)
        if account is not None and refusal is None:
            return _let_in(access, door, account, who, bound=bound, refused=refused)
        if bound:
            # An account made for nothing must not stay.
            transaction.savepoint_rollback(before)
        refusal = refusal or Forbidden("Вас нет среди сотрудников центра.", ASK)
        said = EntryRefused(
            subject_id=door.pk, door=door.title, who=_said(who), reason=refusal.message
        )
        record(said, actor=access.actor, municipality_id=door.municipality_id)
    raise refusal


def _let_in(
    access: Access,
    door: ExternalDoor,
    account: Account,
    who: Presented,
    *,
    bound: bool,
    refused: list[str],
) -> Entered:
    strong = is_strong(who.methods, door.set_to.strong)
    if bound:
        SocialAccount.objects.create(user=account, provider=door.key, uid=who.subject)
    event = EnteredByDoor(
        subject_id=account.pk, full_name=account.full_name, door=door.title, bound=bound,
        strong=strong, refused_roles=refused,
    )  # fmt: skip
    record(event, actor=access.actor, municipality_id=door.municipality_id)
    return Entered(account, strong)


Found = tuple[Account | None, bool, Forbidden | None]


def _found(access: Access, door: ExternalDoor, who: Presented, on: date) -> Found:
    """The account, whether it is to be bound to the subject now, and why it may not enter."""
    if not who.subject:
        return None, False, Forbidden("Внешняя система не назвала, кто входит.", ASK)
    known = SocialAccount.objects.filter(provider=door.key, uid=who.subject).first()
    if known is not None:
        account = Account.objects.get(pk=known.user_id)
        return account, False, _hindered(door, account, on)
    named = Account.objects.filter(email__iexact=who.email).first() if who.email else None
    if named is not None:
        return _by_email(door, who, named, on)
    return _made(access, door, who)


def _by_email(door: ExternalDoor, who: Presented, named: Account, on: date) -> Found:
    ours = _held(door, named, on)
    if not (door.set_to.link_by_email and who.email_sure and ours):
        mend = "Войдите с паролем или обратитесь к администратору центра."
        return None, False, Forbidden("Эту учётную запись нельзя узнать по почте.", mend)
    if SocialAccount.objects.filter(provider=door.key, user=named).exists():
        return None, False, Forbidden(
            "С этой учётной записью уже связан другой человек внешней системы.", ASK
        )  # fmt: skip
    return named, True, _hindered(door, named, on)


def _made(access: Access, door: ExternalDoor, who: Presented) -> Found:
    if not door.set_to.create_people or not _fitting(door, who):
        return None, False, None
    if not (who.email and who.email_sure and who.full_name):
        return None, False, Forbidden(
            "Внешняя система не передала подтверждённую почту или имя.",
            "Попросите её администратора передавать email, email_verified и имя.",
        )  # fmt: skip
    account, _ = create_account(
        email=who.email,
        full_name=who.full_name,
        actor=access.actor,
        municipality_id=access.municipality_id,
    )
    return account, True, None


def _hindered(door: ExternalDoor, account: Account, on: date) -> Forbidden | None:
    """One centre's system must not open doors of another or of the server."""
    if not account.is_active:
        return Forbidden("Вход для вас отключён.", "Обратитесь к администратору центра.")
    elsewhere = appointments_in_force(on).filter(account=account)
    if account.is_staff or account.is_superuser:
        return Forbidden("Администратор сервера входит только с паролем.", "Войдите с паролем.")
    if elsewhere.exclude(role__municipality_id=door.municipality_id).exists():
        return Forbidden("Вы работаете в нескольких центрах.", "Войдите с почтой и паролем.")
    return None


def _held(door: ExternalDoor, account: Account, on: date) -> list[Appointment]:
    found = appointments_in_force(on).filter(account=account)
    return list(found.filter(role__municipality_id=door.municipality_id))


def _fitting(door: ExternalDoor, who: Presented) -> list[RoleRule]:
    rules = door.rules.select_related("role", "body")
    return [one for one in rules if fits(who.claims, one.claim, one.value)]


def _bring_up_to_date(
    access: Access, door: ExternalDoor, account: Account, who: Presented, on: date
) -> tuple[list[str], Forbidden | None]:
    """Give and take roles; the roles that could not be given, and why he may not enter."""
    fitting = _fitting(door, who)
    held = _held(door, account, on)
    given = GrantedRole.objects.filter(door=door, appointment__in=[one.pk for one in held])
    ours = set(given.values_list("appointment_id", flat=True))
    wanted = {(one.role_id, one.body_id) for one in fitting}
    for one in held:
        if one.pk in ours and (one.role_id, one.body_id) not in wanted:
            _take(access, one, on)
    have = {(one.role_id, one.body_id) for one in held}
    refused = _give(access, door, account, fitting, have, on)
    staying = [one for one in held if one.pk not in ours]
    if not staying and not fitting:
        return refused, Forbidden("У вас нет роли в центре.", ASK)
    if not staying and not _held(door, account, on):
        return refused, Forbidden(f"Роль дать не удалось: {'; '.join(refused)}", ASK)
    return refused, None


def _give(
    access: Access,
    door: ExternalDoor,
    account: Account,
    rules: Sequence[RoleRule],
    have: set[tuple[int, int | None]],
    on: date,
) -> list[str]:
    refused = []
    for one in rules:
        if (one.role_id, one.body_id) in have:
            continue
        have.add((one.role_id, one.body_id))
        try:
            with transaction.atomic():
                made = appoint(
                    access=access,
                    account=account,
                    role=one.role,
                    body=one.body,
                    since=on,
                    basis=_basis(door, one),
                )
                GrantedRole.objects.create(door=door, appointment=made)
        except Refused as error:
            refused.append(error.message)
    return refused


def _basis(door: ExternalDoor, rule: RoleRule) -> str:
    """The decision of the rule; without one, the door itself, unless a decision is due."""
    if regulation_facts(door.municipality).decisions.get(rule.role.slug) and not rule.basis:
        return ""
    how = f"вход «{door.title}»: {rule.claim} = {rule.value}"
    return (f"{rule.basis}; {how}" if rule.basis else how)[:300]


def _take(access: Access, appointment: Appointment, on: date) -> None:
    """From today on; what was given today holds till its end."""
    last = max(on - timedelta(days=1), appointment.since)
    end_appointment(access=access, appointment=appointment, on=last)


def _said(who: Presented) -> str:
    return who.full_name or who.email or who.subject or "неизвестный"
