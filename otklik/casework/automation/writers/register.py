"""The register as CSV for a table program and as DOCX for paper."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date

import docx
from docx.enum.section import WD_ORIENT

from otklik.base.documents import docx_styles as styles
from otklik.casework.automation.models import MirrorEntry

COLUMNS = ("Система", "Правило", "Что внести", "Состояние", "Внесено", "Кем", "Примечание")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def register_csv(entries: Iterable[MirrorEntry]) -> bytes:
    """UTF-8 with a mark and «;», as Russian table programs open it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for entry in entries:
        writer.writerow([_plain(cell) for cell in _row(entry)])
    return out.getvalue().encode("utf-8-sig")


def register_docx(entries: Iterable[MirrorEntry], *, title: str, on: date) -> bytes:
    """Landscape pages with one table."""
    file = docx.Document()
    styles.prepare(file)
    page = file.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = page.page_height, page.page_width
    file.add_paragraph("Реестр правил для внешних систем", style="Title")
    file.add_paragraph(f"{title}, на {on:%d.%m.%Y}", style="Subtitle")
    table = file.add_table(rows=1, cols=len(COLUMNS), style="Table Grid")
    for cell, column in zip(table.rows[0].cells, COLUMNS, strict=True):
        cell.paragraphs[0].text, cell.paragraphs[0].style = column, styles.HEAD
    for entry in entries:
        for cell, value in zip(table.add_row().cells, _row(entry), strict=True):
            cell.paragraphs[0].text, cell.paragraphs[0].style = value, styles.CELL
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def _row(entry: MirrorEntry) -> tuple[str, ...]:
    entered = f"{entry.entered_on:%d.%m.%Y}" if entry.entered_on else ""
    return (
        entry.get_platform_display(),
        entry.title,
        entry.text,
        entry.get_state_display(),
        entered,
        entry.entered_label,
        entry.remark,
    )


def _plain(cell: str) -> str:
    """A cell that a table program would take for a formula is told to be text."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
