"""Everything needed to count terms of a municipality, loaded once."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Priority
from otklik.casework.deadlines.models import Deadline, DeadlineRule
from otklik.casework.deadlines.rules import CaseFacts, Extension, Pause, Planner, Starts
from otklik.directory.calendars.queries import calendar_for
from otklik.directory.topics.models import Topic


def planner_for(municipality_id: int) -> Planner:
    """Calendar, rules and topics of the municipality; at most five queries."""
    rules = list(
        DeadlineRule.objects.filter(
            Q(municipality_id=municipality_id) | Q(municipality__isnull=True)
        )
    )
    return Planner(
        calendar=calendar_for(municipality_id),
        rules=rules,
        topics=_lineages() if any(rule.topic_id for rule in rules) else {},
    )


def case_facts(appeal: Appeal, planner: Planner) -> CaseFacts:
    """What the choice of a rule looks at, from an appeal saved or not."""
    return CaseFacts(
        regime=appeal.regime,
        channel=appeal.channel,
        topic_ids=planner.lineage(appeal.topic_id),
        high_priority=appeal.priority == Priority.HIGH,
        fast_track=appeal.fast_track,
    )


def starts_of(appeal: Appeal, restarted_at: datetime | None = None) -> Starts:
    """The moments of the case; a reopened one starts anew."""
    return Starts(
        received_at=restarted_at or appeal.received_at,
        registered_at=restarted_at or appeal.registered_at,
    )


def pauses_of(deadline: Deadline | None) -> list[Pause]:
    if deadline is None:
        return []
    return [Pause.restored(pause) for pause in deadline.pauses]


def extension_of(deadline: Deadline | None) -> Extension | None:
    if deadline is None or not deadline.extended_days:
        return None
    return Extension(days=deadline.extended_days, reason=deadline.extension_reason)


def _lineages() -> dict[int, frozenset[int]]:
    parents = dict(Topic.objects.values_list("pk", "parent_id"))
    found: dict[int, frozenset[int]] = {}
    for topic in parents:
        line: set[int] = set()
        above: int | None = topic
        while above is not None and above not in line:
            line.add(above)
            above = parents.get(above)
        found[topic] = frozenset(line)
    return found
