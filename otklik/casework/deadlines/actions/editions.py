"""A term in a new edition: the old value governs until the day before."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from otklik.base.errors import NotFound, Refused
from otklik.casework.deadlines.actions.rules import save_rule
from otklik.casework.deadlines.models import DeadlineRule
from otklik.casework.deadlines.vocabulary import CountedFrom, DeadlineKind, EndShift, Unit
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission


@transaction.atomic
def issue_edition(
    *,
    access: Access,
    rule_id: int,
    title: str,
    unit: Unit,
    amount: int,
    end_shift: EndShift,
    article: str,
    edition: str,
    in_force_from: date,
) -> DeadlineRule:
    """Set another value of a rule from a day on; conditions stay, so do terms already set.

    A built-in rule is left as it is: the centre's own beats it from that day.
    Raises NotFound; Refused when the day is not after the beginning of the present edition.
    """
    access = access.require(Permission.SET_UP)
    mine = Q(municipality_id=access.municipality_id)
    rule = _locked(rule_id, mine)
    slug = f"{rule.slug[:50].rstrip('-')}-{in_force_from:%Y%m%d}"
    if rule.own:
        _end(rule, in_force_from)
    if DeadlineRule.objects.filter(mine, slug=slug).exists():
        raise Refused(
            "Редакция с этого дня уже есть.", "Выберите другой день или измените ту редакцию."
        )
    return save_rule(
        access=access,
        slug=slug,
        title=title,
        kind=DeadlineKind(rule.kind),
        unit=unit,
        amount=amount,
        counted_from=CountedFrom(rule.counted_from),
        end_shift=end_shift,
        regime=rule.regime,
        channel=rule.channel,
        topic_id=rule.topic_id,
        high_priority=rule.high_priority,
        fast_track=rule.fast_track,
        priority=rule.priority,
        article=article,
        edition=edition,
        in_force_from=in_force_from,
    )


def _locked(rule_id: int, mine: Q) -> DeadlineRule:
    offered = DeadlineRule.objects.filter(mine | Q(municipality__isnull=True))
    rule = offered.select_for_update().filter(pk=rule_id).first()
    if rule is None:
        raise NotFound("Такого правила срока нет.", "Вернитесь к списку сроков.")
    return rule


def _end(rule: DeadlineRule, next_from: date) -> None:
    if rule.in_force_from is not None and next_from <= rule.in_force_from:
        raise Refused(
            f"Нынешняя редакция действует с {rule.in_force_from:%d.%m.%Y}.",
            "Новая должна начинаться позже.",
        )
    if rule.in_force_to is None or rule.in_force_to >= next_from:
        rule.in_force_to = next_from - timedelta(days=1)
        rule.save(update_fields=["in_force_to"])
