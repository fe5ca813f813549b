"""Who answers for a body from above it: heads of its sector blocks and those they named."""

from __future__ import annotations

from otklik.base import clock
from otklik.directory.organisation.models import BlockMember, Municipality
from otklik.directory.organisation.queries import appointments_in_force
from otklik.directory.organisation.vocabulary import Permission


def leads_of(municipality_id: int, body_id: int) -> list[int]:
    """Accounts appointed to a block of this body who control it (pereslavl:2.4.1)."""
    zone = Municipality.objects.get(pk=municipality_id).tz
    found = appointments_in_force(clock.today(zone)).filter(
        block_id__in=BlockMember.objects.filter(body_id=body_id).values("block_id"),
        role__municipality_id=municipality_id,
        role__grants__permission=Permission.CONTROL,
        account__is_active=True,
    )
    return sorted(set(found.values_list("account_id", flat=True)))
