"""A cut as shown: rows, columns, cells, each with the way to the cases behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.insight.cuts.rules.growth import Change, compares
from otklik.insight.cuts.rules.links import Also, Slice, measured
from otklik.insight.cuts.rules.tally import EMPTY, Tally
from otklik.insight.cuts.vocabulary import Against, Counted, Dimension, Measure

Key = str | int | None
"""An id, a code or the first day of a step (ISO); None for «not set»."""


@dataclass(frozen=True, kw_only=True)
class Request:
    """What to cut. The period is `filter.since` to `filter.until`, by day of receipt.

    `also` are conditions the list of cases does not know. With `only` or `measures` the counts of
    other measures stay zero and cost nothing; `measures` come with the number received.
    """

    rows: Dimension
    columns: Dimension | None = None
    filter: AppealFilter = field(default_factory=AppealFilter)
    also: Also = ()
    counted: Counted = Counted.APPEALS
    compare: bool = True
    against: Against = Against.PREVIOUS
    only: Measure | None = None
    measures: tuple[Measure, ...] = ()

    @property
    def slice(self) -> Slice:
        return Slice(filter=self.filter, also=self.also)

    @property
    def counts(self) -> tuple[Measure, ...]:
        """The measures to be counted; none named means all."""
        if self.only is not None:
            return (self.only,)
        return (Measure.RECEIVED, *self.measures) if self.measures else tuple(Measure)


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One group of cases. `where` are the conditions that show exactly them."""

    tally: Tally
    where: Slice | None

    @property
    def rows(self) -> AppealFilter | None:
        """The filter of the list of cases; None when the list cannot show exactly them."""
        return None if self.where is None else self.where.listed

    def value(self, measure: Measure) -> float | None:
        return self.tally.value(measure)

    def behind(self, measure: Measure) -> Slice | None:
        """The conditions of the rows counted by the measure."""
        return None if self.where is None else measured(self.where, measure)

    def filter(self, measure: Measure) -> AppealFilter | None:
        """The filter of the list of the cases counted by the measure, when the list can."""
        found = self.behind(measure)
        return None if found is None else found.listed

    def query(self, measure: Measure) -> str:
        """The query string of the list, empty when no list shows these cases."""
        found = self.filter(measure)
        return "" if found is None else found.query()


@dataclass(frozen=True, kw_only=True)
class Head:
    """A row or a column: its key, its name and its total."""

    key: Key
    label: str
    total: Cell
    before: Tally | None = None

    def change(self, measure: Measure = Measure.RECEIVED) -> Change | None:
        """Against the period before; only counts are compared."""
        if self.before is None:
            return None
        now, before = self.total.value(measure), self.before.value(measure)
        return Change(now=int(now or 0), before=int(before or 0))


@dataclass(frozen=True, kw_only=True)
class Cut:
    """`cells[row key, column key]`; absent pairs hold nothing."""

    request: Request
    rows: Sequence[Head]
    columns: Sequence[Head]
    cells: Mapping[tuple[Key, Key], Cell]
    total: Cell
    before: Tally | None = None

    @property
    def comparable(self) -> bool:
        """Whether the period before holds enough; of one topic a single case is enough."""
        if self.before is None:
            return False
        before = self.before.received
        return before > 0 if self.request.filter.topic else compares(before)

    def cell(self, row: Head, column: Head) -> Cell:
        found = self.cells.get((row.key, column.key))
        return found or Cell(tally=EMPTY, where=None)

    def table(self, measure: Measure) -> list[list[str | float | None]]:
        """Rows of plain values with headings and totals, for files and documents."""
        top: list[str | float | None] = [self.request.rows.label]
        top += [column.label for column in self.columns] + ["Всего"]
        body = [
            [
                row.label,
                *(self.cell(row, column).value(measure) for column in self.columns),
                row.total.value(measure),
            ]
            for row in self.rows
        ]
        bottom: list[str | float | None] = ["Всего"]
        bottom += [column.total.value(measure) for column in self.columns]
        return [top, *body, [*bottom, self.total.value(measure)]]
