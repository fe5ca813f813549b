"""One table: a repeated heading row, rows that do not break, figures to the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Pt

from otklik.base.documents.docx_styles import CELL, FIGURE, HEAD
from otklik.insight.papers.rules import Table

KEPT_WHOLE = 8
"""Tables up to this many rows stay on one page; `note.typ` holds the same number."""

KEPT_ENDS = 2
"""A longer table breaks between rows, but never leaves fewer rows on either side."""

_PADDING = "57"  # twentieths of a point: one millimetre
_ORDER = (
    "tblStyle", "tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize", "tblStyleColBandSize",
    "tblW", "jc", "tblCellSpacing", "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar",
    "tblLook",
)  # fmt: skip
_LINE = "9AA5B1"
_INK = "1F2933"
_SHADE = "EEF2F6"


def add_table(file: Any, table: Table, width: int) -> None:
    made = file.add_table(rows=1, cols=len(table.columns))
    made.alignment = WD_TABLE_ALIGNMENT.LEFT
    made.autofit = False
    _borders(made)
    widths = [Emu(int(width * column.width)) for column in table.columns]
    for column, wide in zip(made.columns, widths, strict=True):
        column.width = wide
    _head(made.rows[0], table)
    styles = [_style(file, FIGURE if column.right else CELL) for column in table.columns]
    for place, row in enumerate(table.rows):
        bold = table.total and place == len(table.rows) - 1
        _row(made.add_row(), row, styles, bold=bold)
    for row in made.rows:
        _unbroken(row)
        for cell, wide in zip(row.cells, widths, strict=True):
            cell.width = wide
    rows = list(made.rows)
    whole = len(table.rows) <= KEPT_WHOLE
    keep_with_next(rows[:-1] if whole else rows[:KEPT_ENDS] + rows[-KEPT_ENDS:-1])
    after = file.add_paragraph()
    after.paragraph_format.space_after = Pt(0)
    after.paragraph_format.line_spacing = Pt(8)


def _head(row: Any, table: Table) -> None:
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(repeated)
    for cell, column in zip(row.cells, table.columns, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.text, paragraph.style = column.title, HEAD
        if column.right:
            paragraph.alignment = 2
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", _SHADE)):
            shade.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(shade)


def _style(file: Any, name: str) -> str | None:
    """The id of a style, as a paragraph holds it: found once, not for every cell."""
    found: str | None = file.part.get_style_id(name, WD_STYLE_TYPE.PARAGRAPH)
    return found


def _row(row: Any, texts: tuple[str, ...], styles: Sequence[str | None], *, bold: bool) -> None:
    for cell, text, style in zip(row.cells, texts, styles, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph._p.style = style
        paragraph.add_run(text).bold = bold or None


def _unbroken(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def keep_with_next(rows: Sequence[Any]) -> None:
    """Each of these rows on the page of the row after it."""
    for row in rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def _borders(table: Any) -> None:
    """Lines between rows only, as in the PDF, and narrow margins inside cells."""
    properties = table._tbl.tblPr
    borders = OxmlElement("w:tblBorders")
    for side, size, colour in (
        ("top", "8", _INK),
        ("bottom", "4", _LINE),
        ("insideH", "4", _LINE),
    ):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", size), ("space", "0"), ("color", colour)):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    _put(properties, borders)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), _PADDING)
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    _put(properties, margins)


def _put(properties: Any, element: Any) -> None:
    """Where the schema wants it: Word calls a file broken whose parts stand out of order."""
    places = [qn(f"w:{name}") for name in _ORDER]
    later = places[places.index(element.tag) + 1 :]
    after = next((one for one in properties if one.tag in later), None)
    if after is None:
        properties.append(element)
    else:
        after.addprevious(element)
