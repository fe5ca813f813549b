"""Who takes part: bodies of people, people of bodies, and who may ask or answer."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from otklik.base import clock
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.queries import visible_to
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.organisation.queries import accesses_of, appointments_in_force
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission

ASKING = (Permission.ASSIGN, Permission.CONTROL, Permission.REGISTER)
ANSWERING = (Permission.DRAFT, Permission.APPROVE)


def body_of(access: Access) -> Body | None:
    """The body for which a person speaks today; None for the centre itself."""
    if access.account_id is None:
        return None
    found = appointments_in_force(clock.today(_zone(access.municipality_id))).filter(
        account_id=access.account_id,
        role__municipality_id=access.municipality_id,
        body__isnull=False,
    )
    appointment = found.select_related("body").order_by("pk").first()
    return appointment.body if appointment else None


def people_of(municipality_id: int, body_id: int) -> list[int]:
    """Accounts of those who answer in this very body."""
    found = appointments_in_force(clock.today(_zone(municipality_id))).filter(
        body_id=body_id,
        role__municipality_id=municipality_id,
        role__grants__permission__in=ANSWERING,
        account__is_active=True,
    )
    return sorted(set(found.values_list("account_id", flat=True)))


def seeing(case: Appeal, people: Iterable[int]) -> list[int]:
    """Those of these people who see the case."""
    day = clock.today(_zone(case.municipality_id))
    able = Account.objects.filter(pk__in=set(people), is_active=True).values_list("pk", flat=True)
    accesses = accesses_of(case.municipality_id, day, able)
    return sorted(
        pk for pk, access in accesses.items() if visible_to(access).filter(pk=case.pk).exists()
    )


def may_ask(access: Access, case: Appeal) -> bool:
    """Those who run the case, and its executors."""
    if any(
        access.allows(right, body_id=case.executor_body_id, channel=case.channel)
        for right in ASKING
    ):
        return True
    own = access.account_id if access.account_id in case.account_ids else None
    held = any(
        access.allows(Permission.DRAFT, body_id=body, channel=case.channel)
        for body in case.body_ids
    )
    return held or access.allows(Permission.DRAFT, account_id=own, channel=case.channel)


def asking(access: Access, case: Appeal) -> Access:
    """The access acting under the role by which it may ask."""
    for right in ASKING:
        if access.allows(right, body_id=case.executor_body_id, channel=case.channel):
            return access.under(right, body_id=case.executor_body_id, channel=case.channel)
    return access.under(Permission.DRAFT)


def answers_for(access: Access, body_id: int | None) -> bool:
    """Whether a person answers for this body: its executors, and the head of its block."""
    return body_id is not None and any(access.allows(right, body_id=body_id) for right in ANSWERING)


def _zone(municipality_id: int) -> ZoneInfo:
    return Municipality.objects.get(pk=municipality_id).tz
