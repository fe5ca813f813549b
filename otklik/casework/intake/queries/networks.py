"""Which networks and media a centre takes from: those known to all, its own, its switches."""

from __future__ import annotations

from dataclasses import replace

from otklik.casework.intake.models import NetworkChoice
from otklik.casework.intake.rules.networks import KNOWN, Network


def networks_of(municipality_id: int) -> list[Network]:
    """The known ones with the centre's switches, then its own by name; one query."""
    chosen = {
        row.slug: row for row in NetworkChoice.objects.filter(municipality_id=municipality_id)
    }
    known = [
        replace(one, enabled=chosen[one.slug].enabled) if one.slug in chosen else one
        for one in KNOWN
    ]
    slugs = {one.slug for one in KNOWN}
    own = [
        Network(row.slug, row.name, _words(row), enabled=row.enabled)
        for row in sorted(chosen.values(), key=lambda row: row.name)
        if row.slug not in slugs
    ]
    return [*known, *own]


def _words(row: NetworkChoice) -> tuple[str, ...]:
    said = [row.name, *row.words.split(",")]
    return tuple(word.strip().casefold() for word in said if word.strip())
