"""A paper as PDF: the template `note.typ` and the document as data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from otklik.base.documents.typesetting import asked, typeset
from otklik.insight.papers.rules import Document

_TEMPLATE = Path(__file__).with_name("note.typ")

SHORT = 3
"""A paper of more pages has a table of contents; `note.typ` holds the same number."""


def write_pdf(document: Document, pictures: Sequence[bytes], *, made_at: datetime) -> bytes:
    """The paper as PDF; `pictures` as drawn by `draw_all`."""
    data = document.model_dump(mode="json")
    return typeset(_TEMPLATE, data, made_at=made_at, files=_files(pictures))


def starts_of(document: Document, pictures: Sequence[bytes]) -> list[int]:
    """The page of the PDF every section begins on; empty for a paper too short for contents."""
    told = asked(
        _TEMPLATE, document.model_dump(mode="json"), label="places", files=_files(pictures)
    )
    return [int(page) for page in told["starts"]] if told["pages"] > SHORT else []


def _files(pictures: Sequence[bytes]) -> dict[str, bytes]:
    return {f"picture-{number}.png": png for number, png in enumerate(pictures)}
