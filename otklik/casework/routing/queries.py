"""The rule table and what it says of a case."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from otklik.casework.appeals.models import Appeal
from otklik.casework.classification.queries import suggestions_of
from otklik.casework.formalising.queries import holder_of
from otklik.casework.routing.models import RoutingRule
from otklik.casework.routing.rules import CaseFacts, Guess, RuleFacts, choose
from otklik.directory.organisation.models import Body


def rules_of(municipality_id: int) -> QuerySet[RoutingRule]:
    return RoutingRule.objects.filter(
        municipality_id=municipality_id, is_active=True
    ).select_related("body", "topic", "settlement", "holder")


def facts_of(rule: RoutingRule) -> RuleFacts:
    here = {rule.settlement_id} if rule.settlement_id else set()
    return RuleFacts(
        pk=rule.pk,
        order=rule.order,
        topic_id=rule.topic_id,
        topic_group=rule.topic_group,
        theme=rule.theme,
        settlement_ids=frozenset({*here, *rule.settlement_ids}),
        street_ids=frozenset(rule.street_ids),
        holder_id=rule.holder_id,
        to_holder=rule.to_holder,
        channel=rule.channel,
        body_id=rule.body_id,
        automatic=rule.automatic,
        name=rule.name,
    )


def suggestion_for(appeal: Appeal) -> RuleFacts | None:
    """The rule that names an executor for this case; it never names the body complained of.

    The balance holder and the suggestions of the text are read only where the table needs them.
    """
    rules = [
        facts_of(rule)
        for rule in rules_of(appeal.municipality_id)
        if rule.body.is_active and rule.body_id != appeal.complained_body_id
    ]
    asks_holder = any(rule.to_holder or rule.holder_id for rule in rules)
    case = CaseFacts(
        topic_id=appeal.topic_id,
        topic_group=appeal.topic.group if appeal.topic else "",
        theme=appeal.theme,
        settlement_id=appeal.settlement_id,
        street_id=appeal.street_id,
        holder_id=_holder(appeal) if asks_holder else None,
        channel=appeal.channel,
    )
    return choose(rules, case, lambda: _guesses(appeal))


def _holder(appeal: Appeal) -> int | None:
    """Whoever holds the object, unless he is complained of or closed."""
    found = holder_of(appeal)
    if found is None or found == appeal.complained_body_id:
        return None
    return found if Body.objects.filter(pk=found, is_active=True).exists() else None


def _guesses(appeal: Appeal) -> Sequence[Guess]:
    return [
        Guess(one.topic_id, one.topic.name, one.topic.group, one.confidence)
        for one in suggestions_of(appeal)
    ]
