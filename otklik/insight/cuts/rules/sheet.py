"""A cut as a table: columns of every measure, shares, order, totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from otklik.insight.cuts.rules.cut import Cell, Cut, Head, Key
from otklik.insight.cuts.rules.growth import Change
from otklik.insight.cuts.rules.indicators import BY_MEASURE
from otklik.insight.cuts.rules.view import View
from otklik.insight.cuts.vocabulary import MEANS, Dimension, Measure, Share

TOTAL = "Всего"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One number: of `cell` by `measure`; `base` is what a percentage is taken of."""

    cell: Cell
    measure: Measure
    base: float | None = None

    @property
    def value(self) -> float | None:
        """The number, or percents of its base; None where there is nothing to be taken of."""
        found = self.cell.value(self.measure)
        if self.base is None or found is None:
            return found
        return 100 * found / self.base if self.base else None

    @property
    def scarce(self) -> bool:
        """A mean of too few cases, said as «мало данных»."""
        sample = self.cell.tally.sample(self.measure)
        return self.measure in MEANS and 0 < sample < BY_MEASURE[self.measure].minimum

    @property
    def shared(self) -> bool:
        return self.base is not None


@dataclass(frozen=True, kw_only=True)
class Column:
    """Column of the table: one measure in one column of the cut, or in its total."""

    label: str
    measure: Measure
    key: Key = None
    total: bool = False


@dataclass(frozen=True, kw_only=True)
class Line:
    key: Key
    label: str
    figures: tuple[Figure, ...]
    change: Change | None = None


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Lines in the asked order; `bottom` are the totals of the columns."""

    view: View
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    bottom: Line
    compared: bool

    @property
    def adds(self) -> bool:
        """Whether the lines add up to the bottom: a body stands in several blocks at once."""
        return self.view.request.rows != Dimension.BLOCK and self.view.share == Share.NONE

    @property
    def adds_across(self) -> bool:
        return self.view.request.columns != Dimension.BLOCK and self.view.share == Share.NONE


def sheet_of(found: Cut, view: View) -> Sheet:
    """The table of a cut as the view asks for it."""
    compared = found.comparable and view.first not in MEANS
    lines = [_line(found, view, row, compared) for row in found.rows]
    bottom = Line(
        key=None,
        label=TOTAL,
        figures=tuple(
            figure
            for column in [*found.columns, None]
            for figure in _figures(
                found, view, found.total, column.total if column else found.total, column
            )
        ),
        change=_overall(found, view.first) if compared else None,
    )
    return Sheet(
        view=view,
        columns=_columns(found, view),
        lines=tuple(_sorted(lines, view.sort)),
        bottom=bottom,
        compared=compared,
    )


def _columns(found: Cut, view: View) -> tuple[Column, ...]:
    inner = [
        Column(label=head.label, measure=measure, key=head.key)
        for head in found.columns
        for measure in view.measures
    ]
    several, crossed = len(view.measures) > 1, view.request.columns is not None
    for_one = {measure: measure.label.capitalize() for measure in view.measures}
    if crossed and several:
        inner = [replace(one, label=f"{one.label}: {one.measure.label}") for one in inner]
        for_one = {measure: f"{TOTAL}: {measure.label}" for measure in view.measures}
    elif not several:
        for_one = dict.fromkeys(view.measures, TOTAL)
    totals = [
        Column(label=for_one[measure], measure=measure, total=True) for measure in view.measures
    ]
    return (*inner, *totals)


def _line(found: Cut, view: View, row: Head, compared: bool) -> Line:
    figures = [
        figure
        for column in [*found.columns, None]
        for figure in _figures(
            found, view, row.total, found.cell(row, column) if column else row.total, column
        )
    ]
    change = row.change(view.first) if compared else None
    return Line(key=row.key, label=row.label, figures=tuple(figures), change=change)


def _figures(found: Cut, view: View, across: Cell, cell: Cell, column: Head | None) -> list[Figure]:
    down = column.total if column else found.total
    whole = {Share.ROW: across, Share.COLUMN: down, Share.TOTAL: found.total}.get(view.share)
    return [
        Figure(
            cell=cell,
            measure=measure,
            base=None if whole is None or measure in MEANS else whole.value(measure),
        )
        for measure in view.measures
    ]


def _overall(found: Cut, measure: Measure) -> Change | None:
    if found.before is None:
        return None
    now, before = found.total.value(measure), found.before.value(measure)
    return Change(now=int(now or 0), before=int(before or 0))


def _sorted(lines: Sequence[Line], sort: str) -> list[Line]:
    """By the column of this number, 0 for the names; lines without a number come last."""
    found = list(lines)
    if not sort:
        return found
    down, place = sort.startswith("-"), int(sort.removeprefix("-"))
    if place == 0:
        return sorted(found, key=lambda line: line.label.casefold(), reverse=down)
    if not found or place > len(found[0].figures):
        return found
    known = [line for line in found if line.figures[place - 1].value is not None]
    rest = [line for line in found if line.figures[place - 1].value is None]
    known.sort(key=lambda line: line.figures[place - 1].value or 0, reverse=down)
    return known + rest
