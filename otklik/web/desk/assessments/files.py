"""Papers of assessments as files."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpResponse

from otklik.insight.papers.rules import Document

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def answer(document: Document, ending: str, *, stem: str, made_at: datetime) -> HttpResponse:
    """The file itself; 404 for another ending."""
    if ending not in TYPES:
        raise Http404
    # Drawing takes two seconds to load: only those who draw wait for it.
    from otklik.insight.papers.writers import draw_all, write_docx, write_pdf

    writer = write_docx if ending == "docx" else write_pdf
    content = writer(document, draw_all(document), made_at=made_at)
    response = HttpResponse(content, content_type=TYPES[ending])
    response["Content-Disposition"] = f'attachment; filename="{stem}.{ending}"'
    return response
