"""The register of rules for other systems."""

from __future__ import annotations

from django.db.models import QuerySet

from otklik.base.errors import NotFound
from otklik.casework.automation.models import MirrorEntry
from otklik.directory.organisation.rules import Access


def entries_of(municipality_id: int, platform: str = "") -> QuerySet[MirrorEntry]:
    """By system and title; `platform` empty: all."""
    found = MirrorEntry.objects.filter(municipality_id=municipality_id).select_related("rule")
    return found.filter(platform=platform) if platform else found


def entry_of(access: Access, pk: int) -> MirrorEntry:
    found = entries_of(access.municipality_id).filter(pk=pk).first()
    if found is None:
        raise NotFound("Такой записи в реестре нет.", "Вернитесь к реестру.")
    return found
