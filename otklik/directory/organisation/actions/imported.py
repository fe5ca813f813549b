"""Bodies that exports name and the centre does not know yet."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from otklik.base import clock
from otklik.directory.organisation.events import BodiesFound
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import BodyKind, Permission
from otklik.records.journal.actions import record


@transaction.atomic
def add_found_bodies(*, access: Access, names: Sequence[str], source: str) -> dict[str, int]:
    """Add external bodies by name (≤ 300 characters); returns ids by name.

    A body of that very name is returned as it is, also one no longer in use.
    """
    access = access.require(Permission.IMPORT)
    note = f"Создано при загрузке выгрузки ({source}) {clock.today():%d.%m.%Y}. Проверьте."
    Body.objects.bulk_create(
        [
            Body(
                municipality_id=access.municipality_id,
                name=name,
                kind=BodyKind.EXTERNAL,
                note=note,
                order=1000,
            )
            for name in names
        ],
        ignore_conflicts=True,
    )
    event = BodiesFound(
        subject_id=access.municipality_id, names=tuple(sorted(names)), source=source
    )
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    rows = Body.objects.filter(municipality_id=access.municipality_id, name__in=names)
    return dict(rows.values_list("name", "pk"))
