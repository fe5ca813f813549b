"""Names for the ids that rules speak of, whatever the number of rules: one query per kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from otklik.casework.automation.rules import Group, leaves_of
from otklik.casework.automation.rules.describing import Names
from otklik.casework.automation.vocabulary import Fact
from otklik.casework.problems.models import Problem
from otklik.casework.replies.models import ReplyTemplate
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Body, Role
from otklik.directory.territory.models import Settlement, Street
from otklik.directory.topics.models import Topic

Told = tuple[Group, Iterable[Mapping[str, Any]]]
_FACTS = {
    Fact.TOPIC: "topics",
    Fact.SETTLEMENT: "settlements",
    Fact.STREET: "streets",
    Fact.TERRITORY: "bodies",
    Fact.BODY: "bodies",
}


def names_for(rules: Iterable[Told]) -> Names:
    """What the ids in these conditions and actions are called; at most eight queries."""
    wanted: dict[str, set[int]] = defaultdict(set)
    for condition, acts in rules:
        for leaf in leaves_of(condition):
            if leaf.fact in _FACTS:
                wanted[_FACTS[leaf.fact]] |= {int(value) for value in leaf.values}
        for act in acts:
            _gather(act, wanted)
    return Names(
        topics=_named(Topic, wanted["topics"]),
        bodies=_named(Body, wanted["bodies"]),
        settlements=_named(Settlement, wanted["settlements"]),
        streets=_named(Street, wanted["streets"]),
        templates={row.pk: row.title for row in _rows(ReplyTemplate, wanted["templates"])},
        accounts={row.pk: row.short_name for row in _rows(Account, wanted["accounts"])},
        roles={row.pk: row.label for row in _rows(Role, wanted["roles"])},
        problems={
            row.pk: f"{row.number} «{row.title}»" for row in _rows(Problem, wanted["problems"])
        },
    )


def _gather(act: Mapping[str, Any], wanted: dict[str, set[int]]) -> None:
    single = {"topic": "topics", "body": "bodies", "template": "templates",
              "problem": "problems"}  # fmt: skip
    for key, kind in single.items():
        if key in act:
            wanted[kind].add(act[key])
    for key in ("bodies", "accounts", "roles"):
        wanted[key] |= set(act.get(key, []))


def _named(model: Any, ids: set[int]) -> dict[int, str]:
    return {row.pk: str(row) for row in _rows(model, ids)}


def _rows(model: Any, ids: set[int]) -> Iterable[Any]:
    return model.objects.filter(pk__in=ids) if ids else ()
