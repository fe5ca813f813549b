"""Everyday topics of the demo: official code, seasons, usual speed and what people write."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from otklik.config.demo.source import DATA, read_yaml
from otklik.config.demo.templates import Line, parse_lines


@dataclass(frozen=True, slots=True)
class DemoTopic:
    """`months`: twelve weights; `days`: usual days to an answer; `late`: part of overdue answers.

    `places`: (kind, landmark kinds) pairs; kinds are house, adr, yard, street, settlement,
    landmark, inside and none. `only`: riverside or village settlements.
    """

    key: str
    code: str
    theme: str
    label: str
    places: tuple[tuple[str, tuple[str, ...]], ...]
    flats: bool | None
    only: str
    body: str
    village_body: str
    against: str
    weight: float
    months: tuple[float, ...]
    days: float
    late: float
    fast: bool
    kind: str
    keywords: str
    problem: tuple[Line, ...]
    detail: tuple[Line, ...]
    ask: tuple[Line, ...]
    short: tuple[Line, ...]
    done: tuple[Line, ...]
    plan: tuple[Line, ...]


@cache
def load_topics() -> dict[str, DemoTopic]:
    """Topics by key, in the order of the files."""
    found = {}
    for path in sorted((DATA / "topics").glob("*.yaml")):
        for note in read_yaml(f"topics/{path.name}"):
            found[note["key"]] = _topic(note)
    return found


def _topic(note: dict[str, Any]) -> DemoTopic:
    return DemoTopic(
        key=note["key"], code=note["code"], theme=note["theme"], label=note["label"],
        places=tuple(_place(part) for part in note["place"].split("+")),
        flats=note.get("flats"), only=note.get("only", ""), body=note["body"],
        village_body=note.get("village_body", note["body"]), against=note.get("against", ""),
        weight=float(note["weight"]), months=tuple(float(m) for m in note["months"]),
        days=float(note["days"]), late=float(note["late"]), fast=note["pace"] == "fast",
        kind=note["kind"], keywords=note["keywords"],
        problem=parse_lines(note["problem"]), detail=parse_lines(note["detail"]),
        ask=parse_lines(note["ask"]), short=parse_lines(note["short"]),
        done=parse_lines(note["done"]), plan=parse_lines(note["plan"]),
    )  # fmt: skip


def _place(part: str) -> tuple[str, tuple[str, ...]]:
    kind, _, marks = part.partition(":")
    return kind, tuple(marks.split(",")) if marks else ()
