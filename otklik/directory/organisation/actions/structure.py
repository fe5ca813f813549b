"""Changing the structure without programming: roles, bodies, blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction

from otklik.base.errors import Conflict, Refused
from otklik.directory.organisation.events import (
    BlockChanged,
    BodyChanged,
    RoleChanged,
)
from otklik.directory.organisation.models import (
    Block,
    BlockMember,
    Body,
    Municipality,
    Role,
    RoleGrant,
)
from otklik.directory.organisation.queries import regulation_facts
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import (
    BlockMembership,
    BodyKind,
    Permission,
    Scope,
)
from otklik.records.journal.actions import record

Grants = Mapping[Permission, Scope]


def add_role(*, access: Access, slug: str, label: str, grants: Grants, position: str = "") -> Role:
    """A further role with its rights (tuapse:3.1.9). Raises Conflict when the slug is taken."""
    access.require(Permission.ORGANISE)
    with transaction.atomic():
        role, created = Role.objects.get_or_create(
            municipality_id=access.municipality_id,
            slug=slug,
            defaults={"label": label, "position": position, "order": 900},
        )
        if not created:
            raise Conflict(f"Роль «{slug}» уже есть.", "Измените её или выберите другое имя.")
        _set_grants(role, grants)
        _record_role(access, role)
    return role


def change_role(*, access: Access, role: Role, label: str, position: str, grants: Grants) -> Role:
    """Set label, position and rights; the preset does not overwrite them later."""
    access.require(Permission.ORGANISE)
    with transaction.atomic():
        locked = Role.objects.select_for_update().get(
            pk=role.pk, municipality_id=access.municipality_id
        )
        locked.label, locked.position, locked.assumed = label, position, False
        locked.save(update_fields=["label", "position", "assumed"])
        _set_grants(locked, grants)
        _record_role(access, locked)
    return locked


def save_body(
    *,
    access: Access,
    name: str,
    kind: BodyKind,
    body: Body | None = None,
    parent: Body | None = None,
    head_position: str = "",
) -> Body:
    """Enter a body or change one; `parent` is the body or official who oversees it.

    Raises Refused when the body would come to stand above itself.
    """
    access.require(Permission.ORGANISE)
    with transaction.atomic():
        saved = body or Body(municipality_id=access.municipality_id, order=900)
        _below_itself(saved, parent)
        saved.name, saved.kind, saved.parent = name, kind, parent
        saved.head_position = head_position or saved.head_position
        saved.save()
        event = BodyChanged(subject_id=saved.pk, body=name, parent=str(parent or ""))
        record(event, actor=access.actor, municipality_id=access.municipality_id)
    return saved


def set_block_members(
    *,
    access: Access,
    block: Block,
    bodies: Sequence[Body],
    lead_position: str,
    decision: str = "",
) -> Block:
    """The units of a sector block and the position that leads it.

    Raises Refused where blocks are changed only by a decision and none is given (tuapse:3.2).
    """
    access.require(Permission.ORGANISE)
    municipality = Municipality.objects.get(pk=access.municipality_id)
    needed = regulation_facts(municipality).block_decision
    if needed and not decision.strip():
        raise Refused(
            f"Состав блока меняется на основании: {needed}.",
            "Впишите документ, его дату и номер.",
        )
    with transaction.atomic():
        locked = Block.objects.select_for_update().get(
            pk=block.pk, municipality_id=access.municipality_id
        )
        locked.members.all().delete()
        rows = [BlockMember(block=locked, position=lead_position, membership=BlockMembership.LEAD)]
        rows += [
            BlockMember(block=locked, body=body, membership=BlockMembership.MEMBER, order=order)
            for order, body in enumerate(bodies, start=1)
        ]
        BlockMember.objects.bulk_create(rows)
        event = BlockChanged(
            subject_id=locked.pk,
            block=locked.name,
            bodies=[str(body) for body in bodies],
            decision=decision,
        )
        record(event, actor=access.actor, municipality_id=access.municipality_id)
    return locked


def _set_grants(role: Role, grants: Grants) -> None:
    role.grants.all().delete()
    RoleGrant.objects.bulk_create(
        RoleGrant(role=role, permission=permission, scope=scope)
        for permission, scope in grants.items()
    )


def _record_role(access: Access, role: Role) -> None:
    grants = [f"{g.permission}:{g.scope}" for g in role.grants.order_by("permission")]
    event = RoleChanged(subject_id=role.pk, role=role.label, grants=grants)
    record(event, actor=access.actor, municipality_id=access.municipality_id)


def _below_itself(body: Body, parent: Body | None) -> None:
    above = parent
    while above is not None:
        if above.pk is not None and above.pk == body.pk:
            raise Refused(
                "Орган не может стоять выше самого себя.",
                "Выберите другой вышестоящий орган.",
            )
        above = above.parent
