"""What people have decided about a case: rules leave that alone."""

from __future__ import annotations

from dataclasses import dataclass

from otklik.casework.appeals.models import Appeal
from otklik.records.journal.queries import story_of

_NAMES = ("AppealRegistered", "TopicSet", "PlaceSet", "ExecutorAssigned", "AssignmentWithdrawn")
_PEOPLE = ("person", "link")
_EXECUTORS = frozenset(("ExecutorAssigned", "AssignmentWithdrawn"))


@dataclass(frozen=True)
class Decided:
    topic: bool = False
    executor: bool = False


def decided_by_people(appeal: Appeal) -> Decided:
    """One query. A topic given with the registration by a member of staff counts as his choice."""
    entries = list(story_of(appeal.pk).filter(name__in=_NAMES).values_list("name", "actor_kind"))
    by_hand = {name for name, kind in entries if kind in _PEOPLE}
    named_later = any(name == "TopicSet" for name, _ in entries)
    at_once = appeal.topic_id is not None and not named_later and "AppealRegistered" in by_hand
    return Decided(topic="TopicSet" in by_hand or at_once, executor=bool(_EXECUTORS & by_hand))
