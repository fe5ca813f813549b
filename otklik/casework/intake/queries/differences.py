"""Differences between our cases and their messages in other systems."""

from __future__ import annotations

from django.db.models import QuerySet

from otklik.casework.appeals.queries import visible_to
from otklik.casework.intake.models import Difference, ExternalRecord
from otklik.directory.organisation.rules import Access


def differences(access: Access) -> QuerySet[Difference]:
    """Of cases that the person may see, newest first."""
    found = Difference.objects.filter(
        municipality_id=access.municipality_id, appeal__in=visible_to(access).values("pk")
    )
    return found.select_related("appeal").defer("appeal__text", "appeal__search").order_by("-pk")


def record_of(appeal_id: int) -> ExternalRecord | None:
    """What another system said of the case; the caller has checked the case."""
    return ExternalRecord.objects.filter(appeal_id=appeal_id).first()
