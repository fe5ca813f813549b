"""Who answers for a body from above it: heads of its sector blocks and those they named."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from otklik.base import clock
from otklik.directory.organisation.models import Appointment, BlockMember, Municipality
from otklik.directory.organisation.queries import appointments_in_force
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission


def leads_of_blocks(municipality_id: int, block_ids: Iterable[int]) -> list[int]:
    """Heads of these blocks and those they named (tuapse:3.5.1)."""
    return _accounts(municipality_id, block_id__in=list(block_ids))


def blocks_led(access: Access) -> list[int]:
    """Blocks that this person heads or stands in for a head of."""
    found = _leading(access.municipality_id).filter(account_id=access.account_id or 0)
    return sorted(set(found.values_list("block_id", flat=True)))


def leads_of(municipality_id: int, body_id: int) -> list[int]:
    """Accounts appointed to a block of this body who control it (pereslavl:2.4.1)."""
    blocks = BlockMember.objects.filter(body_id=body_id).values("block_id")
    return _accounts(municipality_id, block_id__in=blocks)


def _accounts(municipality_id: int, **where: Any) -> list[int]:
    found = _leading(municipality_id).filter(**where)
    return sorted(set(found.values_list("account_id", flat=True)))


def _leading(municipality_id: int) -> QuerySet[Appointment]:
    zone = Municipality.objects.get(pk=municipality_id).tz
    return appointments_in_force(clock.today(zone)).filter(
        block__isnull=False,
        role__municipality_id=municipality_id,
        role__grants__permission=Permission.CONTROL,
        account__is_active=True,
    )
