"""Both files of a paper at once, with a table of contents where it is long."""

from __future__ import annotations

from datetime import datetime

from otklik.insight.papers.rules import Document
from otklik.insight.papers.writers.docx import write_docx
from otklik.insight.papers.writers.pdf import starts_of, write_pdf
from otklik.insight.papers.writers.pictures import draw_all


def write_pair(document: Document, *, made_at: datetime) -> dict[str, bytes]:
    """«docx» and «pdf» of one document with the same pictures."""
    pictures = draw_all(document)
    starts = starts_of(document, pictures) if _may_be_long(document) else []
    return {
        "docx": write_docx(document, pictures, made_at=made_at, starts=starts),
        "pdf": write_pdf(document, pictures, made_at=made_at),
    }


def _may_be_long(document: Document) -> bool:
    """Asking for pages takes as long as setting the type; a short paper is not asked."""
    blocks = [block for section in document.sections for block in section.blocks]
    rows = sum(len(block.rows) for block in blocks if block.kind == "table")
    lines = sum(len(section.lines) for section in document.sections)
    return len(document.sections) > 2 and len(blocks) * 5 + rows + lines * 3 > 60
