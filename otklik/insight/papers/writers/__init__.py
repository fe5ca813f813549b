"""Files of a paper: DOCX and PDF from one document, with the same pictures.

Each writer is loaded when it first writes: drawing alone takes two seconds and 60 MB, and a process
that only shows pages never needs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from otklik.insight.papers.rules import Document

__all__ = ["draw_all", "write_docx", "write_pair", "write_pdf"]


def draw_all(document: Document) -> list[bytes]:
    """The pictures of the document in their order, as PNG."""
    from otklik.insight.papers.writers import pictures

    return pictures.draw_all(document)


def write_docx(
    document: Document, drawn: Sequence[bytes], *, made_at: datetime, starts: Sequence[int] = ()
) -> bytes:
    """The paper as DOCX; `drawn` as given by `draw_all`, `starts` the pages of its contents."""
    from otklik.insight.papers.writers import docx

    return docx.write_docx(document, drawn, made_at=made_at, starts=starts)


def write_pdf(document: Document, drawn: Sequence[bytes], *, made_at: datetime) -> bytes:
    """The paper as PDF/UA-1; `drawn` as given by `draw_all`."""
    from otklik.insight.papers.writers import pdf

    return pdf.write_pdf(document, drawn, made_at=made_at)


def write_pair(document: Document, *, made_at: datetime) -> dict[str, bytes]:
    """«docx» and «pdf» of one document, with contents where it is long."""
    from otklik.insight.papers.writers import pair

    return pair.write_pair(document, made_at=made_at)
