"""Applying a preset over several rooms: organisation first, then the territory it names
and the topics that go to its blocks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction

from otklik.base.actor import Actor
from otklik.casework.routing.actions import save_rule
from otklik.casework.routing.models import RoutingRule
from otklik.directory.organisation.actions import apply_preset as apply_organisation
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.organisation.presets import load
from otklik.directory.organisation.presets.schema import BlockPart
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import BlockMembership
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
        _route_blocks(municipality, preset.blocks, bodies)
    return municipality


def _route_blocks(
    municipality: Municipality, blocks: Iterable[BlockPart], bodies: Mapping[str, Body]
) -> None:
    """Topics of a direction go to the first body that leads its block (pereslavl 2.1.4).

    A rule that the centre has changed or retired is not made again.
    """
    known = set(
        RoutingRule.objects.filter(municipality=municipality).values_list("topic_group", flat=True)
    )
    for block in blocks:
        leads = [one.body for one in block.members if one.membership == BlockMembership.LEAD]
        lead = next((bodies[name] for name in leads if name and name in bodies), None)
        for direction in (*block.directions, *block.topic_groups) if lead else ():
            if lead and direction not in known:
                save_rule(
                    access=Access.system(municipality.pk),
                    name=f"Блок «{block.name}»: {direction}",
                    body_id=lead.pk,
                    topic_group=direction,
                    automatic=True,
                )
