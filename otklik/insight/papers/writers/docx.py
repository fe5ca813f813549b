"""DOCX by python-docx: real Word styles, repeated table headings, page numbers, alt texts."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Mm, Pt

from otklik.base.documents import docx_styles as styles
from otklik.base.documents.docx_xml import add_field, describe, number_list
from otklik.insight.papers.rules import Document, Picture, Section, Table
from otklik.insight.papers.writers.docx_contents import add_contents, bookmark
from otklik.insight.papers.writers.docx_table import add_table, keep_with_next

TEXT_WIDTH = Mm(210 - 30 - 15)
MAP_SHARE = 0.75
"""A map as wide as the text would push itself to a page of its own; `note.typ` has the same."""


def write_docx(
    document: Document,
    pictures: Sequence[bytes],
    *,
    made_at: datetime,
    starts: Sequence[int] = (),
) -> bytes:
    """The paper as DOCX; `pictures` as drawn by `draw_all`.

    With `starts`, the page every section begins on, there is a table of contents; the reader's
    program counts its pages anew on opening.
    """
    file = docx.Document()
    styles.prepare(file)
    _page(file, document)
    _properties(file, document, made_at)
    _title(file, document)
    if starts:
        add_contents(file, [section.title for section in document.sections], starts, TEXT_WIDTH)
    drawn = iter(pictures)
    for place, section in enumerate(document.sections, start=1):
        _section(file, section, drawn, place if starts else 0)
    # A signature never stands on a page of its own.
    file.paragraphs[-1].paragraph_format.keep_with_next = True
    last = document.sections[-1].blocks[-1:] if document.sections else ()
    if last and isinstance(last[0], Table):
        keep_with_next(file.tables[-1].rows[-1:])
    _signature(file, document)
    _method(file, document)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def _page(file: Any, document: Document) -> None:
    page = file.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin, page.right_margin = Mm(30), Mm(15)
    page.top_margin = page.bottom_margin = Mm(20)
    page.header_distance = page.footer_distance = Mm(10)
    page.different_first_page_header_footer = True
    header = page.header.paragraphs[0]
    header.style = "Header"
    header.text = f"{document.title} {document.number}\t{document.period}"
    header.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, styles.RIGHT_TAB)
    for footer in (page.footer, page.first_page_footer):
        paragraph = footer.paragraphs[0]
        paragraph.style = "Footer"
        paragraph.add_run("Страница ")
        add_field(paragraph, "PAGE")
        paragraph.add_run(" из ")
        add_field(paragraph, "NUMPAGES")


def _properties(file: Any, document: Document, made_at: datetime) -> None:
    core = file.core_properties
    core.title = f"{document.title} {document.period}"
    core.subject = document.about
    core.author = core.last_modified_by = document.centre[:250]
    core.language = "ru-RU"
    core.keywords = core.comments = ""
    core.created = core.modified = made_at.replace(tzinfo=None)


def _title(file: Any, document: Document) -> None:
    file.add_paragraph(document.addressee, style=styles.ADDRESSEE)
    file.add_paragraph(document.title, style="Title")
    file.add_paragraph(document.about, style="Subtitle")
    file.add_paragraph(document.period, style="Subtitle")
    dated = file.add_paragraph(f"{document.dated}    {document.number}", style="Subtitle")
    dated.paragraph_format.space_after = Pt(14)


def _section(file: Any, section: Section, drawn: Iterator[bytes], place: int) -> None:
    heading = file.add_heading(section.title, level=1)
    if place:
        bookmark(heading, place)
    if section.numbered:
        numbering = number_list(file)
        for line in section.lines:
            numbering(file.add_paragraph(line, style=styles.ITEM))
    else:
        for line in section.lines:
            file.add_paragraph(line, style="Body Text")
    for block in section.blocks:
        caption = file.add_paragraph(block.caption, style="Caption")
        caption.paragraph_format.keep_with_next = True
        if isinstance(block, Table):
            add_table(file, block, TEXT_WIDTH)
        else:
            _picture(file, block, next(drawn))


def _picture(file: Any, picture: Picture, png: bytes) -> None:
    paragraph = file.add_paragraph(style=styles.PICTURE)
    width = int(TEXT_WIDTH * MAP_SHARE) if picture.draw == "map" else TEXT_WIDTH
    if picture.draw == "map":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    shape = paragraph.add_run().add_picture(io.BytesIO(png), width=width)
    describe(shape, title=picture.caption, text=picture.alt)


def _signature(file: Any, document: Document) -> None:
    line = file.add_paragraph(style=styles.SIGNATURE)
    line.paragraph_format.keep_with_next = True
    line.add_run(document.signer)
    line.add_run("\t")
    line.add_run("_" * 16)
    line.add_run("\t")
    line.add_run("_" * 20)
    marks = file.add_paragraph("\tподпись\tфамилия, инициалы", style=styles.SMALL)
    for paragraph in (line, marks):
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(8.3))
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(12.2))
    marks.paragraph_format.keep_with_next = True
    date = file.add_paragraph("«____» ________________ 20___ г.", style=styles.SIGNATURE)
    date.paragraph_format.space_before = Pt(4)
    date.alignment = WD_ALIGN_PARAGRAPH.LEFT
    date.paragraph_format.keep_with_next = bool(document.method)


def _method(file: Any, document: Document) -> None:
    if not document.method:
        return
    head = file.add_paragraph(style=styles.SMALL)
    head.add_run("Как посчитано").bold = True
    head.paragraph_format.space_before = Pt(10)
    head.paragraph_format.keep_with_next = True
    for place, line in enumerate(document.method, start=1):
        said = file.add_paragraph(line, style=styles.SMALL)
        said.paragraph_format.keep_together = True
        # The explanation never stands on a page without the signature.
        said.paragraph_format.keep_with_next = place < len(document.method)
