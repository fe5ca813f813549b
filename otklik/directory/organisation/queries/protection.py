"""Who is let in here and how well: accounts, second factors, people before personal data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator

from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.queries.access import accesses_of, appointments_in_force
from otklik.directory.organisation.queries.keeping import people
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission, SecondFactor

IDLE = timedelta(days=90)
"""After how long without signing in an account is called forgotten."""
KEEPING = (Permission.SET_UP, Permission.ORGANISE, Permission.JOURNAL)


@dataclass(frozen=True)
class Door:
    """People of the centre by what their accounts lack; each list by name."""

    active: list[Account]
    blocked: list[Account]
    without_role: list[Account]
    idle: list[Account]
    before_personal: list[Account]
    demanded: list[Account]
    without_factor: list[Account]


def door_of(place: Municipality, now: datetime) -> Door:
    """The state of the accounts of the centre. As many queries however many people."""
    today = now.astimezone(place.tz).date()
    everybody = list(people(place.pk, today))
    active = [one for one in everybody if one.is_active]
    accesses = accesses_of(place.pk, today)
    elsewhere = set(
        appointments_in_force(today)
        .filter(account__in=[one.pk for one in active])
        .values_list("account_id", flat=True)
    )
    secured = _secured([one.pk for one in active])
    demanded = [
        one
        for one in active
        if one.pk in accesses and factor_demanded(place.second_factor, accesses[one.pk])
    ]
    return Door(
        active=active,
        blocked=[one for one in everybody if not one.is_active],
        without_role=[one for one in active if one.pk not in elsewhere],
        idle=[one for one in active if (one.last_login or one.created_at) < now - IDLE],
        before_personal=[
            one
            for one in active
            if one.pk in accesses and accesses[one.pk].may(Permission.VIEW_PERSONAL)
        ],
        demanded=demanded,
        without_factor=[one for one in active if one.pk not in secured],
    )


def factor_demanded(rule: str, access: Access) -> bool:
    """Whether a one-time code is demanded of this person by the rule of the centre."""
    if rule == SecondFactor.ALL:
        return True
    if rule == SecondFactor.PERSONAL:
        return access.may(Permission.VIEW_PERSONAL)
    if rule == SecondFactor.KEEPERS:
        return any(access.may(right) for right in KEEPING)
    return False


def has_factor(account_id: int) -> bool:
    """Whether the person signs in with one-time codes."""
    return bool(_secured([account_id]))


def password_length_for(account_id: int | None, on: datetime) -> int:
    """The strictest demand of the centres where the person works; of all, for nobody known."""
    places = Municipality.objects.all()
    if account_id is not None:
        held = appointments_in_force(on.date()).filter(account_id=account_id)
        places = places.filter(pk__in=held.values("role__municipality_id"))
    lengths = places.values_list("password_length", flat=True)
    return max(lengths, default=Municipality._meta.get_field("password_length").default)


def _secured(account_ids: list[int]) -> set[int]:
    rows = Authenticator.objects.filter(user_id__in=account_ids, type=Authenticator.Type.TOTP)
    return set(rows.values_list("user_id", flat=True))
