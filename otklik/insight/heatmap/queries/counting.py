"""Cases of the map in groups, each view by one reading of the packs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import numpy as np

from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.directory.organisation.rules import Access
from otklik.insight.cuts.queries import before_filter, packs_of
from otklik.insight.cuts.rules import Grouped, Grouping, Side, Value
from otklik.insight.cuts.rules.links import NO_GROUP
from otklik.insight.cuts.rules.picking import is_open, is_overdue
from otklik.insight.cuts.vocabulary import Counted, Dimension
from otklik.insight.facts.rules.packs import Array, Pack, day_number, moment_number
from otklik.insight.heatmap.rules.cells import COLUMNS, Cells
from otklik.insight.heatmap.vocabulary import Step

TOPICS = 3
BUCKETS = {Step.DAY: Dimension.DAY, Step.WEEK: Dimension.WEEK, Step.MONTH: Dimension.MONTH}


@dataclass(frozen=True, kw_only=True)
class Group:
    """`before` is None when the period is open; `lon`, `lat` are the mean point of its cases."""

    key: int | None
    count: int
    open: int
    overdue: int
    before: int | None
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True, kw_only=True)
class Found:
    """Groups of one reading; `topics` are the most frequent groups of topics of the period."""

    groups: Sequence[Group]
    topics: tuple[str, ...]

    @property
    def nowhere(self) -> Group | None:
        """What has no place or no point."""
        return next((group for group in self.groups if group.key is None), None)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Whose cases of the period and of the one before it, and how each is counted."""

    access: Access
    wanted: AppealFilter
    now: datetime
    since: date | None
    """The first day of the period, None when nothing is compared."""

    @property
    def compared(self) -> bool:
        return self.since is not None

    def packs(self, names: tuple[str, ...]) -> Iterator[Pack]:
        needed = ("status", "open_due", *names)
        edges = [] if self.since is None else [self.since]
        return packs_of(self.access, self.wanted, Counted.APPEALS, self.now, needed, edges=edges)

    def values(self) -> Mapping[str, Value]:
        return {
            "count": lambda pack, _now: self.inside(pack),
            "open": lambda pack, _now: self.inside(pack) & is_open(pack),
            "overdue": lambda pack, now: self.inside(pack) & is_overdue(pack, now),
        }

    def inside(self, pack: Pack) -> Array:
        if self.since is None:
            return np.ones(pack.size, dtype=np.bool_)
        return pack.since(day_number(self.since))


def asked(access: Access, wanted: AppealFilter, now: datetime) -> Asked:
    earlier = before_filter(wanted)
    if earlier is None or wanted.since is None:
        return Asked(access=access, wanted=wanted, now=now, since=None)
    wide = replace(wanted, since=earlier.since)
    return Asked(access=access, wanted=wide, now=now, since=wanted.since)


def by_place(said: Asked) -> Found:
    """Cases by settlement; the key None holds what has none. Raises Forbidden."""
    side = Side(Dimension.SETTLEMENT)
    return _found(said, side, (side.column,), said.values())


def by_hexagon(said: Asked, level: int, most: int) -> Found:
    """The fullest cells; the key None, which comes first, holds what has no point."""
    values = {
        **said.values(),
        "lon": lambda pack, _now: np.where(said.inside(pack), np.nan_to_num(pack["lon"]), 0.0),
        "lat": lambda pack, _now: np.where(said.inside(pack), np.nan_to_num(pack["lat"]), 0.0),
    }
    found = _found(said, Cells(level), COLUMNS, values)
    order = sorted(found.groups, key=lambda one: (one.key is not None, -one.count, one.key))
    return replace(found, groups=order[: most + 1])


def _found(
    said: Asked, side: Side | Cells, names: tuple[str, ...], values: Mapping[str, Value]
) -> Found:
    at, topic = moment_number(said.now), Side(Dimension.TOPIC_GROUP)
    grouping = Grouping([side], values, at)
    by_topic = Grouping([topic], {"count": values["count"]}, at)
    for pack in said.packs((*names, topic.column)):
        grouping.add(pack)
        by_topic.add(pack)
    return Found(
        groups=_groups(said, grouping.result()), topics=_frequent(topic, by_topic.result())
    )


def _frequent(topic: Side, found: Grouped) -> tuple[str, ...]:
    numbers = zip(found.at[0].tolist(), found.sums["count"].tolist(), strict=True)
    told = {str(key): count for n, count in numbers if count and (key := topic.keys[n])}
    told.pop(NO_GROUP, None)
    return tuple(sorted(told, key=lambda name: (-told[name], name))[:TOPICS])


def _groups(said: Asked, found: Grouped) -> list[Group]:
    keys = found.keys[0] if found.keys else ()
    told = {name: values.tolist() for name, values in found.sums.items()}
    return [_group(said, keys[place], n, told) for n, place in enumerate(found.at[0].tolist())]


def _group(said: Asked, key: Any, n: int, told: Mapping[str, list[Any]]) -> Group:
    count = told["count"][n]
    has_point = "lon" in told and key is not None and count
    return Group(
        key=key,
        count=count,
        open=told["open"][n],
        overdue=told["overdue"][n],
        before=told["received"][n] - count if said.compared else None,
        lon=told["lon"][n] / count if has_point else None,
        lat=told["lat"][n] / count if has_point else None,
    )


def played_by_place(said: Asked, step: Step) -> list[tuple[int | None, date, int]]:
    """(settlement, first day of the step, number of cases)."""
    return _played(said, Side(Dimension.SETTLEMENT), ("settlement_id",), step)


def played_by_hexagon(said: Asked, level: int, step: Step) -> list[tuple[int, date, int]]:
    """(number of the hexagon, first day of the step, number of cases that have a point)."""
    rows = _played(said, Cells(level), COLUMNS, step)
    return [(key, day, count) for key, day, count in rows if key is not None]


def _played(
    said: Asked, side: Side | Cells, names: tuple[str, ...], step: Step
) -> list[tuple[Any, date, int]]:
    grouping = Grouping([side, Side(BUCKETS[step])], {}, moment_number(said.now))
    for pack in said.packs((*names, "received_on")):
        grouping.add(pack)
    found = grouping.result()
    keys, days = found.keys[0], [date.fromisoformat(str(day)) for day in found.keys[1]]
    rows = zip(found.at[0].tolist(), found.at[1].tolist(), found.sums["received"].tolist(),
               strict=True)  # fmt: skip
    return [(keys[place], days[bucket], count) for place, bucket, count in rows]
