"""The rule table and what it says of a case."""

from __future__ import annotations

from django.db.models import QuerySet

from otklik.casework.appeals.models import Appeal
from otklik.casework.routing.models import RoutingRule
from otklik.casework.routing.rules import CaseFacts, RuleFacts, best


def rules_of(municipality_id: int) -> QuerySet[RoutingRule]:
    return RoutingRule.objects.filter(
        municipality_id=municipality_id, is_active=True
    ).select_related("body", "topic", "settlement")


def facts_of(rule: RoutingRule) -> RuleFacts:
    return RuleFacts(
        pk=rule.pk,
        order=rule.order,
        topic_id=rule.topic_id,
        topic_group=rule.topic_group,
        settlement_id=rule.settlement_id,
        channel=rule.channel,
        body_id=rule.body_id,
        automatic=rule.automatic,
        name=rule.name,
    )


def suggestion_for(appeal: Appeal) -> RuleFacts | None:
    """The rule that names an executor for this case; it never names the body complained of."""
    case = CaseFacts(
        topic_id=appeal.topic_id,
        topic_group=appeal.topic.group if appeal.topic else "",
        settlement_id=appeal.settlement_id,
        channel=appeal.channel,
    )
    rules = [
        facts_of(rule)
        for rule in rules_of(appeal.municipality_id)
        if rule.body.is_active and rule.body_id != appeal.complained_body_id
    ]
    return best(rules, case)
