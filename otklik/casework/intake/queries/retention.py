"""What is kept longer than the centre keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models.functions import Coalesce

from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import OPEN_STATUSES
from otklik.casework.intake.models import ImportPiece
from otklik.directory.organisation.models import Municipality


@dataclass(frozen=True)
class Kept:
    """Files of imports whose content is there, those past their term, cases past theirs."""

    files: int
    old_files: int
    old_cases: int


def kept_too_long(place: Municipality, now: datetime) -> Kept:
    """Against the terms the centre has set (152-ФЗ, art. 5, part 7); three queries."""
    files = ImportPiece.objects.filter(upload__municipality=place).values("upload").distinct()
    old = files.filter(upload__created_at__lt=now - timedelta(days=place.upload_days))
    closed = (
        Appeal.objects.filter(municipality=place)
        .exclude(status__in=OPEN_STATUSES)
        .annotate(ended=Coalesce("answered_at", "received_at"))
    )
    edge = now - timedelta(days=round(365.25 * place.case_years))
    return Kept(files.count(), old.count(), closed.filter(ended__lt=edge).count())
