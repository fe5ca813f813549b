"""A workbook whose totals are formulas: they follow whoever corrects or filters a number."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from otklik.insight.cuts.rules import Printed
from otklik.insight.cuts.rules.printed import WORDS, PrintedColumn, PrintedRow, Value

MOST_ADDED = 200
"""Numbers one sum across may name."""

Forms = dict[str, Any]


def write_xlsx(table: Printed) -> bytes:
    """Text stays text, whatever sign it begins with; the second sheet tells how it was counted."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_urls": False}) as book:
        book.set_properties({"title": table.name})
        sheet = book.add_worksheet("Разрез")
        forms = _forms(book)
        sheet.write_string(0, 0, table.corner, forms["bold"])
        for place, column in enumerate(table.columns, start=1):
            sheet.write_string(0, place, column.label, forms["bold"])
        for number, row in enumerate(table.rows, start=1):
            _row(sheet, number, row, table, forms)
        _bottom(sheet, table, forms)
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 45)
        sheet.set_column(1, max(len(table.columns), 1), 14)
        if table.rows:
            sheet.autofilter(0, 0, len(table.rows), len(table.columns))
        _about(book.add_worksheet("Как посчитано"), table, forms)
    return file.getvalue()


def _forms(book: Any) -> Forms:
    found = {"bold": book.add_format({"bold": True, "text_wrap": True, "valign": "top"})}
    for digits in (0, 1, 2):
        shape = "#,##0" + ("." + "0" * digits if digits else "")
        found[f"n{digits}"] = book.add_format({"num_format": shape})
        found[f"t{digits}"] = book.add_format({"num_format": shape, "bold": True, "top": 1})
    found["wrap"] = book.add_format({"text_wrap": True})
    return found


def _row(sheet: Any, number: int, row: PrintedRow, table: Printed, forms: Forms) -> None:
    sheet.write_string(number, 0, row.label)
    for place, (column, value) in enumerate(zip(table.columns, row.values, strict=True), start=1):
        form = forms[f"n{column.digits}"]
        added = _across(table, place - 1, row) if column.total and column.adds else []
        if added and isinstance(value, int | float):
            cells = ",".join(xl_rowcol_to_cell(number, one + 1) for one in added)
            sheet.write_formula(number, place, f"=SUM({cells})", form, value)
        else:
            _write(sheet, number, place, value, form)


def _across(table: Printed, place: int, row: PrintedRow) -> list[int]:
    """The columns a total of a row adds up; none where it is not their sum."""
    measure = table.columns[place].measure
    found = [n for n, one in enumerate(table.columns) if not one.total and one.measure == measure]
    known = all(isinstance(row.values[n], int | float) for n in found)
    return found if table.adds_across and known and len(found) <= MOST_ADDED else []


def _bottom(sheet: Any, table: Printed, forms: Forms) -> None:
    last = len(table.rows) + 1
    sheet.write_string(last, 0, table.bottom.label, forms["bold"])
    for place, column in enumerate(table.columns, start=1):
        value, form = table.bottom.values[place - 1], forms[f"t{column.digits}"]
        if _added(table, place - 1, column) and isinstance(value, int | float):
            first, end = (xl_rowcol_to_cell(n, place) for n in (1, last - 1))
            # 109 leaves out the rows a filter hides: the total is of what is seen.
            formula = f"=SUBTOTAL(109,{first}:{end})"
            sheet.write_formula(last, place, formula, form, value)
        else:
            _write(sheet, last, place, value, form)


def _added(table: Printed, place: int, column: PrintedColumn) -> bool:
    known = all(isinstance(row.values[place], int | float) for row in table.rows)
    return column.adds and known and bool(table.rows)


def _write(sheet: Any, number: int, place: int, value: Value, form: Any) -> None:
    if isinstance(value, str):
        sheet.write_string(number, place, WORDS[value])
    elif value is not None:
        sheet.write_number(number, place, value, form)


def _about(sheet: Any, table: Printed, forms: Forms) -> None:
    sheet.set_column(0, 0, 110)
    for number, line in enumerate((table.name, *table.about, *table.method)):
        sheet.write_string(number, 0, line, forms["wrap"] if number else forms["bold"])
