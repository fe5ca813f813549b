"""An export opened for import: its sheet, its header, its rows below the header."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from otklik.base.tables import Header, Row, Table, TableError, find_header, open_table
from otklik.casework.intake.rules.mapping import is_known

_LOOK_AT = 40


@dataclass(frozen=True)
class Export:
    """Close it after use. `total` is about how many rows of data there are."""

    table: Table
    sheet: str
    header: Header
    total: int

    def rows(self, after: int = 0) -> Iterator[Row]:
        """Rows of data with numbers above `after`."""
        start = max(self.header.last_row, after)
        return (row for row in self.table.rows(self.sheet) if row.number > start)

    def sample(self, count: int = 20) -> list[Row]:
        return list(islice(self.rows(), count))

    def close(self) -> None:
        self.table.close()


def open_export(path: Path, sheet: str = "") -> Export:
    """Open the file and find the header; without a sheet, the first one that holds a table.

    Raises TableError when there is nothing to import.
    """
    table = open_table(path)
    try:
        for name in [sheet] if sheet else table.sheets:
            header = find_header(list(islice(table.rows(name), _LOOK_AT)), is_known)
            if len(header.names) > 1 or (sheet and header.names):
                total = max(0, table.estimate(name) - header.last_row)
                return Export(table, name, header, total)
    except BaseException:
        table.close()
        raise
    table.close()
    raise TableError(
        "В файле нет таблицы: не найдена строка с названиями столбцов.",
        "Проверьте лист и разделитель столбцов или выгрузите данные ещё раз.",
    )
