"""What those who keep the structure look at: the tree, the blocks, the people."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeVar

from django.db.models import Prefetch, Q, QuerySet

from otklik.base.errors import NotFound
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import (
    Appointment,
    Block,
    BlockMember,
    Body,
    LegalAct,
    Regulation,
    Role,
)
from otklik.directory.organisation.queries.access import appointments_in_force
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission, Scope

Kept = TypeVar("Kept", Body, Block, Role, Regulation, LegalAct)


@dataclass
class Branch:
    """A body with the bodies below it."""

    body: Body
    below: list[Branch] = field(default_factory=list)


def own(access: Access, model: type[Kept], pk: int) -> Kept:
    """A body, block, role or act of this municipality; raise NotFound for all others."""
    found = model._default_manager.filter(municipality_id=access.municipality_id, pk=pk).first()
    if found is None:
        raise NotFound(
            f"В вашем центре этого нет: {model._meta.verbose_name} № {pk}.",
            "Вернитесь к списку: запись могли удалить, или она из другого муниципалитета.",
        )
    return found


def tree(municipality_id: int) -> list[Branch]:
    """Active bodies as they stand below one another. Two queries, however many bodies.

    A body whose parent is out of use stands at the top: it must not vanish with the parent.
    """
    rows = Body.objects.filter(municipality_id=municipality_id, is_active=True)
    branches = {body.pk: Branch(body) for body in rows.prefetch_related("blocks")}
    top: list[Branch] = []
    for branch in branches.values():
        parent = branches.get(branch.body.parent_id or 0)
        (parent.below if parent else top).append(branch)
    return top


def blocks_with_members(municipality_id: int) -> QuerySet[Block]:
    """Sector blocks with their composition, bodies at hand. Two queries."""
    members = BlockMember.objects.select_related("body")
    return Block.objects.filter(municipality_id=municipality_id).prefetch_related(
        Prefetch("members", queryset=members)
    )


def people(
    municipality_id: int, on: date, *, name: str = "", body_id: int | None = None
) -> QuerySet[Account]:
    """Everyone ever appointed here, by name; `held` are the appointments of the day.

    `name`: part of a name or e-mail; `body_id`: only those appointed to the body on the day.
    """
    held = (
        appointments_in_force(on)
        .filter(role__municipality_id=municipality_id)
        .select_related("role", "body", "block", "substitutes__account")
        .order_by("role__order", "since")
    )
    ever = Appointment.objects.filter(role__municipality_id=municipality_id)
    found = Account.objects.filter(pk__in=ever.values("account_id"))
    if body_id:
        found = found.filter(pk__in=held.filter(body_id=body_id).values("account_id"))
    if name:
        found = found.filter(Q(full_name__icontains=name) | Q(email__icontains=name))
    return found.order_by("full_name", "pk").prefetch_related(
        Prefetch("appointments", queryset=held, to_attr="held")
    )


def appointment_of(access: Access, pk: int) -> Appointment:
    """An appointment of this municipality; raise NotFound for all others."""
    found = (
        Appointment.objects.filter(role__municipality_id=access.municipality_id, pk=pk)
        .select_related("account", "role__municipality", "body", "block")
        .first()
    )
    if found is None:
        raise NotFound("Такого назначения в вашем центре нет.", "Вернитесь к списку сотрудников.")
    return found


def organisers_staying(municipality_id: int, after: date) -> QuerySet[Appointment]:
    """Appointments with the right to organise everything, in force the day after `after`.

    Substitutions do not count: they end with the absence.
    """
    return appointments_in_force(after + timedelta(days=1)).filter(
        account__is_active=True,
        substitutes__isnull=True,
        role__municipality_id=municipality_id,
        role__grants__permission=Permission.ORGANISE,
        role__grants__scope=Scope.MUNICIPALITY,
    )
