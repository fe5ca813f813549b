"""Rules in force and the facts of cases that their conditions look at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Q, QuerySet

from otklik.casework.appeals.models import Appeal
from otklik.casework.automation.models import AutoRule
from otklik.casework.automation.rules import CaseFacts, Shape, Topics, restored
from otklik.casework.automation.rules.conditions import Value
from otklik.casework.automation.vocabulary import Fact, RuleState
from otklik.directory.topics.models import Topic


def rules_of(municipality_id: int) -> QuerySet[AutoRule]:
    """Every rule of the centre, in order."""
    return AutoRule.objects.filter(municipality_id=municipality_id).select_related(
        "owner", "mechanism"
    )


def in_force(municipality_id: int, on: date) -> QuerySet[AutoRule]:
    """Rules that act on this day, in order."""
    begun = Q(since__isnull=True) | Q(since__lte=on)
    lasting = Q(until__isnull=True) | Q(until__gte=on)
    return rules_of(municipality_id).filter(begun & lasting, state=RuleState.ON)


def topics_above() -> Topics:
    """Every topic with all above it; one query."""
    parents = dict(Topic.objects.values_list("pk", "parent_id"))
    return Topics({pk: line_of(pk, parents) for pk in parents})


def line_of(pk: int | None, parents: Mapping[int, int | None]) -> frozenset[int]:
    """A topic and all above it."""
    line: set[int] = set()
    while pk is not None and pk not in line:
        line.add(pk)
        pk = parents.get(pk)
    return frozenset(line)


def facts_of(appeal: Appeal, topics: Topics) -> CaseFacts:
    """What conditions look at, of a case with its topic, settlement, applicant and municipality."""
    topic = appeal.topic
    return CaseFacts(
        channel=appeal.channel,
        author=appeal.applicant.kind,
        at=appeal.received_at.astimezone(appeal.municipality.tz),
        topic_ids=topics.lineage.get(topic.pk, frozenset((topic.pk,))) if topic else frozenset(),
        group=topic.group if topic else "",
        settlement_id=appeal.settlement_id,
        street_id=appeal.street_id,
        territory_id=appeal.settlement.territorial_body_id if appeal.settlement else None,
        body_id=appeal.executor_body_id,
        text=appeal.text,
    )


def shape_of(rule: AutoRule, groups: Mapping[int, str]) -> Shape:
    """The rule as values for the checks beside other rules. `groups`: topic → its group."""
    return Shape(
        pk=rule.pk,
        name=rule.name,
        order=rule.order,
        condition=restored(rule.condition),
        stop=rule.stop,
        effects=effects_of(rule, groups),
        since=rule.since,
        until=rule.until,
    )


def effects_of(rule: AutoRule, groups: Mapping[int, str]) -> tuple[tuple[Fact, Value], ...]:
    found: list[tuple[Fact, Value]] = []
    for act in rule.acts:
        if act["kind"] == "topic":
            found.append((Fact.TOPIC, act["topic"]))
            if group := groups.get(act["topic"], ""):
                found.append((Fact.GROUP, group))
        elif act["kind"] == "executor":
            found.append((Fact.BODY, act["body"]))
    return tuple(found)
