"""What a table is: sheets of numbered rows of plain cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from otklik.base.errors import OtklikError

Cell = str | datetime | date | float | None

CELL_LIMIT = 200_000
"""Characters in one cell; a longer one is no citizen's message but a broken file."""

COLUMN_LIMIT = 512


class TableError(OtklikError):
    """The file cannot be read as a table; the sentence and its mend are fit to show."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `number` counts from 1 as a spreadsheet does; `problem` says why it is lost."""

    number: int
    cells: list[Cell] = field(default_factory=list)
    problem: str = ""


class Table(Protocol):
    """An open file; `notes` are Russian remarks about what was mended while opening."""

    sheets: list[str]
    notes: list[str]

    def rows(self, sheet: str | None = None) -> Iterator[Row]:
        """Rows that hold anything, in order; `sheet` defaults to the first one."""
        ...

    def estimate(self, sheet: str | None = None) -> int:
        """About how many rows the sheet has, for showing progress; never exact."""
        ...

    def close(self) -> None: ...


def checked(number: int, cells: list[Cell]) -> Row | None:
    """A row fit to give out, a refused one, or None for an empty one."""
    while cells and cells[-1] is None:
        cells.pop()
    if not cells:
        return None
    if len(cells) > COLUMN_LIMIT:
        return Row(number, [], f"В строке больше {COLUMN_LIMIT} столбцов.")
    for index, cell in enumerate(cells, start=1):
        if isinstance(cell, str) and len(cell) > CELL_LIMIT:
            reason = f"В ячейке столбца {index} больше {CELL_LIMIT:_} знаков.".replace(
                "_", "\u00a0"
            )
            return Row(number, [], reason)
    return Row(number, cells)
