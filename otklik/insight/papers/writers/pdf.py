"""The note as PDF: the template `note.typ` and the document as data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from otklik.base.documents.typesetting import typeset
from otklik.insight.papers.rules import Document

_TEMPLATE = Path(__file__).with_name("note.typ")


def write_pdf(document: Document, pictures: Sequence[bytes], *, made_at: datetime) -> bytes:
    """The note as PDF; `pictures` as drawn by `draw_all`."""
    files = {f"picture-{number}.png": png for number, png in enumerate(pictures)}
    data = document.model_dump(mode="json")
    return typeset(_TEMPLATE, data, made_at=made_at, files=files)
