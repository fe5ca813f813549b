"""PDF by typst: a template and the document as data; tagged for screen readers (PDF/UA-1)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from otklik.insight.reports.rules.document import Document
from otklik.insight.reports.writers import fonts

_TEMPLATE = Path(__file__).with_name("note.typ")


def write_pdf(document: Document, pictures: Sequence[bytes], *, made_at: datetime) -> bytes:
    """The note as PDF; `pictures` as drawn by `draw_all`."""
    folder = fonts.folder()
    with TemporaryDirectory(prefix="otklik-note-") as place:
        root = Path(place)
        source = root / "note.typ"
        source.write_bytes(_TEMPLATE.read_bytes())
        content = json.dumps(document.model_dump(mode="json"), ensure_ascii=False)
        (root / "note.json").write_text(content, encoding="utf-8")
        for number, png in enumerate(pictures):
            (root / f"picture-{number}.png").write_bytes(png)
        written: bytes = typst.compile(
            str(source),
            root=place,
            font_paths=[str(folder)] if folder else [],
            ignore_system_fonts=True,
            pdf_standards="ua-1",
            timestamp=int(made_at.timestamp()),
        )
    return written
