"""What in the numbers asks for attention: growth, overdue, unattended, crowded places. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from otklik.insight.cuts.rules import Change
from otklik.insight.cuts.rules import compares as enough_before
from otklik.insight.reports.rules.figures import Counts, Line, WeeklyNote
from otklik.insight.reports.rules.folding import fold

OVERDUE_CLUSTER = 3
"""A body with fewer overdue cases is not named as a risk."""

CLEAR_SHARE = 0.5
"""A place or body is named as the main one when at least this share is its own."""


@dataclass(frozen=True, kw_only=True)
class Growth:
    """A topic that grew more than by chance; the main body and place when there is one."""

    topic: str
    now: int
    before: int
    body: str = ""
    place: str = ""
    at_place: int = 0


def compares(note: WeeklyNote) -> bool:
    """Whether the period before has anything to be compared with."""
    total = note.total
    return bool(total.before or total.answered_before)


def grown(note: WeeklyNote) -> list[Growth]:
    """Topics with marked growth, the clearest first; none when there is nothing to compare."""
    if not enough_before(note.total.before):
        return []
    found = [(change(line), line) for line in note.topics if line.key is not None]
    marked = [(one, line) for one, line in found if one.marked]
    marked.sort(key=lambda pair: (-pair[0].deviations, pair[1].label))
    return [_growth(note, line) for _, line in marked]


def fallen(note: WeeklyNote) -> list[Line]:
    """Topics that fell as clearly as others grow."""
    lines = [line for line in note.topics if line.key is not None]
    back = [Change(now=line.counts.before, before=line.counts.received) for line in lines]
    found = [(one, line) for one, line in zip(back, lines, strict=True) if one.marked]
    found.sort(key=lambda pair: (-pair[0].deviations, pair[1].label))
    return [line for _, line in found]


def change(line: Line) -> Change:
    return Change(now=line.counts.received, before=line.counts.before)


def overdue_bodies(note: WeeklyNote) -> list[Line]:
    """Bodies with several overdue cases, the most first."""
    found = [
        line
        for line in note.bodies
        if line.key is not None and line.counts.overdue >= OVERDUE_CLUSTER
    ]
    return sorted(found, key=lambda line: (-line.counts.overdue, line.label))


def not_set(lines: Sequence[Line]) -> Line | None:
    """The line of cases without a topic, body or place."""
    return next((line for line in lines if line.key is None), None)


def _growth(note: WeeklyNote, line: Line) -> Growth:
    groups = [group for group in note.groups if group.topic == line.key]
    body, _ = _main(fold(groups, lambda group: group.body), note.bodies, line)
    place, at_place = _main(fold(groups, lambda group: group.settlement), note.places, line)
    return Growth(
        topic=line.label,
        now=line.counts.received,
        before=line.counts.before,
        body=body,
        place=place,
        at_place=at_place,
    )


def _main(
    counts: dict[str | int | None, Counts], named: Sequence[Line], line: Line
) -> tuple[str, int]:
    """The name that holds at least half of the topic's cases, with their number."""
    labels = {one.key: one.label for one in named if one.key is not None}
    best = max(
        (key for key in counts if key in labels),
        key=lambda key: counts[key].received,
        default=None,
    )
    if best is None:
        return "", 0
    received = counts[best].received
    return (labels[best], received) if received >= CLEAR_SHARE * line.counts.received else ("", 0)
