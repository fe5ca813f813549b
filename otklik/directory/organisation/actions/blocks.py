"""Sector blocks: which there are, and what each consists of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from otklik.base.errors import Conflict, Refused
from otklik.directory.organisation.events import BlockChanged
from otklik.directory.organisation.models import Block, BlockMember, Body, Municipality
from otklik.directory.organisation.queries import regulation_facts
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import BlockMembership, Permission
from otklik.records.journal.actions import record


@dataclass(frozen=True)
class Member:
    """A body or a position (or both) in a block."""

    membership: BlockMembership
    body: Body | None = None
    position: str = ""


def save_block(
    *,
    access: Access,
    name: str,
    directions: Sequence[str],
    members: Sequence[Member],
    block: Block | None = None,
    decision: str = "",
) -> Block:
    """Enter a sector block or change one with its whole composition.

    Raises Refused where blocks are changed only by a decision and none is given (tuapse:3.2), and
    Conflict when another block bears the name.
    """
    access = access.require(Permission.ORGANISE)
    _founded(access, decision)
    with transaction.atomic():
        rows = Block.objects.filter(municipality_id=access.municipality_id)
        if rows.filter(name=name).exclude(pk=block.pk if block else 0).exists():
            raise Conflict(f"Блок «{name}» уже есть.", "Дайте блоку другое название.")
        saved = (
            rows.select_for_update().get(pk=block.pk)
            if block
            else Block(municipality_id=access.municipality_id, order=900)
        )
        saved.name, saved.directions = name, list(directions)
        saved.save()
        _compose(access, saved, members)
        _record(access, saved, decision)
    return saved


def set_block_members(
    *,
    access: Access,
    block: Block,
    bodies: Sequence[Body],
    lead_position: str,
    decision: str = "",
) -> Block:
    """The units of a sector block and the position that leads it. Raises as `save_block`."""
    members = [Member(BlockMembership.LEAD, position=lead_position)]
    members += [Member(BlockMembership.MEMBER, body) for body in bodies]
    return save_block(
        access=access,
        block=block,
        name=block.name,
        directions=block.directions,
        members=members,
        decision=decision,
    )


def place_body(
    *,
    access: Access,
    body: Body,
    memberships: Mapping[int, BlockMembership],
    decision: str = "",
) -> None:
    """Put a body into the blocks given by id and take it out of all others.

    Blocks where nothing changes are left alone. Raises as `save_block`.
    """
    access = access.require(Permission.ORGANISE)
    with transaction.atomic():
        blocks = Block.objects.filter(municipality_id=access.municipality_id)
        for block in blocks.select_for_update():
            held = list(block.members.filter(body=body))
            wanted = memberships.get(block.pk)
            if {row.membership for row in held} == ({wanted} if wanted else set()):
                continue
            _founded(access, decision)
            block.members.filter(body=body).delete()
            if wanted:
                position = held[0].position if held else ""
                order = held[0].order if held else block.members.count() + 1
                BlockMember.objects.create(
                    block=block, body=body, membership=wanted, position=position, order=order
                )
            _record(access, block, decision)


def _founded(access: Access, decision: str) -> None:
    municipality = Municipality.objects.get(pk=access.municipality_id)
    needed = regulation_facts(municipality).block_decision
    if needed and not decision.strip():
        raise Refused(
            f"Состав блока меняется на основании: {needed}.",
            "Впишите документ, его дату и номер.",
        )


def _compose(access: Access, block: Block, members: Sequence[Member]) -> None:
    if any(m.body and m.body.municipality_id != access.municipality_id for m in members):
        raise Refused(
            "Орган принадлежит другому муниципалитету.",
            "Выберите его из списка своего муниципалитета.",
        )
    if any(m.body is None and not m.position.strip() for m in members):
        raise Refused("У участника блока нет ни органа, ни должности.", "Укажите то или другое.")
    block.members.all().delete()
    BlockMember.objects.bulk_create(
        BlockMember(
            block=block,
            body=member.body,
            position=member.position,
            membership=member.membership,
            order=order,
        )
        for order, member in enumerate(members)
    )


def _record(access: Access, block: Block, decision: str) -> None:
    rows = block.members.select_related("body")
    event = BlockChanged(
        subject_id=block.pk,
        block=block.name,
        bodies=[str(row.body) for row in rows if row.body],
        decision=decision,
    )
    record(event, actor=access.actor, municipality_id=access.municipality_id)
