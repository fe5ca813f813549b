"""The summary analysis in any two dimensions, with the period before beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.directory.organisation.rules import Access
from otklik.insight.cuts.queries.conditions import facts_of
from otklik.insight.cuts.queries.grouping import tallies
from otklik.insight.cuts.queries.labels import labels_of
from otklik.insight.cuts.rules import (
    EMPTY,
    Cell,
    Cut,
    Head,
    Key,
    Request,
    Tally,
    at,
    preceding,
    spans,
)
from otklik.insight.cuts.vocabulary import PERIODS, Dimension

Groups = dict[tuple[Key, ...], Tally]


def cut(access: Access, request: Request, *, now: datetime) -> Cut:
    """Count what this person may see; raises Forbidden without the right to analysis.

    At most four statements whatever the number of cases: the counts, the
    counts of the period before, the names of rows and of columns.
    """
    dimensions = [request.rows, *([request.columns] if request.columns else [])]
    facts = facts_of(access, request.filter, request.counted, now)
    groups = tallies(facts, dimensions, now, request.only)
    earlier = _earlier(access, request, now)
    place = access.municipality_id
    rows = _heads(request.rows, request.filter, _along(groups, 0), earlier, place)
    columns: Sequence[Head] = ()
    if request.columns:
        columns = _heads(request.columns, request.filter, _along(groups, 1), None, place)
    return Cut(
        request=request,
        rows=rows,
        columns=columns,
        cells=_cells(request, groups),
        total=Cell(tally=_summed(groups.values()), rows=request.filter),
        before=None if earlier is None else _summed(earlier.values()),
    )


def before_filter(wanted: AppealFilter) -> AppealFilter | None:
    """The same filter for the period before; None when the period is open."""
    if wanted.since is None or wanted.until is None:
        return None
    since, until = preceding(wanted.since, wanted.until)
    return replace(wanted, since=since, until=until)


def _earlier(access: Access, request: Request, now: datetime) -> dict[Key, Tally] | None:
    wanted = before_filter(request.filter) if request.compare else None
    if wanted is None:
        return None
    facts = facts_of(access, wanted, request.counted, now)
    if request.rows in PERIODS:
        return {None: _summed(tallies(facts, [], now, request.only).values())}
    return _along(tallies(facts, [request.rows], now, request.only), 0)


def _heads(
    dimension: Dimension,
    wanted: AppealFilter,
    totals: dict[Key, Tally],
    earlier: dict[Key, Tally] | None,
    municipality_id: int,
) -> list[Head]:
    compared = earlier if dimension not in PERIODS else None
    keys = _keys(dimension, wanted, {**totals, **(compared or {})})
    names = labels_of(dimension, keys, municipality_id)
    heads = [
        Head(
            key=key,
            label=names[key],
            total=Cell(tally=totals.get(key, EMPTY), rows=at(wanted, dimension, key)),
            before=None if compared is None else compared.get(key, EMPTY),
        )
        for key in keys
    ]
    if dimension in PERIODS:
        return heads
    return sorted(heads, key=lambda head: (-head.total.tally.received, head.label))


def _keys(dimension: Dimension, wanted: AppealFilter, found: Iterable[Key]) -> list[Key]:
    """Periods come in order and without gaps, other keys as found."""
    keys = list(found)
    if dimension not in PERIODS:
        return keys
    if wanted.since and wanted.until:
        return [day.isoformat() for day in spans(wanted.since, wanted.until, dimension)]
    return sorted(keys, key=str)


def _cells(request: Request, groups: Groups) -> dict[tuple[Key, Key], Cell]:
    if request.columns is None:
        return {}
    cells = {}
    for (row, column), tally in groups.items():
        rows = at(request.filter, request.rows, row)
        rows = None if rows is None else at(rows, request.columns, column)
        cells[row, column] = Cell(tally=tally, rows=rows)
    return cells


def _along(groups: Groups, axis: int) -> dict[Key, Tally]:
    found: dict[Key, Tally] = defaultdict(Tally)
    for keys, tally in groups.items():
        found[keys[axis]] += tally
    return dict(found)


def _summed(found: Iterable[Tally]) -> Tally:
    return sum(found, EMPTY)
