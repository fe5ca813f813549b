"""Rules shipped with the product and rules a municipality sets for itself."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from typing import Any

import yaml
from django.db import transaction

from otklik.base import clock
from otklik.base.errors import NotFound, Refused
from otklik.casework.deadlines.events import DeadlineRuleSaved
from otklik.casework.deadlines.models import DeadlineRule
from otklik.casework.deadlines.vocabulary import (
    CountedFrom,
    DeadlineKind,
    EndShift,
    Unit,
)
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record

LONGEST_FAST_TRACK = 30
"""Calendar days of a fast-track mechanism at most (novoduginsky:1.1.10)."""


@transaction.atomic
def install_builtin_rules() -> int:
    """Bring the built-in rules to what this version of the product ships; returns their number."""
    text = files("otklik.casework.deadlines").joinpath("builtin/rules.yaml").read_text("utf-8")
    shipped: list[dict[str, Any]] = yaml.safe_load(text)
    for rule in shipped:
        slug = rule.pop("slug")
        DeadlineRule.objects.update_or_create(municipality=None, slug=slug, defaults=rule)
    return len(shipped)


@transaction.atomic
def save_rule(
    *,
    access: Access,
    slug: str,
    title: str,
    kind: DeadlineKind,
    unit: Unit,
    amount: int,
    counted_from: CountedFrom,
    end_shift: EndShift = EndShift.PRECEDING,
    regime: str = "",
    channel: str = "",
    topic_id: int | None = None,
    high_priority: bool | None = None,
    fast_track: bool | None = None,
    priority: int = 0,
    article: str = "",
    edition: str = "",
    in_force_from: date | None = None,
) -> DeadlineRule:
    """Set the municipality's own term: by channel, topic or importance, in hours or days.

    It beats the built-in one for cases received from now on; terms already set
    stay. Raises Refused for a term of nothing and for a fast track beyond 30 days.
    """
    access = access.require(Permission.SET_UP)
    _check(unit, amount, fast_track)
    rule, _ = DeadlineRule.objects.update_or_create(
        municipality_id=access.municipality_id,
        slug=slug,
        defaults={
            "title": title,
            "kind": kind,
            "unit": unit,
            "amount": amount,
            "counted_from": counted_from,
            "end_shift": end_shift,
            "regime": regime,
            "channel": channel,
            "topic_id": topic_id,
            "high_priority": high_priority,
            "fast_track": fast_track,
            "priority": priority,
            "article": article,
            "edition": edition,
            "in_force_from": in_force_from,
            "in_force_to": None,
        },
    )
    return _told(access, rule)


def _told(access: Access, rule: DeadlineRule) -> DeadlineRule:
    event = DeadlineRuleSaved(
        subject_id=rule.pk, slug=rule.slug, unit=rule.unit, amount=rule.amount
    )
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    return rule


@transaction.atomic
def retire_rule(*, access: Access, slug: str) -> None:
    """The municipality's own rule ends today; the built-in one governs from tomorrow."""
    access = access.require(Permission.SET_UP)
    rule = DeadlineRule.objects.filter(municipality_id=access.municipality_id, slug=slug).first()
    if rule is None:
        raise NotFound("Такого правила срока у муниципалитета нет.")
    rule.in_force_to = clock.today()
    rule.save(update_fields=["in_force_to"])
    event = DeadlineRuleSaved(subject_id=rule.pk, slug=slug, unit=rule.unit, amount=rule.amount)
    record(event, actor=access.actor, municipality_id=access.municipality_id)


def _check(unit: Unit, amount: int, fast_track: bool | None) -> None:
    if amount < 1:
        raise Refused("Срок не может быть нулевым.", "Укажите хотя бы один день или час.")
    if fast_track and unit == Unit.CALENDAR_DAYS and amount > LONGEST_FAST_TRACK:
        raise Refused(
            "Механизм ускоренного решения не может быть дольше 30 календарных дней.",
            "Уменьшите срок или снимите отметку ускоренного решения.",
        )
