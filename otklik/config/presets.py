"""Applying a preset over several rooms: organisation first, then the territory it names."""

from __future__ import annotations

from django.db import transaction

from otklik.base.actor import Actor
from otklik.directory.organisation.actions import apply_preset as apply_organisation
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.presets import load
from otklik.directory.territory.actions import ensure_settlement


def apply_preset(
    *, slug: str, actor: Actor, slug_as: str | None = None, force: bool = False
) -> Municipality:
    """The whole preset in one transaction; repeating it changes nothing.

    Raises NotFound for an unknown preset and PresetError for a file with mistakes.
    """
    preset = load(slug)
    with transaction.atomic():
        municipality = apply_organisation(slug=slug, actor=actor, slug_as=slug_as, force=force)
        bodies = {body.name: body for body in municipality.bodies.all()}
        for order, place in enumerate(preset.settlements):
            ensure_settlement(
                municipality=municipality,
                name=place.name,
                kind=place.kind,
                body=bodies.get(place.body or ""),
                order=order,
            )
    return municipality
