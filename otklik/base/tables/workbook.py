"""XLSX row by row: dates by cell format, formulas by their stored value or as plain text."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, cast
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

from otklik.base.tables.guards import refuse_bomb, refuse_not_a_workbook
from otklik.base.tables.merges import Spread
from otklik.base.tables.model import COLUMN_LIMIT, Cell, Row, TableError, checked
from otklik.base.tables.salvage import LOST, salvaged

_BROKEN = (
    BadZipFile,
    ParseError,
    zlib.error,
    EOFError,
    KeyError,
    ValueError,
    IndexError,
    OSError,
)
_REST_LOST = "Файл повреждён: эту строку и строки ниже прочитать нельзя."
_TEXT_LOST = "Текст строки потерян: файл оборван."
_SALVAGED = "Файл оборван: прочитано то, что уцелело. Выгрузите его ещё раз, чтобы получить всё."


class _Parser(WorkSheetParser):
    """openpyxl's parser that falls back to a formula's text when no value is stored with it."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        cell: dict[str, Any] = super().parse_cell(element)
        if cell["value"] is None:
            formula = element.findtext(FORMULA_TAG)
            if formula:
                cell["value"] = f"={formula}"
        return cell


class WorkbookTable:
    """An XLSX file, whole or as much of it as is left."""

    def __init__(self, path: Path) -> None:
        self.notes: list[str] = []
        self._rebuilt: Path | None = None
        self._path = self._whole_or_salvaged(path)
        # By its stream: by its path, openpyxl judges a file by the ending of its name.
        self._file = self._path.open("rb")
        try:
            self._book = load_workbook(self._file, read_only=True, data_only=True, keep_links=False)
        except (*_BROKEN, TypeError, AttributeError) as error:
            self.close()
            raise TableError(
                "Файл .xlsx повреждён, прочитать его нельзя.",
                "Откройте его в табличном редакторе, сохраните заново и повторите.",
            ) from error
        self._leaves = [sheet for sheet in self._book if isinstance(sheet, ReadOnlyWorksheet)]
        self.sheets = [sheet.title for sheet in self._leaves]
        if not self.sheets:
            self.close()
            raise TableError("В файле нет ни одного листа.", "Выгрузите данные ещё раз.")

    def rows(self, sheet: str | None = None) -> Iterator[Row]:
        leaf, book = self._leaf(sheet), cast(Any, self._book)
        with leaf._get_source() as xml:
            spread = Spread(xml) if not self._rebuilt else None
        with leaf._get_source() as xml:
            parser = _Parser(
                xml,
                leaf._shared_strings,
                data_only=True,
                epoch=self._book.epoch,
                date_formats=book._date_formats,
                timedelta_formats=book._timedelta_formats,
            )
            yield from _rows(parser, spread)

    def estimate(self, sheet: str | None = None) -> int:
        return int(self._leaf(sheet).max_row or 0)

    def close(self) -> None:
        with suppress(AttributeError):
            self._book.close()
        self._file.close()
        if self._rebuilt:
            self._rebuilt.unlink(missing_ok=True)

    def _leaf(self, sheet: str | None) -> Any:
        if not sheet:
            return self._leaves[0]
        for leaf in self._leaves:
            if leaf.title == sheet:
                return leaf
        names = ", ".join(f"«{name}»" for name in self.sheets)
        raise TableError(f"В файле нет листа «{sheet}».", f"Есть листы: {names}.")

    def _whole_or_salvaged(self, path: Path) -> Path:
        try:
            with ZipFile(path) as archive:
                refuse_bomb(archive)
                refuse_not_a_workbook(archive)
            return path
        except BadZipFile:
            self._rebuilt = salvaged(path)
            self.notes.append(_SALVAGED)
            return self._rebuilt


def _rows(parser: WorkSheetParser, spread: Spread | None) -> Iterator[Row]:
    number = 0
    try:
        for said, raw in parser.parse():
            number = max(number + 1, said)
            cells = _cells(raw)
            if all(cell is None for cell in cells):
                continue
            if spread:
                spread.over(number, cells)
            if LOST in cells:
                yield Row(number, [], _TEXT_LOST)
                continue
            row = checked(number, cells)
            if row is not None:
                yield row
    except _BROKEN:
        yield Row(number + 1, [], _REST_LOST)


def _cells(raw: list[dict[str, Any]]) -> list[Cell]:
    cells: list[Cell] = []
    for item in raw:
        column = item["column"]
        if column > COLUMN_LIMIT:
            break
        cells.extend([None] * (column - 1 - len(cells)))
        cells.append(_plain(item["value"]))
    return cells


def _plain(value: Any) -> Cell:
    if value is None or isinstance(value, datetime | date | float):
        return value
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, int):
        return float(value) if abs(value) < 1 << 53 else str(value)
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, timedelta):
        return str(value)
    return str(value).replace("\x00", "").strip() or None
