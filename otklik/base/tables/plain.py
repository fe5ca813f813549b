"""Cells as plain text, and plain text that a spreadsheet will not run."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import IO, Any

from otklik.base.tables.model import Cell

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def plain_text(cell: Cell) -> str:
    """The cell as a person would type it: whole numbers without «.0», dates in Russian order."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        midnight = not (cell.hour or cell.minute or cell.second)
        return cell.strftime("%d.%m.%Y" if midnight else "%d.%m.%Y %H:%M:%S")
    if isinstance(cell, date):
        return cell.strftime("%d.%m.%Y")
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return cell.strip()


def harmless(text: str) -> str:
    """Text that opens in a spreadsheet as text: a leading formula sign gets an apostrophe."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def write_csv(out: IO[str], header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Rows as «;»-separated text that Russian Excel opens by itself; formulas are disarmed."""
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(name) for name in header])
    for row in rows:
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
