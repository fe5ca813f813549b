"""A centre is never left without somebody who may change its structure and appointments.

The program itself (command line) is not held back: it can always appoint somebody again.
"""

from __future__ import annotations

from datetime import date

from otklik.base import clock
from otklik.base.errors import Refused
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Appointment, Municipality, Role
from otklik.directory.organisation.queries import organisers_staying
from otklik.directory.organisation.rules import Access


def keep_an_organiser(access: Access, *, besides: Role) -> None:
    """Raise Refused when taking the right from the role would leave nobody with it for good."""
    if access.unlimited:
        return
    centre = _locked(access)
    staying = organisers_staying(centre.pk, clock.today(centre.tz)).filter(until__isnull=True)
    if staying.filter(role=besides).exists() and not staying.exclude(role=besides).exists():
        raise Refused(
            f"Роль «{besides.label}» — последняя, дающая право вести структуру.",
            "Сначала дайте это право на весь муниципалитет другой роли, которую кто-то занимает.",
        )


def keep_another_organiser(access: Access, *, leaving: Appointment, on: date) -> None:
    """Raise Refused when the appointment ending on `on` is the last with the right.

    One without an end date must leave behind one without an end date.
    """
    if access.unlimited:
        return
    centre = _locked(access)
    before = organisers_staying(centre.pk, on)
    if not before.filter(pk=leaving.pk).exists():
        return
    others = before.exclude(pk=leaving.pk)
    if leaving.until is None:
        others = others.filter(until__isnull=True)
    if not others.exists():
        raise _last(leaving.account)


def keep_an_organiser_besides(access: Access, *, account: Account) -> None:
    """Raise Refused when nobody but this person may keep the structure for good."""
    if access.unlimited:
        return
    centre = _locked(access)
    staying = organisers_staying(centre.pk, clock.today(centre.tz)).filter(until__isnull=True)
    if staying.filter(account=account).exists() and not staying.exclude(account=account).exists():
        raise _last(account)


def _locked(access: Access) -> Municipality:
    # Two last holders must not dismiss each other at one moment.
    rows = Municipality.objects.select_for_update(no_key=True)
    return rows.get(pk=access.municipality_id)


def _last(account: Account) -> Refused:
    return Refused(
        f"{account.short_name} — последний, кто может вести структуру и назначения.",
        "Сначала бессрочно назначьте на такую роль другого сотрудника.",
    )
