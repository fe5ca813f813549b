"""A mechanism at work is a rule and terms of its own: there is one engine for both."""

from __future__ import annotations

from typing import Any

from otklik.base import clock
from otklik.casework.automation.actions.saving import turn, warn, write
from otklik.casework.automation.models import AutoRule, Mechanism
from otklik.casework.automation.rules import Leaf, condition_of, store
from otklik.casework.automation.vocabulary import Fact, Mode, RuleState
from otklik.casework.deadlines.actions import retire_rule as retire_term
from otklik.casework.deadlines.actions import save_rule as save_term
from otklik.casework.deadlines.models import DeadlineRule
from otklik.casework.deadlines.vocabulary import CountedFrom, DeadlineKind, Unit
from otklik.directory.organisation.rules import Access

ORDER = 50
"""Before the plain rules, which stand at 100 unless told otherwise."""
TERM_PRIORITY = 50


def begin(access: Access, mechanism: Mechanism, *, confirmed: bool) -> AutoRule:
    """The mechanism's rule and terms take force. Raises what the saving of a rule raises."""
    rule = AutoRule.objects.filter(mechanism=mechanism).first() or AutoRule(
        municipality_id=mechanism.municipality_id, mechanism=mechanism, order=ORDER
    )
    rule.name = mechanism.name
    rule.note = mechanism.purpose
    rule.condition = store(condition_of(Mode.ALL, _leaves(mechanism), ()))
    rule.acts = _acts(mechanism)
    rule.state = RuleState.ON
    rule.owner_id = rule.owner_id or access.account_id
    warn(rule, confirmed=confirmed)
    rule.first_on = rule.first_on or clock.now()
    write(access, rule)
    _retire_terms(mechanism)
    system = Access.system(mechanism.municipality_id, access.actor.label)
    for topic in mechanism.topics.all():
        save_term(
            access=system,
            slug=_slug(mechanism, topic.pk),
            title=f"Механизм «{mechanism.name}»: {topic.name}"[:300],
            kind=DeadlineKind.ANSWER,
            unit=Unit(mechanism.unit),
            amount=mechanism.amount,
            counted_from=CountedFrom.REGISTRATION,
            topic_id=topic.pk,
            fast_track=True,
            priority=TERM_PRIORITY,
            article=f"Механизм ускоренного решения «{mechanism.name}»"[:300],
        )
    return rule


def end(access: Access, mechanism: Mechanism) -> None:
    """The rule stops; the terms end for new cases."""
    rule = AutoRule.objects.select_for_update().filter(mechanism=mechanism).first()
    if rule is not None:
        turn(access, rule, on=False)
    _retire_terms(mechanism)


def _retire_terms(mechanism: Mechanism) -> None:
    system = Access.system(mechanism.municipality_id)
    terms = DeadlineRule.objects.filter(
        municipality_id=mechanism.municipality_id,
        slug__startswith=_slug(mechanism, ""),
        in_force_to__isnull=True,
    )
    for slug in list(terms.values_list("slug", flat=True)):
        retire_term(access=system, slug=slug)


def _slug(mechanism: Mechanism, topic: int | str) -> str:
    return f"mechanism-{mechanism.pk}-{topic}"


def _leaves(mechanism: Mechanism) -> list[Leaf]:
    topics = tuple(mechanism.topics.order_by("pk").values_list("pk", flat=True))
    leaves = [Leaf(Fact.TOPIC, topics)]
    if mechanism.channels:
        leaves.append(Leaf(Fact.CHANNEL, tuple(mechanism.channels)))
    return leaves


def _acts(mechanism: Mechanism) -> list[dict[str, Any]]:
    helping = list(mechanism.co_executors.order_by("pk").values_list("pk", flat=True))
    acts: list[dict[str, Any]] = [
        {"kind": "fast_track"},
        {"kind": "executor", "body": mechanism.executor_id},
    ]
    if helping:
        acts.append({"kind": "co_executors", "bodies": helping})
    if mechanism.template_id:
        acts.append({"kind": "template", "template": mechanism.template_id, "as": mechanism.answer})
    return acts
