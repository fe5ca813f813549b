"""Registers as a workbook: text stays text, whatever sign it begins with; rows lead to the desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import xlsxwriter

Value = str | int | float


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """`links`: the address of each row, put on its first cell; widths are in characters."""

    name: str
    columns: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[Value]]
    links: Sequence[str] = ()


def write_xlsx(sheets: Sequence[Sheet]) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        for sheet in sheets:
            _write(book.add_worksheet(sheet.name[:31]), sheet, bold, wrap)
    return out.getvalue()


def _write(page: Any, sheet: Sheet, bold: Any, wrap: Any) -> None:
    for column, (title, width) in enumerate(sheet.columns):
        page.write_string(0, column, title, bold)
        page.set_column(column, column, width)
    for number, row in enumerate(sheet.rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, str):
                page.write_string(number, column, value, wrap)
            else:
                page.write_number(number, column, value, wrap)
        if sheet.links and number <= len(sheet.links):
            page.write_url(number, 0, sheet.links[number - 1], string=str(row[0]))
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.columns) - 1)
