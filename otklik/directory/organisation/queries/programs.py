"""What another program may do here: the rights of one role, cut down to what it was allowed."""

from __future__ import annotations

from collections.abc import Collection

from otklik.base.actor import Actor
from otklik.directory.organisation.models import Role
from otklik.directory.organisation.queries.access import bodies_below
from otklik.directory.organisation.rules import NOTHING, Access, Reach
from otklik.directory.organisation.vocabulary import CHANNEL_BOUND, Scope


def access_of_role(
    role: Role,
    *,
    label: str,
    permissions: Collection[str],
    channels: Collection[str],
    body_id: int | None = None,
) -> Access:
    """An access under this role without a person. Two queries at most.

    Only `permissions` of the role's own are held; rights over cases reach the `channels` only
    (empty: as the role has them). A role that reaches its body needs `body_id`, else nothing is
    reached: there is no person whose own work it could be.
    """
    bodies: frozenset[int] | None = None
    grants: dict[str, Reach] = {}
    for grant in role.grants.all():
        if grant.permission not in permissions:
            continue
        if grant.scope == Scope.MUNICIPALITY:
            reach = Reach(everywhere=True)
        elif grant.scope in (Scope.BODY, Scope.BLOCK) and body_id is not None:
            if bodies is None:
                bodies = bodies_below(role.municipality_id, body_id)
            reach = Reach(body_ids=bodies)
        else:
            reach = NOTHING
        if grant.permission in CHANNEL_BOUND:
            reach = _within(reach, role.channels, channels)
        grants[grant.permission] = reach
    return Access(
        actor=Actor(kind="system", label=label, role=role.label),
        municipality_id=role.municipality_id,
        grants=grants,
    )


def _within(reach: Reach, of_role: Collection[str], of_program: Collection[str]) -> Reach:
    if not of_role and not of_program:
        return reach
    allowed = set(of_role or of_program) & set(of_program or of_role)
    return reach.within(allowed) if allowed else NOTHING
