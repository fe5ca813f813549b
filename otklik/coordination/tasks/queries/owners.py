"""Whose task it is: a person, or those appointed to a body, a block or a role on the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from otklik.coordination.tasks.models import Task
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Appointment, Block, Body
from otklik.directory.organisation.queries import appointments_in_force, bodies
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission, Scope


def _held(access: Access, on: date) -> QuerySet[Appointment]:
    return appointments_in_force(on).filter(
        account_id=access.account_id or 0, role__municipality_id=access.municipality_id
    )


def charged_to(access: Access, on: date) -> Q:
    """Tasks the person answers for. A block's people answer for the bodies of the block too."""
    held = _held(access, on)
    blocks = held.filter(block__isnull=False).values("block_id")
    in_blocks = Body.objects.filter(blocks__in=blocks).values("pk")
    return (
        Q(owner_id=access.account_id)
        | Q(owner_body__in=held.filter(body__isnull=False).values("body_id"))
        | Q(owner_block__in=blocks)
        | Q(owner_body__in=in_blocks)
        | Q(owner_role__in=held.values("role_id"))
    )


def watched_by(access: Access) -> Q:
    """Tasks the person controls; without a controller the issuer controls."""
    return Q(controller_id=access.account_id) | Q(issued_by_id=access.account_id)


def may_do(access: Access, task: Task, on: date) -> bool:
    """Whether the person may accept the task and report on it."""
    return Task.objects.filter(charged_to(access, on), pk=task.pk).exists()


def may_control(access: Access, task: Task) -> bool:
    """The controller, the issuer, and those who instruct the whole municipality."""
    if access.reach(Permission.INSTRUCT).everywhere:
        return True
    return access.account_id is not None and access.account_id in (
        task.controller_id,
        task.issued_by_id,
    )


def owners_of(task: Task, on: date) -> QuerySet[Account]:
    """Persons to remind: the owner, or those appointed to the body, block or role on the day."""
    if task.owner_id is not None:
        return Account.objects.filter(pk=task.owner_id)
    held = appointments_in_force(on).filter(role__municipality_id=task.municipality_id)
    if task.owner_body_id is not None:
        held = held.filter(body_id=task.owner_body_id)
    elif task.owner_block_id is not None:
        held = held.filter(block_id=task.owner_block_id)
    else:
        held = held.filter(role_id=task.owner_role_id or 0)
    return Account.objects.filter(pk__in=held.values("account_id"), is_active=True)


@dataclass(frozen=True)
class Candidates:
    """Whom this person may instruct."""

    people: list[Account]
    bodies: list[Body]
    blocks: list[Block]


def candidates(access: Access, on: date) -> Candidates:
    """Everybody for those who instruct the municipality; else bodies within reach, own blocks,
    and persons appointed to either (tuapse:3.5.2). Three statements."""
    reach = access.reach(Permission.INSTRUCT)
    here = appointments_in_force(on).filter(role__municipality_id=access.municipality_id)
    offered = bodies(access.municipality_id)
    blocks = Block.objects.filter(municipality_id=access.municipality_id)
    if not reach.everywhere:
        own = _held(access, on).filter(
            block__isnull=False,
            role__grants__permission=Permission.INSTRUCT,
            role__grants__scope=Scope.BLOCK,
        )
        blocks = blocks.filter(pk__in=own.values("block_id"))
        offered = offered.filter(pk__in=reach.body_ids)
        here = here.filter(Q(body_id__in=reach.body_ids) | Q(block_id__in=own.values("block_id")))
    people = Account.objects.filter(pk__in=here.values("account_id"), is_active=True)
    return Candidates(list(people.order_by("full_name")), list(offered), list(blocks))
