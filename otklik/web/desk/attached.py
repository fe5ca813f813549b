"""Files that a page makes anew for one reader: an attachment that nothing on the way may keep."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from otklik.base.errors import NotFound
from otklik.insight.papers.rules import Document
from otklik.insight.papers.writers import draw_all, write_docx, write_pdf
from otklik.records.attachments.rules import KINDS

PAPER = ("docx", "pdf")
"""Endings of a paper; both are written from the same document."""


def attached(content: bytes, name: str, content_type: str = "") -> HttpResponse:
    """The file under its name; the type follows the ending unless given."""
    kind = content_type or KINDS[name.rpartition(".")[2]]
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


def require_paper(ending: str) -> None:
    """Raises NotFound for any other ending, before anything is counted."""
    if ending not in PAPER:
        raise NotFound("Такого вида файла нет.", "Есть DOCX и PDF.")


def paper_file(document: Document, ending: str, *, stem: str, made_at: datetime) -> HttpResponse:
    """The paper as DOCX or PDF. Raises NotFound for another ending."""
    require_paper(ending)
    write = write_docx if ending == "docx" else write_pdf
    return attached(write(document, draw_all(document), made_at=made_at), f"{stem}.{ending}")
