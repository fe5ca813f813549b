"""A small notation for living texts.

`{a|b|}` one of several, `[он/она]` by the writer's gender, `<slot>` or `<slot:argument>` a value.
A line may begin with `@11-3 ` (only in these months) and `#tag ` (only beside the same tag).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Union

Slots = Callable[[str, str], str]
"""Value of a slot by its name and argument."""


@dataclass(frozen=True, slots=True)
class Choice:
    options: tuple[tuple[Node, ...], ...]


@dataclass(frozen=True, slots=True)
class Gendered:
    his: str
    hers: str


@dataclass(frozen=True, slots=True)
class Slot:
    name: str
    argument: str


Node = Union[str, Choice, Gendered, Slot]  # noqa: UP007 — Choice refers to it before it exists


@dataclass(frozen=True, slots=True)
class Line:
    """One template with its conditions; `months` empty means the whole year."""

    nodes: tuple[Node, ...]
    tag: str = ""
    months: frozenset[int] = frozenset()

    def fits(self, month: int, tag: str) -> bool:
        return (not self.months or month in self.months) and (not self.tag or self.tag == tag)

    def render(self, rng: Random, slots: Slots, female: bool) -> str:
        return "".join(_render(self.nodes, rng, slots, female))


_CONDITION = re.compile(r"^(?:@(\d+)-(\d+) )?(?:#(\w+) )?")


def parse_line(text: str) -> Line:
    """A template line; raises ValueError when brackets do not match."""
    found = _CONDITION.match(text)
    first, last, tag = found.groups() if found else (None, None, None)
    months: frozenset[int] = frozenset()
    if first and last:
        span = (int(last) - int(first)) % 12
        months = frozenset((int(first) - 1 + step) % 12 + 1 for step in range(span + 1))
    body = text[found.end() :] if found else text
    nodes, rest = _sequence(body, 0, "")
    if rest != len(body):
        raise ValueError(f"unmatched bracket in {text!r}")
    return Line(nodes, tag or "", months)


def parse_lines(block: str) -> tuple[Line, ...]:
    """Every line of a block; an empty line is a template that says nothing."""
    return tuple(parse_line(line.strip()) for line in block.removesuffix("\n").split("\n"))


def _sequence(text: str, start: int, stops: str) -> tuple[tuple[Node, ...], int]:
    nodes: list[Node] = []
    plain_from = at = start
    while at < len(text) and text[at] not in stops:
        if text[at] not in "{[<":
            if text[at] in "}]>":
                raise ValueError(f"unmatched bracket in {text!r}")
            at += 1
            continue
        if at > plain_from:
            nodes.append(text[plain_from:at])
        node, at = _node(text, at)
        nodes.append(node)
        plain_from = at
    if at > plain_from:
        nodes.append(text[plain_from:at])
    return tuple(nodes), at


def _node(text: str, at: int) -> tuple[Node, int]:
    if text[at] == "{":
        options = []
        while text[at] != "}":
            nodes, at = _sequence(text, at + 1, "|}")
            if at >= len(text):
                raise ValueError(f"unmatched bracket in {text!r}")
            options.append(nodes)
        return Choice(tuple(options)), at + 1
    end = text.index("]" if text[at] == "[" else ">", at)
    inner = text[at + 1 : end]
    if text[at] == "[":
        his, _, hers = inner.partition("/")
        return Gendered(his, hers), end + 1
    name, _, argument = inner.partition(":")
    return Slot(name, argument), end + 1


def _render(nodes: tuple[Node, ...], rng: Random, slots: Slots, female: bool) -> list[str]:
    parts: list[str] = []
    for node in nodes:
        if isinstance(node, str):
            parts.append(node)
        elif isinstance(node, Slot):
            parts.append(slots(node.name, node.argument))
        elif isinstance(node, Gendered):
            parts.append(node.hers if female else node.his)
        else:
            option = node.options[int(rng.random() * len(node.options))]
            parts += _render(option, rng, slots, female)
    return parts


_SPACES = re.compile(r" {2,}")
_BEFORE_MARK = re.compile(r" +([,.!?:;])")


def tidy(text: str) -> str:
    """Single spaces, none before a mark, a capital at the start."""
    text = _BEFORE_MARK.sub(r"\1", _SPACES.sub(" ", text)).strip()
    return text[:1].upper() + text[1:]


def choose(lines: tuple[Line, ...], rng: Random, month: int, tag: str) -> Line | None:
    """A fitting line, or None when the list has none."""
    fitting = [line for line in lines if line.fits(month, tag)]
    return fitting[int(rng.random() * len(fitting))] if fitting else None
