"""Switching networks on and off, and adding media of one's own."""

from __future__ import annotations

import re

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import NotFound, Refused
from otklik.casework.intake.events import NetworkSwitched
from otklik.casework.intake.models import NetworkChoice
from otklik.casework.intake.queries.networks import networks_of
from otklik.casework.intake.rules.networks import Network
from otklik.casework.intake.vocabulary import Source
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record


@transaction.atomic
def switch_network(*, access: Access, slug: str, enabled: bool) -> NetworkChoice:
    """Take messages of a network from exports, or refuse them (pereslavl:1.1.2)."""
    access = access.require(Permission.IMPORT, channel=Source.INCIDENT.channel)
    known = {one.slug: one for one in networks_of(access.municipality_id)}
    if slug not in known:
        raise NotFound("Такой сети нет в списке.", "Обновите страницу.")
    return _keep(access, known[slug], enabled=enabled)


@transaction.atomic
def add_network(*, access: Access, name: str, words: str = "") -> NetworkChoice:
    """Add a network or medium; `words`: other names of it in exports, by comma."""
    access = access.require(Permission.IMPORT, channel=Source.INCIDENT.channel)
    name = " ".join(name.split())[:100]
    if not name:
        raise Refused("У сети или СМИ нет названия.", "Напишите, как она называется в выгрузке.")
    if any(
        name.casefold() in (one.name.casefold(), *one.words)
        for one in networks_of(access.municipality_id)
    ):
        raise Refused(f"«{name}» уже есть в списке.", "Включите или выключите её там.")
    slug = re.sub(r"\W+", "-", name.casefold())[:60]
    return _keep(access, Network(slug, name, ()), enabled=True, words=words)


def _keep(access: Access, network: Network, *, enabled: bool, words: str = "") -> NetworkChoice:
    values = {
        "name": network.name,
        "enabled": enabled,
        "changed_at": clock.now(),
        "changed_label": access.actor.label[:300],
    }
    if words:
        values["words"] = words.strip()[:300]
    kept, _ = NetworkChoice.objects.update_or_create(
        municipality_id=access.municipality_id, slug=network.slug, defaults=values
    )
    event = NetworkSwitched(subject_id=kept.pk, network=network.name, enabled=enabled)
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    return kept
