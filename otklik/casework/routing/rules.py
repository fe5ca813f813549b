"""Which rule fits a case, and why. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFacts:
    """A routing rule as values; None, "" and empty sets = any.

    As an answer of `choose`, `body_id` is the executor named and `why` what decided, in Russian.
    """

    pk: int
    order: int
    body_id: int
    name: str
    automatic: bool = False
    topic_id: int | None = None
    topic_group: str = ""
    theme: str = ""
    settlement_ids: frozenset[int] = frozenset()
    street_ids: frozenset[int] = frozenset()
    holder_id: int | None = None
    to_holder: bool = False
    channel: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """`holder_id`: the body on whose balance the object is, where it is known."""

    topic_id: int | None = None
    topic_group: str = ""
    theme: str = ""
    settlement_id: int | None = None
    street_id: int | None = None
    holder_id: int | None = None
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Guess:
    """A topic that the text model suggests; confidence 0–1."""

    topic_id: int
    topic: str
    topic_group: str
    confidence: float


def fits(rule: RuleFacts, case: CaseFacts) -> bool:
    return (
        (rule.topic_id is None or rule.topic_id == case.topic_id)
        and (not rule.topic_group or rule.topic_group.casefold() == case.topic_group.casefold())
        and (not rule.theme or rule.theme == case.theme)
        and (rule.holder_id is None or rule.holder_id == case.holder_id)
        and _inside(rule, case)
        and (not rule.channel or rule.channel == case.channel)
    )


def _inside(rule: RuleFacts, case: CaseFacts) -> bool:
    if rule.street_ids and case.street_id not in rule.street_ids:
        return False
    return not rule.settlement_ids or case.settlement_id in rule.settlement_ids


def weight(rule: RuleFacts, case: CaseFacts) -> int:
    """How specific a rule is: topic, group, theme, balance holder, street, settlement, channel.

    Each beats all that follow. A rule for the holder counts as one where the holder is known.
    """
    marks = (
        rule.topic_id is not None,
        bool(rule.topic_group),
        bool(rule.theme),
        rule.holder_id is not None or (rule.to_holder and case.holder_id is not None),
        bool(rule.street_ids),
        bool(rule.settlement_ids),
        bool(rule.channel),
    )
    return sum(2**place for place, mark in enumerate(reversed(marks)) if mark)


def choose(
    rules: Iterable[RuleFacts], case: CaseFacts, guesses: Callable[[], Sequence[Guess]]
) -> RuleFacts | None:
    """The most specific fitting rule; equal ones by order, then by the text, then by age.

    `guesses` is asked only when rules equal in weight and order name different bodies. The text
    leans to the body to which the table sends the topics that the model suggests.
    """
    table = list(rules)
    fitting = [rule for rule in table if fits(rule, case)]
    if not fitting:
        return None
    top = min(fitting, key=lambda rule: (-weight(rule, case), rule.order))
    equal = [
        _executed(rule, case)
        for rule in sorted(fitting, key=lambda rule: rule.pk)
        if (weight(rule, case), rule.order) == (weight(top, case), top.order)
    ]
    if len({rule.body_id for rule in equal}) == 1:
        return equal[0]
    return _by_text(equal, table, guesses())


def _executed(rule: RuleFacts, case: CaseFacts) -> RuleFacts:
    if not rule.to_holder:
        return rule
    if case.holder_id is None:
        return replace(rule, why="балансодержатель неизвестен")
    return replace(rule, body_id=case.holder_id, why="балансодержатель объекта")


def _by_text(
    equal: Sequence[RuleFacts], table: Sequence[RuleFacts], guesses: Sequence[Guess]
) -> RuleFacts:
    """The one of equal rules to whose body the likeliest topic belongs, else the oldest."""
    for guess in sorted(guesses, key=lambda one: -one.confidence):
        bodies = {rule.body_id for rule in table if _names(rule, guess)}
        leaning = [rule for rule in equal if rule.body_id in bodies]
        if len(leaning) == 1:
            share = f"{round(100 * guess.confidence)}\u00a0%"
            said = f"из равных правил — по тексту: похоже на тему «{guess.topic}», {share}"
            why = f"{leaning[0].why}; {said}" if leaning[0].why else said
            return replace(leaning[0], why=why)
    return equal[0]


def _names(rule: RuleFacts, guess: Guess) -> bool:
    if rule.topic_id is not None:
        return rule.topic_id == guess.topic_id
    return bool(rule.topic_group) and rule.topic_group.casefold() == guess.topic_group.casefold()
