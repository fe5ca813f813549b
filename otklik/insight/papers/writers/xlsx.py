"""Registers as a workbook: text stays text, whatever sign it begins with; rows lead to the desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

Value = str | int | float


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """`links`: the address of each row, put on its first cell; widths are in characters.

    `sums`: columns added up in a last row «Всего» by a formula that follows the filter.
    `shares`: column → (part, whole): a percentage counted from two other columns of the row; its
    own values are not read. Formulas carry their values, for readers that do not count.
    """

    name: str
    columns: Sequence[tuple[str, int]]
    rows: Sequence[Sequence[Value]]
    links: Sequence[str] = ()
    sums: Sequence[int] = ()
    shares: Mapping[int, tuple[int, int]] = field(default_factory=dict)


def write_xlsx(
    sheets: Sequence[Sheet], *, title: str = "", author: str = "", about: Sequence[str] = ()
) -> bytes:
    """The workbook; with `about`, a last sheet «Как посчитано» of these lines."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_urls": False}) as book:
        book.set_properties({"title": title, "author": author})
        forms = {
            "bold": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
            "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
            "sum": book.add_format({"bold": True, "top": 1, "num_format": "#,##0"}),
            "share": book.add_format({"num_format": "0.0%", "valign": "top"}),
            "sum_share": book.add_format({"bold": True, "top": 1, "num_format": "0.0%"}),
        }
        for sheet in sheets:
            _write(book.add_worksheet(sheet.name[:31]), sheet, forms)
        if about:
            page = book.add_worksheet("Как посчитано")
            page.set_column(0, 0, 110)
            for row, line in enumerate(about):
                page.write_string(row, 0, line, forms["wrap"])
    return out.getvalue()


def _write(page: Any, sheet: Sheet, forms: Mapping[str, Any]) -> None:
    for column, (title, width) in enumerate(sheet.columns):
        page.write_string(0, column, title, forms["bold"])
        page.set_column(column, column, width)
    for number, row in enumerate(sheet.rows, start=1):
        for column, value in enumerate(row):
            if column in sheet.shares:
                _share(page, number, column, sheet, row, forms["share"])
            elif isinstance(value, str):
                page.write_string(number, column, value, forms["wrap"])
            else:
                page.write_number(number, column, value, forms["wrap"])
        if sheet.links and number <= len(sheet.links):
            page.write_url(number, 0, sheet.links[number - 1], string=str(row[0]))
    if sheet.sums:
        _totals(page, sheet, forms)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.columns) - 1)
    page.repeat_rows(0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)


def _totals(page: Any, sheet: Sheet, forms: Mapping[str, Any]) -> None:
    last = len(sheet.rows) + 1
    page.write_string(last, 0, "Всего", forms["sum"])
    totals: list[Value] = [""] * len(sheet.columns)
    for column in sheet.sums:
        totals[column] = sum(row[column] for row in sheet.rows)  # type: ignore[misc]
        first, end = (xl_rowcol_to_cell(row, column) for row in (1, max(1, last - 1)))
        # 109 adds up the rows the filter has left: the total follows it.
        formula = f"=SUBTOTAL(109,{first}:{end})"
        page.write_formula(last, column, formula, forms["sum"], totals[column])
    for column in sheet.shares:
        _share(page, last, column, sheet, totals, forms["sum_share"])


def _share(
    page: Any, number: int, column: int, sheet: Sheet, row: Sequence[Value], form: Any
) -> None:
    part, whole = sheet.shares[column]
    cells = [xl_rowcol_to_cell(number, one) for one in (part, whole)]
    value = float(row[part]) / float(row[whole]) if row[whole] else ""
    formula = f'=IF({cells[1]}=0,"",{cells[0]}/{cells[1]})'
    page.write_formula(number, column, formula, form, value)
