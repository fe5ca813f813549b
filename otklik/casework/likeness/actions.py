"""Signing the texts of cases."""

from __future__ import annotations

from time import monotonic

from django.db import transaction
from django.db.models import QuerySet

from otklik.casework.appeals.models import Appeal
from otklik.casework.likeness.models import BAND_COLUMNS, Signing, TextSignature
from otklik.language.similarity import bands, signature
from otklik.language.similarity.signatures import VERSION

CHUNK = 1000
"""Cases signed by one transaction."""
LOOK_BACK = 2000
"""A case of a long transaction appears after its neighbours with higher ids."""
_THE_ROW = 1


def sign_texts(*, seconds: float = 50.0) -> int:
    """Sign cases not signed yet, oldest first, for about so long; how many. Safe to repeat and to
    break off: it goes on from where it stopped."""
    until = monotonic() + seconds
    Signing.objects.get_or_create(pk=_THE_ROW, defaults={"version": VERSION})
    signed = 0
    while True:
        new, more = _sign_chunk()
        signed += new
        if not more or monotonic() >= until:
            return signed


@transaction.atomic
def _sign_chunk() -> tuple[int, bool]:
    """How many were signed, and whether there may be more."""
    progress = Signing.objects.select_for_update().get(pk=_THE_ROW)
    if progress.version != VERSION:
        progress.version, progress.up_to = VERSION, 0
        TextSignature.objects.all().delete()
    late = Appeal.objects.filter(
        pk__gt=progress.up_to - LOOK_BACK, pk__lte=progress.up_to, text_signature__isnull=True
    )
    fresh = list(_texts(Appeal.objects.filter(pk__gt=progress.up_to)))
    made = [signed for case in (*_texts(late), *fresh) if (signed := signed_text(case))]
    TextSignature.objects.bulk_create(made, ignore_conflicts=True)
    progress.up_to = fresh[-1].pk if fresh else progress.up_to
    progress.save(update_fields=["version", "up_to"])
    return len(made), len(fresh) >= CHUNK


def _texts(cases: QuerySet[Appeal]) -> QuerySet[Appeal]:
    return cases.only("pk", "municipality_id", "received_at", "text").order_by("pk")[:CHUNK]


def signed_text(case: Appeal) -> TextSignature | None:
    """Unsaved; None for a text without words."""
    found = bands(signature(case.text))
    if not found:
        return None
    return TextSignature(
        appeal_id=case.pk,
        municipality_id=case.municipality_id,
        received_at=case.received_at,
        **dict(zip(BAND_COLUMNS, found, strict=True)),
    )
