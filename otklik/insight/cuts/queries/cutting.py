"""The summary analysis in any two dimensions, with another period beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from otklik.base.errors import Refused
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.directory.organisation.rules import Access
from otklik.insight.cuts.queries.grouping import groups_of
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
    year_before,
)
from otklik.insight.cuts.rules.grouped import Grouped
from otklik.insight.cuts.vocabulary import ORDERED, PERIODS, Against, Dimension

MOST_STEPS = 4000
"""Days, weeks or months one cut may be cut into: ten years by day."""


def cut(access: Access, request: Request, *, now: datetime) -> Cut:
    """Count what this person may see; raises Forbidden without the right to analysis.

    At most six statements whatever the number of cases: months packed and rows changed since, the
    same of the period before, the names of rows and of columns. Raises Refused for a period cut
    into more than MOST_STEPS.
    """
    dimensions = [request.rows, *([request.columns] if request.columns else [])]
    for dimension in dimensions:
        _bear(request.filter, dimension)
    groups = _groups(access, request, request.filter, dimensions, now)
    earlier = _earlier(access, request, now)
    rows = _heads(request, request.rows, groups.along(0), earlier, access.municipality_id)
    columns: Sequence[Head] = ()
    cells: Mapping[tuple[Key, Key], Cell] = {}
    if request.columns:
        columns = _heads(request, request.columns, groups.along(1), None, access.municipality_id)
        cells = Cells(request, request.columns, groups.pairs())
    return Cut(
        request=request,
        rows=rows,
        columns=columns,
        cells=cells,
        total=Cell(tally=groups.total, where=request.slice),
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
    by = [] if request.rows in PERIODS else [request.rows]
    groups = _groups(access, request, wanted, by, now)
    found: dict[tuple[Key, str], Tally] = {(None, "total"): groups.total}
    if by:
        found |= {(key, "row"): tally for key, tally in groups.along(0).items()}
    return found


def _groups(
    access: Access,
    request: Request,
    wanted: AppealFilter,
    sides: Sequence[Dimension],
    now: datetime,
) -> Grouped:
    return groups_of(
        access,
        wanted,
        sides,
        counted=request.counted,
        now=now,
        measures=request.counts,
        also=request.also,
    )


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
