"""A cut as shown: rows, columns, cells, each with the way to the cases behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.insight.cuts.rules.growth import Change, compares
from otklik.insight.cuts.rules.links import narrowed
from otklik.insight.cuts.rules.tally import EMPTY, Tally
from otklik.insight.cuts.vocabulary import Counted, Dimension, Measure

Key = str | int | None
"""An id, a code or the first day of a step (ISO); None for «not set»."""


@dataclass(frozen=True, kw_only=True)
class Request:
    """What to cut. The period is `filter.since` to `filter.until`, by day of receipt.

    With `only`, the counts of other measures stay zero and cost nothing.
    """

    rows: Dimension
    columns: Dimension | None = None
    filter: AppealFilter = field(default_factory=AppealFilter)
    counted: Counted = Counted.APPEALS
    compare: bool = True
    only: Measure | None = None


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One group of cases. `rows` is the list filter that shows exactly them, when one can."""

    tally: Tally
    rows: AppealFilter | None

    def value(self, measure: Measure) -> float | None:
        return self.tally.value(measure)

    def filter(self, measure: Measure) -> AppealFilter | None:
        """The filter of the cases counted by the measure."""
        return None if self.rows is None else narrowed(self.rows, measure)

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
        return found or Cell(tally=EMPTY, rows=None)

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
