"""Mappings kept under a name."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from otklik.base.errors import Refused
from otklik.casework.intake.events import ImportProfileRemoved, ImportProfileSaved
from otklik.casework.intake.models import ImportProfile
from otklik.casework.intake.queries.imports import profile_of, profiles
from otklik.casework.intake.rules import REQUIRED, Field
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
    name = _named(name)
    profile, _ = ImportProfile.objects.update_or_create(
        municipality_id=access.municipality_id,
        name=name,
        defaults={"source": source, "mapping": dict(mapping), "sheet": sheet[:100]},
    )
    return _saved(access, profile)


@transaction.atomic
def edit_profile(
    *,
    access: Access,
    profile_id: int | None,
    name: str,
    source: Source,
    mapping: Mapping[str, str],
    sheet: str = "",
    based_on: str = "",
) -> ImportProfile:
    """Make a profile, or change one; headers may be spreadsheet letters («AI»).

    Raises Refused for a name that is taken, or when no column is named for the text.
    """
    access = access.require(Permission.IMPORT)
    name = _named(name)
    if profiles(access).filter(name=name).exclude(pk=profile_id or 0).exists():
        raise Refused(f"Профиль «{name}» уже есть.", "Назовите этот иначе.")
    told = {str(Field(key)): value.strip() for key, value in mapping.items() if value.strip()}
    for field in REQUIRED:
        # A profile by letters may leave the text to be found by its header.
        if field not in told and not based_on:
            raise Refused(f"Не указан столбец «{field.label}».", "Впишите его название или букву.")
    profile = (
        profile_of(access, profile_id)
        if profile_id
        else ImportProfile(municipality_id=access.municipality_id, based_on=based_on)
    )
    profile.name, profile.source, profile.sheet = name, source, sheet.strip()[:100]
    profile.mapping = told
    profile.save()
    return _saved(access, profile)


@transaction.atomic
def remove_profile(*, access: Access, profile_id: int) -> None:
    """Runs made with it stay, each with its own mapping."""
    access = access.require(Permission.IMPORT)
    profile = profile_of(access, profile_id)
    event = ImportProfileRemoved(subject_id=profile.pk, profile=profile.name)
    profile.delete()
    record(event, actor=access.actor, municipality_id=access.municipality_id)


def _named(name: str) -> str:
    name = " ".join(name.split())[:100]
    if not name:
        raise Refused("У профиля нет названия.", "Назовите его, например «ПОС, еженедельно».")
    return name


def _saved(access: Access, profile: ImportProfile) -> ImportProfile:
    event = ImportProfileSaved(subject_id=profile.pk, profile=profile.name)
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    return profile
