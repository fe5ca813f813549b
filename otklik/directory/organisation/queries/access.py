"""What a person may do here, and who may do a thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from otklik.base.actor import Actor
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Appointment, BlockMember, Body, Municipality
from otklik.directory.organisation.rules import Access, Reach
from otklik.directory.organisation.vocabulary import CHANNEL_BOUND, Permission, Scope


def appointments_in_force(on: date) -> QuerySet[Appointment]:
    return Appointment.objects.filter(since__lte=on).filter(
        Q(until__isnull=True) | Q(until__gte=on)
    )


def municipalities_of(account: Account, on: date) -> QuerySet[Municipality]:
    """Where this person has an appointment today."""
    roles = appointments_in_force(on).filter(account=account).values("role__municipality_id")
    return Municipality.objects.filter(pk__in=roles).order_by("short_name")


def access_of(account: Account, municipality_id: int, on: date) -> Access:
    """All grants of a person's appointments of the day, added up. Four queries at most."""
    found = accesses_of(municipality_id, on, [account.pk])
    return found.get(account.pk) or _access(account, municipality_id, [], {}, {})


def accesses_of(
    municipality_id: int, on: date, account_ids: Iterable[int] | None = None
) -> dict[int, Access]:
    """The same for everybody with an appointment, or for these; as many queries for all."""
    appointments = (
        appointments_in_force(on)
        .filter(role__municipality_id=municipality_id)
        .select_related("role", "account")
        .prefetch_related("role__grants")
        .order_by("pk")
    )
    if account_ids is not None:
        appointments = appointments.filter(account__in=list(account_ids))
    held: dict[Account, list[Appointment]] = defaultdict(list)
    for appointment in appointments:
        held[appointment.account].append(appointment)
    every = [one for ones in held.values() for one in ones]
    # A right of the whole municipality asks nobody what stands below.
    narrow = [one for one in every if _narrow(one)]
    bodies = _bodies_below(municipality_id, [a.body_id for a in narrow if a.body_id])
    blocks = _bodies_of_blocks([a.block_id for a in narrow if a.block_id])
    return {
        account.pk: _access(account, municipality_id, ones, bodies, blocks)
        for account, ones in held.items()
    }


def _narrow(appointment: Appointment) -> bool:
    """Whether a right of it is limited to bodies."""
    limited = (Scope.BODY, Scope.BLOCK)
    return any(grant.scope in limited for grant in appointment.role.grants.all())


def _access(
    account: Account,
    municipality_id: int,
    appointments: Iterable[Appointment],
    bodies: dict[int, frozenset[int]],
    blocks: dict[int, frozenset[int]],
) -> Access:
    grants: dict[str, Reach] = defaultdict(Reach)
    roles: dict[str, dict[str, Reach]] = defaultdict(lambda: defaultdict(Reach))
    position, names = "", set[str]()
    for appointment in appointments:
        position = position or appointment.position
        role = appointment.role
        names.add(role.label)
        for grant in role.grants.all():
            reach = _reach(grant.scope, appointment, bodies, blocks)
            if role.channels and grant.permission in CHANNEL_BOUND:
                reach = reach.within(role.channels)
            grants[grant.permission] |= reach
            roles[grant.permission][role.label] |= reach
    label = account.short_name
    only = names.pop() if len(names) == 1 else ""
    return Access(
        actor=Actor("person", f"{label}, {position}" if position else label, account.pk, only),
        municipality_id=municipality_id,
        account_id=account.pk,
        grants=dict(grants),
        roles={right: tuple(held.items()) for right, held in roles.items()},
    )


def _reach(
    scope: str,
    appointment: Appointment,
    bodies: dict[int, frozenset[int]],
    blocks: dict[int, frozenset[int]],
) -> Reach:
    if scope == Scope.MUNICIPALITY:
        return Reach(everywhere=True, own=True)
    own_bodies = bodies.get(appointment.body_id or 0, frozenset())
    if scope == Scope.BODY:
        return Reach(body_ids=own_bodies, own=True)
    if scope == Scope.BLOCK:
        return Reach(
            body_ids=own_bodies | blocks.get(appointment.block_id or 0, frozenset()),
            own=True,
        )
    return Reach(own=True)


def _bodies_below(municipality_id: int, roots: list[int]) -> dict[int, frozenset[int]]:
    """Each root body with all bodies below it."""
    if not roots:
        return {}
    children: dict[int | None, list[int]] = defaultdict(list)
    for pk, parent in Body.objects.filter(municipality_id=municipality_id).values_list(
        "pk", "parent_id"
    ):
        children[parent].append(pk)
    return {root: frozenset(_descend(root, children)) for root in roots}


def bodies_below(municipality_id: int, body_id: int) -> frozenset[int]:
    """A body with all bodies below it. One query."""
    return _bodies_below(municipality_id, [body_id])[body_id]


def _descend(root: int, children: dict[int | None, list[int]]) -> Iterable[int]:
    pending, seen = [root], set[int]()
    while pending:
        body = pending.pop()
        if body not in seen:
            seen.add(body)
            pending.extend(children[body])
    return seen


def _bodies_of_blocks(block_ids: list[int]) -> dict[int, frozenset[int]]:
    if not block_ids:
        return {}
    found: dict[int, set[int]] = defaultdict(set)
    rows = BlockMember.objects.filter(block_id__in=block_ids, body__isnull=False)
    for block_id, body_id in rows.values_list("block_id", "body_id"):
        if body_id is not None:
            found[block_id].add(body_id)
    return {block: frozenset(ids) for block, ids in found.items()}


def holders_of(
    permission: Permission,
    municipality_id: int,
    on: date,
    *,
    body_id: int | None = None,
    channel: str | None = None,
) -> QuerySet[Account]:
    """Accounts whose appointments of the day carry the permission (for a body, when given).

    For a body: those of the whole municipality, those appointed to this very body, those whose
    right reaches down from a body above it, and those of a sector block it belongs to. With a
    channel: without those whose role is limited to others.
    """
    grant = Q(role__municipality_id=municipality_id, role__grants__permission=permission)
    if channel is not None and permission in CHANNEL_BOUND:
        grant &= Q(role__channels=[]) | Q(role__channels__contains=[channel])
    if body_id is not None:
        above = _bodies_above(municipality_id, body_id)
        downward = [Scope.BODY, Scope.BLOCK]
        # One condition with the permission: apart, it could match the scope of another right.
        grant &= (
            Q(role__grants__scope=Scope.MUNICIPALITY)
            | Q(body_id=body_id)
            | Q(role__grants__scope__in=downward, body_id__in=above)
            | Q(
                role__grants__scope=Scope.BLOCK,
                block_id__in=BlockMember.objects.filter(body_id=body_id).values("block_id"),
            )
        )
    found = appointments_in_force(on).filter(grant)
    return Account.objects.filter(pk__in=found.values("account_id"), is_active=True)


def _bodies_above(municipality_id: int, body_id: int) -> set[int]:
    rows = Body.objects.filter(municipality_id=municipality_id).values_list("pk", "parent_id")
    parents, above = dict(rows), set[int]()
    parent = parents.get(body_id)
    while parent is not None and parent not in above:
        above.add(parent)
        parent = parents.get(parent)
    return above
