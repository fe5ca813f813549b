"""Mappings kept under a name."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from otklik.base.errors import Refused
from otklik.casework.intake.events import ImportProfileSaved
from otklik.casework.intake.models import ImportProfile
from otklik.casework.intake.vocabulary import Source
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record


@transaction.atomic
def save_profile(
    *, access: Access, name: str, source: Source, mapping: Mapping[str, str], sheet: str = ""
) -> ImportProfile:
    """Keep a mapping (field → header) under a name; the same name is written anew."""
    access = access.require(Permission.IMPORT)
    name = " ".join(name.split())[:100]
    if not name:
        raise Refused("У профиля нет названия.", "Назовите его, например «ПОС, еженедельно».")
    profile, _ = ImportProfile.objects.update_or_create(
        municipality_id=access.municipality_id,
        name=name,
        defaults={"source": source, "mapping": dict(mapping), "sheet": sheet[:100]},
    )
    event = ImportProfileSaved(subject_id=profile.pk, profile=name)
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    return profile
