"""The summary analysis in any two dimensions, with another period beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import product

from otklik.base.errors import Refused
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.directory.organisation.rules import Access
from otklik.insight.cuts.queries.conditions import facts_of
from otklik.insight.cuts.queries.grouping import RawKey, split, tallies
from otklik.insight.cuts.queries.labels import labels_of
from otklik.insight.cuts.rules import (
    EMPTY,
    Cell,
    Cut,
    Head,
    Key,
    Request,
    Tally,
    placed,
    preceding,
    spans,
    summed,
    year_before,
)
from otklik.insight.cuts.vocabulary import ORDERED, PERIODS, Against, Dimension

MOST_STEPS = 4000
"""Days, weeks or months one cut may be cut into: ten years by day."""

Groups = dict[tuple[RawKey, ...], Tally]


def cut(access: Access, request: Request, *, now: datetime) -> Cut:
    """Count what this person may see; raises Forbidden without the right to analysis.

    At most four statements whatever the number of cases: the counts, the
    counts of the period before, the names of rows and of columns. Raises
    Refused for a period cut into more than MOST_STEPS.
    """
    dimensions = [request.rows, *([request.columns] if request.columns else [])]
    for dimension in dimensions:
        _bear(request.filter, dimension)
    facts = facts_of(access, request.filter, request.counted, now, request.also)
    groups = tallies(facts, dimensions, now, request.counts)
    earlier = _earlier(access, request, now)
    rows = _heads(request, request.rows, _along(groups, 0), earlier, access.municipality_id)
    columns: Sequence[Head] = ()
    if request.columns:
        columns = _heads(request, request.columns, _along(groups, 1), None, access.municipality_id)
    return Cut(
        request=request,
        rows=rows,
        columns=columns,
        cells=_cells(request, groups),
        total=Cell(tally=summed(groups.values()), where=request.slice),
        before=None if earlier is None else earlier[None, "total"],
    )


def before_filter(wanted: AppealFilter, against: Against = Against.PREVIOUS) -> AppealFilter | None:
    """The same filter for the period before; None when the period is open or nothing was."""
    if wanted.since is None or wanted.until is None or against == Against.NOTHING:
        return None
    rule = year_before if against == Against.YEAR else preceding
    try:
        since, until = rule(wanted.since, wanted.until)
    except (OverflowError, ValueError):
        return None
    return replace(wanted, since=since, until=until)


def _bear(wanted: AppealFilter, dimension: Dimension) -> None:
    if dimension not in PERIODS or wanted.since is None or wanted.until is None:
        return
    if wanted.until.year > date.max.year - 1:
        raise Refused("Период заходит слишком далеко.", "Проверьте год в конце периода.")
    for number, _ in enumerate(spans(wanted.since, wanted.until, dimension)):
        if number >= MOST_STEPS:
            raise Refused(
                f"Период слишком велик, чтобы разбить его на такие части: «{dimension.label}».",
                "Возьмите более крупные части — месяц, квартал, год — или период короче.",
            )


Before = Mapping[tuple[Key, str], Tally]
"""By key of the rows with «row», and the whole under (None, «total»)."""


def _earlier(access: Access, request: Request, now: datetime) -> Before | None:
    wanted = before_filter(request.filter, request.against) if request.compare else None
    if wanted is None:
        return None
    facts = facts_of(access, wanted, request.counted, now, request.also)
    by = [] if request.rows in PERIODS else [request.rows]
    groups = tallies(facts, by, now, request.counts)
    found: dict[tuple[Key, str], Tally] = {(None, "total"): summed(groups.values())}
    if by:
        found |= {(key, "row"): tally for key, tally in _along(groups, 0).items()}
    return found


def _heads(
    request: Request,
    dimension: Dimension,
    totals: Mapping[Key, Tally],
    earlier: Before | None,
    municipality_id: int,
) -> list[Head]:
    compared = earlier if dimension not in PERIODS else None
    gone = [key for key, what in compared or {} if what == "row"]
    keys = _keys(dimension, request.filter, [*totals, *(key for key in gone if key not in totals)])
    names = labels_of(dimension, keys, municipality_id)
    heads = [
        Head(
            key=key,
            label=names[key],
            total=Cell(tally=totals.get(key, EMPTY), where=placed(request.slice, dimension, key)),
            before=None if compared is None else compared.get((key, "row"), EMPTY),
        )
        for key in keys
    ]
    if dimension in PERIODS or dimension in ORDERED:
        return heads
    return sorted(heads, key=lambda head: (-head.total.tally.received, head.label))


def _keys(dimension: Dimension, wanted: AppealFilter, found: Iterable[Key]) -> list[Key]:
    """Periods come in order and without gaps, marks in their order, other keys as found."""
    keys = list(found)
    if dimension in ORDERED:
        return sorted(keys, key=lambda key: (key is None, str(key)))
    if dimension not in PERIODS:
        return keys
    if wanted.since and wanted.until:
        return [day.isoformat() for day in spans(wanted.since, wanted.until, dimension)]
    return sorted(keys, key=str)


def _cells(request: Request, groups: Groups) -> Mapping[tuple[Key, Key], Cell]:
    if request.columns is None:
        return {}
    found: dict[tuple[Key, Key], list[Tally]] = defaultdict(list)
    for (row, column), tally in groups.items():
        for pair in product(split(row), split(column)):
            found[pair].append(tally)
    return Cells(request, request.columns, {pair: _one(parts) for pair, parts in found.items()})


@dataclass(frozen=True)
class Cells(Mapping[tuple[Key, Key], Cell]):
    """Cells by their keys; the way to the rows is made of those that are looked at."""

    request: Request
    columns: Dimension
    tallies: Mapping[tuple[Key, Key], Tally]

    def __getitem__(self, pair: tuple[Key, Key]) -> Cell:
        tally, (one, other) = self.tallies[pair], pair
        where = placed(placed(self.request.slice, self.request.rows, one), self.columns, other)
        return Cell(tally=tally, where=where)

    def __iter__(self) -> Iterator[tuple[Key, Key]]:
        return iter(self.tallies)

    def __len__(self) -> int:
        return len(self.tallies)


def _along(groups: Groups, axis: int) -> dict[Key, Tally]:
    found: dict[Key, list[Tally]] = defaultdict(list)
    for keys, tally in groups.items():
        for key in split(keys[axis]):
            found[key].append(tally)
    return {key: _one(parts) for key, parts in found.items()}


def _one(parts: Sequence[Tally]) -> Tally:
    return parts[0] if len(parts) == 1 else summed(parts)
