"""Which kind of table a file is, told by its bytes and not by its name."""

from __future__ import annotations

from pathlib import Path

from otklik.base.tables.delimited import DelimitedTable
from otklik.base.tables.guards import refuse_foreign
from otklik.base.tables.model import Table, TableError
from otklik.base.tables.workbook import WorkbookTable

_FILE_LIMIT = 1 << 30


def open_table(path: Path | str) -> Table:
    """Open an export; raises TableError with a mend when it is no table or cannot be read."""
    path = Path(path)
    if not path.is_file():
        raise TableError(f"Файл «{path.name}» не найден.", "Проверьте путь и имя файла.")
    size = path.stat().st_size
    if size == 0:
        raise TableError("Файл пуст.", "Выгрузите данные ещё раз.")
    if size > _FILE_LIMIT:
        raise TableError("Файл больше 1 ГБ.", "Выгрузите данные частями, например по месяцам.")
    with path.open("rb") as file:
        head = file.read(4096)
    refuse_foreign(head)
    return WorkbookTable(path) if head.startswith(b"PK") else DelimitedTable(path)
