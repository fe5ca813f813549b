"""From the common count to channels, topics, bodies and places. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from otklik.insight.reports.rules.figures import Counts, Group, Line, together
from otklik.language.wording import capital

Key = str | int | None


def fold(groups: Iterable[Group], by: Callable[[Group], Key]) -> dict[Key, Counts]:
    """Counts of every key; they add up to the counts of all groups."""
    found: dict[Key, list[Counts]] = defaultdict(list)
    for group in groups:
        found[by(group)].append(group.counts)
    return {key: together(counts) for key, counts in found.items()}


def lines(
    groups: Iterable[Group],
    by: Callable[[Group], Key],
    names: Mapping[Key, str],
    unknown: str,
) -> list[Line]:
    """Lines with the most received first, then the most in work; «not set» comes last."""
    found = [
        Line(key=key, label=capital(" ".join((names.get(key) or unknown).split())), counts=counts)
        for key, counts in fold(groups, by).items()
    ]
    return sorted(found, key=_order)


def _order(line: Line) -> tuple[bool, int, int, str]:
    counts = line.counts
    return line.key is None, -counts.received, -counts.in_work, line.label
