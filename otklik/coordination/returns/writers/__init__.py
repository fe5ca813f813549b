"""The consolidated table as files."""

from __future__ import annotations

import io
from typing import Any

import docx
import xlsxwriter
from docx.enum.section import WD_ORIENT

from otklik.base.documents import docx_styles as styles
from otklik.coordination.returns.rules import Summary, Table


def summary_xlsx(summary: Summary) -> bytes:
    """A sheet for the main table and one for each table of the form; text stays text."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        for number, table in enumerate((summary.main, *summary.tables)):
            page = book.add_worksheet("Свод" if not number else f"Таблица {number}")
            _sheet(page, table, bold, wrap)
    return out.getvalue()


def summary_docx(summary: Summary, *, title: str, period: str) -> bytes:
    """Landscape pages: the main table, the tables of the form, and who is missing."""
    file = docx.Document()
    styles.prepare(file)
    page = file.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = page.page_height, page.page_width
    file.add_paragraph(title, style="Title")
    file.add_paragraph(f"за {period}", style="Subtitle")
    _docx_table(file, summary.main)
    for table in summary.tables:
        file.add_heading(table.title, level=1)
        _docx_table(file, table)
    for label, names in (
        ("Не сдали отчёт", summary.missing),
        ("Сдали, но отчёт ещё не принят", summary.unconfirmed),
    ):
        if names:
            file.add_paragraph(f"{label}: {', '.join(names)}.", style="Body Text")
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def _sheet(page: Any, table: Table, bold: Any, wrap: Any) -> None:
    page.write_string(0, 0, table.title, bold)
    for column, title in enumerate(table.columns):
        page.write_string(1, column, title, bold)
        page.set_column(column, column, 30 if not column else 18)
    for number, row in enumerate(table.rows, start=2):
        for column, value in enumerate(row):
            if isinstance(value, str):
                page.write_string(number, column, value, wrap)
            else:
                page.write_number(number, column, value, wrap)
    page.freeze_panes(2, 1)


def _docx_table(file: Any, table: Table) -> None:
    made = file.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    for cell, title in zip(made.rows[0].cells, table.columns, strict=True):
        cell.paragraphs[0].text, cell.paragraphs[0].style = title, styles.HEAD
    for row in table.rows:
        for cell, value in zip(made.add_row().cells, row, strict=True):
            figure = not isinstance(value, str)
            cell.paragraphs[0].text = str(value).replace(".", ",") if figure else str(value)
            cell.paragraphs[0].style = styles.FIGURE if figure else styles.CELL
