"""The condition of a rule as a tree, and as JSON. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from otklik.casework.automation.vocabulary import Fact, Mode

Value = str | int
NUMBERS = frozenset(
    (Fact.TOPIC, Fact.SETTLEMENT, Fact.STREET, Fact.TERRITORY, Fact.BODY, Fact.WEEKDAYS,
     Fact.MONTHS)
)  # fmt: skip
TEXTUAL = frozenset((Fact.WORDS, Fact.PHRASE))
MOST_VALUES = 200
DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Leaf:
    """One fact of the case is one of `values`: ids, codes, words, «18-8» for hours."""

    fact: Fact
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Group:
    mode: Mode
    of: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """«Кроме»."""

    node: Node


Node = Leaf | Group | Not


def condition_of(mode: Mode, leaves: Iterable[Leaf], excepted: Iterable[Leaf]) -> Group:
    """What the editor makes: conditions joined by all or any, and exceptions, any of which bars."""
    wanted = Group(mode, tuple(leaves))
    barred = tuple(excepted)
    if not barred:
        return Group(Mode.ALL, (wanted,))
    return Group(Mode.ALL, (wanted, Not(Group(Mode.ANY, barred))))


def parts_of(condition: Group) -> tuple[Mode, tuple[Leaf, ...], tuple[Leaf, ...]]:
    """The same back for the editor: mode, conditions, exceptions."""
    mode, wanted, barred = Mode.ALL, [], []
    for node in condition.of:
        if isinstance(node, Group):
            mode = node.mode
            wanted += [leaf for leaf in node.of if isinstance(leaf, Leaf)]
        elif isinstance(node, Not):
            barred += list(leaves_of(node))
    return mode, tuple(wanted), tuple(barred)


def leaves_of(node: Node) -> Iterator[Leaf]:
    if isinstance(node, Leaf):
        yield node
    elif isinstance(node, Not):
        yield from leaves_of(node.node)
    else:
        for inner in node.of:
            yield from leaves_of(inner)


def facts_in(node: Node) -> frozenset[Fact]:
    return frozenset(leaf.fact for leaf in leaves_of(node))


def store(node: Node) -> dict[str, Any]:
    """The tree as JSON."""
    if isinstance(node, Leaf):
        return {"fact": str(node.fact), "any": list(node.values)}
    if isinstance(node, Not):
        return {"not": store(node.node)}
    return {str(node.mode): [store(inner) for inner in node.of]}


def restore(data: Mapping[str, Any], depth: int = 0) -> Node:
    """The tree of its JSON; raises ValueError for anything that is no condition."""
    if depth > DEEPEST:
        raise ValueError("nested too deep")
    if "fact" in data:
        return _leaf(data)
    if "not" in data:
        return Not(restore(data["not"], depth + 1))
    for mode in Mode:
        if mode in data:
            return Group(mode, tuple(restore(inner, depth + 1) for inner in data[mode]))
    raise ValueError("no condition")


def restored(data: Mapping[str, Any]) -> Group:
    node = restore(data)
    return node if isinstance(node, Group) else Group(Mode.ALL, (node,))


def _leaf(data: Mapping[str, Any]) -> Leaf:
    fact = Fact(data["fact"])
    values = tuple(data["any"])
    wanted = int if fact in NUMBERS else str
    if not values or len(values) > MOST_VALUES or not all(isinstance(v, wanted) for v in values):
        raise ValueError(f"bad values of {fact}")
    if fact == Fact.HOURS:
        for span in values:
            hours_of(str(span))
    return Leaf(fact, values)


def hours_of(span: str) -> tuple[int, int]:
    """«18-8» → (18, 8): from the first hour till before the second, over midnight too.

    Raises ValueError for other words and for hours outside 0…24.
    """
    first, _, last = span.partition("-")
    since, until = int(first), int(last)
    if not (0 <= since <= 23 and 0 <= until <= 24) or since == until:
        raise ValueError("bad hours")
    return since, until
