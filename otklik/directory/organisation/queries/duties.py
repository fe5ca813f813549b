"""Blocks a person leads, directions without an employee, job descriptions, the library of acts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from otklik.directory.organisation.models import (
    Appointment,
    Block,
    CompositionChange,
    DirectionHolder,
    LegalAct,
)
from otklik.directory.organisation.queries.access import appointments_in_force
from otklik.directory.organisation.queries.keeping import blocks_with_members
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission, Scope


def led_blocks(access: Access, on: date) -> QuerySet[Block]:
    """Blocks in which the person instructs or approves, by appointment to the block."""
    held = appointments_in_force(on).filter(
        account_id=access.account_id or 0,
        role__municipality_id=access.municipality_id,
        block__isnull=False,
        role__grants__permission__in=[Permission.INSTRUCT, Permission.APPROVE],
        role__grants__scope=Scope.BLOCK,
    )
    return Block.objects.filter(pk__in=held.values("block_id"))


@dataclass(frozen=True)
class Direction:
    """A main direction of a block and who answers for it, if anybody."""

    block: Block
    name: str
    holder: DirectionHolder | None


def directions(access: Access, on: date) -> list[Direction]:
    """Those without an employee first. A block without named directions has its units instead.

    Everybody's for those who keep the structure or control terms; else of own blocks.
    """
    blocks = blocks_with_members(access.municipality_id)
    if not (access.allows(Permission.ORGANISE) or access.allows(Permission.CONTROL)):
        blocks = blocks.filter(pk__in=led_blocks(access, on).values("pk"))
    rows = DirectionHolder.objects.filter(block__municipality_id=access.municipality_id)
    held = {(row.block_id, row.direction): row for row in rows.select_related("account")}
    found = []
    for block in blocks:
        names = list(block.directions) or [
            str(member.body.name) for member in block.members.all() if member.body
        ]
        found += [Direction(block, name, held.get((block.pk, name))) for name in names]
    return sorted(found, key=lambda one: one.holder is not None)


def described(access: Access, on: date) -> list[Appointment]:
    """Appointments of the day with their job descriptions, outstanding ones first."""
    rows = appointments_in_force(on).filter(
        role__municipality_id=access.municipality_id, substitutes__isnull=True
    )
    if not (access.allows(Permission.ORGANISE) or access.allows(Permission.CONTROL)):
        own = led_blocks(access, on).values("pk")
        rows = rows.filter(Q(block__in=own) | Q(body__blocks__in=own)).distinct()
    rows = rows.select_related("account", "role", "body", "block", "job_description")
    return sorted(
        rows.order_by("account__full_name", "pk"), key=lambda row: hasattr(row, "job_description")
    )


def changes(access: Access) -> QuerySet[CompositionChange]:
    """Proposals on the composition: all for those who decide, else own ones."""
    rows = CompositionChange.objects.filter(municipality_id=access.municipality_id)
    if not access.allows(Permission.ORGANISE):
        rows = rows.filter(proposed_by_id=access.account_id)
    return rows.select_related("account", "role", "body", "block", "appointment__account")


def versions(municipality_id: int, until: date) -> list[date]:
    """Days on which the composition changed, the latest first."""
    rows = Appointment.objects.filter(role__municipality_id=municipality_id, since__lte=until)
    begun = set(rows.values_list("since", flat=True))
    ended = {
        date.fromordinal(day.toordinal() + 1)
        for day in rows.exclude(until=None).values_list("until", flat=True)
        if day and day < until
    }
    return sorted(begun | ended, reverse=True)


def legal_acts(municipality_id: int) -> QuerySet[LegalAct]:
    return LegalAct.objects.filter(municipality_id=municipality_id)


def acts_named_in(municipality_id: int, text: str) -> list[LegalAct]:
    """Acts of the library whose number stands in the text: «59-ФЗ» in «ст. 12 № 59-ФЗ»."""
    words = text.replace("\u00a0", " ")
    if "№" not in words:
        return []
    return [act for act in legal_acts(municipality_id) if names_act(words, act)]


def names_act(words: str, act: LegalAct) -> bool:
    """Whether the words name the act by its number and, where they say a date, by its date."""
    found = list(
        re.finditer(rf"(?:от (\d\d\.\d\d\.\d{{4}}) )?№ ?{re.escape(act.number)}(?![\w/-])", words)
    )
    return any(one[1] in (None, f"{act.issued_on:%d.%m.%Y}") for one in found)
