"""Which of the rules in force governs a case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeVar

from otklik.casework.deadlines.vocabulary import DeadlineKind


@dataclass(frozen=True, kw_only=True)
class CaseFacts:
    """What the choice looks at. `topic_ids` are the topic and everything above it."""

    regime: str
    channel: str = ""
    topic_ids: frozenset[int] = field(default_factory=frozenset)
    high_priority: bool = False
    fast_track: bool = False


class Candidate(Protocol):
    """A rule row: blank or None in a condition means «any»."""

    kind: str
    regime: str
    channel: str
    topic_id: int | None
    high_priority: bool | None
    fast_track: bool | None
    priority: int
    in_force_from: date | None
    in_force_to: date | None

    @property
    def own(self) -> bool: ...


RuleT = TypeVar("RuleT", bound=Candidate)


def in_force(rule: Candidate, on: date) -> bool:
    begun = rule.in_force_from is None or rule.in_force_from <= on
    return begun and (rule.in_force_to is None or on <= rule.in_force_to)


def fits(rule: Candidate, case: CaseFacts) -> bool:
    """Whether every condition of the rule holds for the case."""
    return (
        rule.regime in ("", case.regime)
        and rule.channel in ("", case.channel)
        and (rule.topic_id is None or rule.topic_id in case.topic_ids)
        and rule.high_priority in (None, case.high_priority)
        and rule.fast_track in (None, case.fast_track)
    )


def governing(
    rules: Iterable[RuleT], kind: DeadlineKind, case: CaseFacts, on: date
) -> RuleT | None:
    """The rule for this kind of term, or None when nothing sets one.

    The municipality's own rule beats a built-in one; then the higher priority
    wins, then the rule with more conditions, then the later edition.
    """
    found = [
        rule for rule in rules if rule.kind == kind and in_force(rule, on) and fits(rule, case)
    ]
    return max(found, key=_weight, default=None)


def _weight(rule: Candidate) -> tuple[bool, int, int, date]:
    conditions = (
        bool(rule.regime),
        bool(rule.channel),
        rule.topic_id is not None,
        rule.high_priority is not None,
        rule.fast_track is not None,
    )
    return (rule.own, rule.priority, sum(conditions), rule.in_force_from or date.min)
