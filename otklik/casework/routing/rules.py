"""Which rule fits a case. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RuleFacts:
    """A routing rule as values; None or "" = any."""

    pk: int
    order: int
    topic_id: int | None
    topic_group: str
    settlement_id: int | None
    channel: str
    body_id: int
    automatic: bool
    name: str


@dataclass(frozen=True, slots=True)
class CaseFacts:
    topic_id: int | None
    topic_group: str
    settlement_id: int | None
    channel: str


def fits(rule: RuleFacts, case: CaseFacts) -> bool:
    return (
        (rule.topic_id is None or rule.topic_id == case.topic_id)
        and (not rule.topic_group or rule.topic_group.casefold() == case.topic_group.casefold())
        and (rule.settlement_id is None or rule.settlement_id == case.settlement_id)
        and (not rule.channel or rule.channel == case.channel)
    )


def weight(rule: RuleFacts) -> int:
    """How specific a rule is: topic beats group beats settlement beats channel."""
    return (
        8 * (rule.topic_id is not None)
        + 4 * bool(rule.topic_group)
        + 2 * (rule.settlement_id is not None)
        + bool(rule.channel)
    )


def best(rules: Iterable[RuleFacts], case: CaseFacts) -> RuleFacts | None:
    """The most specific fitting rule; equal ones by order, then by age."""
    fitting = [rule for rule in rules if fits(rule, case)]
    return min(fitting, key=lambda rule: (-weight(rule), rule.order, rule.pk), default=None)
