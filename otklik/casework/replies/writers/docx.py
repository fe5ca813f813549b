"""The letter as DOCX by python-docx: Word styles, page numbers above from the second page."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import docx
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Length, Mm, Pt

from otklik.base.documents import docx_styles as styles
from otklik.base.documents.docx_xml import add_field
from otklik.casework.replies.rules.sheet import Letter

SIZE = Pt(13)
TEXT_WIDTH = Mm(210 - 30 - 10)
BLANK_WIDTH, GAP_WIDTH = Mm(76), Mm(20)


def letter_docx(letter: Letter, *, made_at: datetime) -> bytes:
    """The letter as a Word file (ГОСТ Р 7.0.97-2016)."""
    file = docx.Document()
    styles.prepare(file)
    file.styles["Normal"].font.size = file.styles["Body Text"].font.size = SIZE
    _page(file)
    _properties(file, letter, made_at)
    _head(file, letter)
    if letter.heading:
        heading = file.add_heading(letter.heading, level=1)
        heading.runs[0].bold = False
        heading.paragraph_format.space_before = Pt(18)
    if letter.greeting:
        greeting = file.add_paragraph(letter.greeting)
        greeting.alignment = WD_ALIGN_PARAGRAPH.CENTER
        greeting.paragraph_format.space_before = greeting.paragraph_format.space_after = Pt(10)
    for line in letter.paragraphs:
        file.add_paragraph(line, style="Body Text").alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    # A signature never stands on a page of its own.
    file.paragraphs[-1].paragraph_format.keep_with_next = True
    _enclosures(file, letter.enclosures)
    _signature(file, letter)
    _executor(file, letter)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def _page(file: Any) -> None:
    page = file.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin, page.right_margin = Mm(30), Mm(10)
    page.top_margin = page.bottom_margin = Mm(20)
    page.header_distance = page.footer_distance = Mm(10)
    page.different_first_page_header_footer = True
    number = page.header.paragraphs[0]
    number.style = "Header"
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_field(number, "PAGE")
    for run in number.runs:
        run.font.size, run.font.color.rgb = Pt(12), styles.INK


def _properties(file: Any, letter: Letter, made_at: datetime) -> None:
    core = file.core_properties
    core.title = f"{letter.heading} {letter.number}".strip()
    core.author = core.last_modified_by = letter.organisation[:250]
    core.language = "ru-RU"
    core.subject = core.keywords = core.comments = ""
    core.created = core.modified = made_at.replace(tzinfo=None)


def _head(file: Any, letter: Letter) -> None:
    """The corner blank to the left, the addressee to the right."""
    rest = Emu(TEXT_WIDTH - BLANK_WIDTH - GAP_WIDTH)
    blank, _, addressee = _columns(file, (BLANK_WIDTH, GAP_WIDTH, rest))
    lines = [(letter.organisation, 12.0, True, 0.0), (letter.unit, 11.0, False, 0.0)]
    lines += [(line, 10.0, False, 0.0) for line in letter.contacts]
    lines += [(letter.date_line, 12.0, False, 8.0)]
    lines += [(letter.reply_line, 11.0, False, 2.0)] if letter.reply_to else []
    _lines(blank, lines, WD_ALIGN_PARAGRAPH.CENTER)
    marked = [("ПРОЕКТ", 11.0, True, 0.0)] if letter.is_draft else []
    named = [(line, 13.0, False, 0.0) for line in letter.addressee]
    _lines(addressee, marked + named, WD_ALIGN_PARAGRAPH.LEFT)


def _columns(file: Any, widths: Sequence[Length]) -> list[Any]:
    """Cells of a row without borders."""
    table = file.add_table(rows=1, cols=len(widths))
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        column.cells[0].width = width
    return list(table.rows[0].cells)


def _lines(cell: Any, lines: Sequence[tuple[str, float, bool, float]], alignment: Any) -> None:
    """`lines`: (text, points, bold, points above)."""
    paragraph = cell.paragraphs[0]
    for place, (text, size, bold, above) in enumerate(line for line in lines if line[0]):
        paragraph = paragraph if place == 0 else cell.add_paragraph()
        run = paragraph.add_run(text)
        run.font.size, run.bold = Pt(size), bold
        paragraph.alignment = alignment
        paragraph.paragraph_format.space_before = Pt(above)


def _enclosures(file: Any, names: Sequence[str]) -> None:
    for place, name in enumerate(names):
        line = file.add_paragraph(f"{'Приложение:' if place == 0 else ''}\t{name}")
        form = line.paragraph_format
        form.tab_stops.add_tab_stop(Cm(3))
        form.left_indent, form.first_line_indent = Cm(3), -Cm(3)
        form.space_before = Pt(12 if place == 0 else 0)
        form.keep_with_next = True


def _signature(file: Any, letter: Letter) -> None:
    gap = file.add_paragraph()
    gap.paragraph_format.space_after = Pt(12)
    gap.paragraph_format.keep_with_next = True
    half = Emu(TEXT_WIDTH // 2)
    position, name = _columns(file, (half, Emu(TEXT_WIDTH - half)))
    _lines(position, [(letter.signer_position, 13.0, False, 0.0)], WD_ALIGN_PARAGRAPH.LEFT)
    _lines(name, [(letter.signer, 13.0, False, 0.0)], WD_ALIGN_PARAGRAPH.RIGHT)
    name.vertical_alignment = WD_ALIGN_VERTICAL.BOTTOM


def _executor(file: Any, letter: Letter) -> None:
    """At the foot of the last page: a frame that Word and LibreOffice keep at the margin."""
    for text in filter(None, (letter.executor, letter.executor_phone)):
        line = file.add_paragraph(style=styles.SMALL)
        line.paragraph_format.space_after = Pt(0)
        line.add_run(text).font.size = Pt(10)
        frame = OxmlElement("w:framePr")
        for name, value in (
            ("w:w", "6000"), ("w:hSpace", "0"), ("w:wrap", "around"), ("w:vAnchor", "margin"),
            ("w:hAnchor", "margin"), ("w:xAlign", "left"), ("w:yAlign", "bottom"),
        ):  # fmt: skip
            frame.set(qn(name), value)
        properties = line._p.get_or_add_pPr()
        style = properties.find(qn("w:pStyle"))
        style.addnext(frame)
