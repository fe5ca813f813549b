"""A condition against the facts of a case: whether it holds, and by which words. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from otklik.casework.automation.rules.conditions import Group, Leaf, Node, Not, Value, hours_of
from otklik.casework.automation.vocabulary import Fact, Mode
from otklik.language.lemmas import forms, tokens


@dataclass(frozen=True)
class CaseFacts:
    """What conditions look at. `topic_ids`: the topic and all above it; `at`: local time."""

    channel: str
    author: str
    at: datetime
    topic_ids: frozenset[int] = field(default_factory=frozenset)
    group: str = ""
    settlement_id: int | None = None
    street_id: int | None = None
    territory_id: int | None = None
    body_id: int | None = None
    text: str = ""

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        return tuple(tokens(self.text))

    @cached_property
    def token_set(self) -> frozenset[str]:
        return frozenset(self.tokens)


@dataclass(frozen=True, slots=True)
class Why:
    """Which fact spoke: the value asked for, and the words of the text where it is about words."""

    fact: Fact
    value: Value
    found: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    matched: bool
    why: tuple[Why, ...] = ()

    def __bool__(self) -> bool:
        return self.matched


NO = Match(False)


def match(node: Node, case: CaseFacts) -> Match:
    """Whether the condition holds, and why. An empty group holds for nothing."""
    if isinstance(node, Leaf):
        return _HOLDS[node.fact](node, case)
    if isinstance(node, Not):
        return NO if match(node.node, case) else Match(True)
    if not node.of:
        return NO
    return _all(node, case) if node.mode == Mode.ALL else _any(node, case)


def _all(node: Group, case: CaseFacts) -> Match:
    why: tuple[Why, ...] = ()
    for inner in node.of:
        found = match(inner, case)
        if not found:
            return NO
        why += found.why
    return Match(True, why)


def _any(node: Group, case: CaseFacts) -> Match:
    found = [match(inner, case) for inner in node.of]
    why = tuple(one for each in found if each for one in each.why)
    return Match(any(found), why)


def _one_of(name: str) -> Callable[[Leaf, CaseFacts], Match]:
    def holds(leaf: Leaf, case: CaseFacts) -> Match:
        value = getattr(case, name)
        return Match(True, (Why(leaf.fact, value),)) if value in leaf.values else NO

    return holds


def _topic(leaf: Leaf, case: CaseFacts) -> Match:
    for value in leaf.values:
        if value in case.topic_ids:
            return Match(True, (Why(Fact.TOPIC, value),))
    return NO


def _words(leaf: Leaf, case: CaseFacts) -> Match:
    why = []
    for word in leaf.values:
        parts = tokens(str(word))
        if len(parts) != 1:
            found = _found(parts, case)
        else:
            common = forms(parts[0]) & case.token_set
            found = min(common, key=case.tokens.index) if common else ""
        if found:
            why.append(Why(Fact.WORDS, word, found))
    return Match(True, tuple(why)) if why else NO


def _phrase(leaf: Leaf, case: CaseFacts) -> Match:
    for phrase in leaf.values:
        if found := _found(tokens(str(phrase)), case):
            return Match(True, (Why(Fact.PHRASE, phrase, found),))
    return NO


def _found(parts: list[str], case: CaseFacts) -> str:
    """Where the words stand side by side, as written; empty when they do not."""
    place = _where([forms(part) for part in parts], case.tokens)
    return "" if place is None else " ".join(case.tokens[place : place + len(parts)])


def _where(wanted: list[frozenset[str]], words: tuple[str, ...]) -> int | None:
    if not wanted:
        return None
    for start in range(len(words) - len(wanted) + 1):
        if all(words[start + n] in one for n, one in enumerate(wanted)):
            return start
    return None


def _hours(leaf: Leaf, case: CaseFacts) -> Match:
    hour = case.at.hour
    for span in leaf.values:
        since, until = hours_of(str(span))
        inside = since <= hour < until if since < until else hour >= since or hour < until
        if inside:
            return Match(True, (Why(Fact.HOURS, span),))
    return NO


def _weekday(leaf: Leaf, case: CaseFacts) -> Match:
    day = case.at.weekday()
    return Match(True, (Why(Fact.WEEKDAYS, day),)) if day in leaf.values else NO


def _month(leaf: Leaf, case: CaseFacts) -> Match:
    month = case.at.month
    return Match(True, (Why(Fact.MONTHS, month),)) if month in leaf.values else NO


_HOLDS: dict[Fact, Callable[[Leaf, CaseFacts], Match]] = {
    Fact.CHANNEL: _one_of("channel"),
    Fact.AUTHOR: _one_of("author"),
    Fact.GROUP: _one_of("group"),
    Fact.SETTLEMENT: _one_of("settlement_id"),
    Fact.STREET: _one_of("street_id"),
    Fact.TERRITORY: _one_of("territory_id"),
    Fact.BODY: _one_of("body_id"),
    Fact.TOPIC: _topic,
    Fact.WORDS: _words,
    Fact.PHRASE: _phrase,
    Fact.HOURS: _hours,
    Fact.WEEKDAYS: _weekday,
    Fact.MONTHS: _month,
}
