"""The register of rules for other systems."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet

from otklik.base.errors import NotFound
from otklik.casework.automation.models import AutoRule, AutoRuleVersion, MirrorEntry
from otklik.casework.automation.queries.in_force import in_force
from otklik.casework.automation.rules import restored
from otklik.casework.automation.rules.mirroring import concerns
from otklik.casework.automation.vocabulary import MirrorState, Platform
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


def to_mirror(municipality_id: int, on: date) -> list[tuple[AutoRule, Platform]]:
    """Rules in force here that act on messages of a system and are not in its register yet."""
    known = set(
        MirrorEntry.objects.filter(municipality_id=municipality_id, rule__isnull=False)
        .exclude(state=MirrorState.REMOVED)
        .values_list("rule_id", "platform")
    )
    return [
        (rule, platform)
        for rule in in_force(municipality_id, on)
        for platform in Platform
        if (rule.pk, platform) not in known and concerns(restored(rule.condition), platform)
    ]


def differing_since(entries: Iterable[MirrorEntry]) -> dict[int, datetime]:
    """When our rule first changed after what stands in the other system; by entry, one query."""
    stale = [one for one in entries if one.rule_id and one.state == MirrorState.STALE]
    rules = {one.rule_id for one in stale}
    saved = list(
        AutoRuleVersion.objects.filter(rule_id__in=rules)
        .order_by("-number")
        .values_list("rule_id", "number", "saved_at")
    )
    return {
        one.pk: moment
        for one in stale
        for rule_id, number, moment in saved
        if rule_id == one.rule_id and number > one.version
    }
