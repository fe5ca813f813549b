"""PDF by typst: a template and the document as data; tagged for screen readers (PDF/UA-1)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from otklik.base.documents import fonts


def typeset(
    template: Path, data: Mapping[str, Any], *, made_at: datetime, files: Mapping[str, bytes]
) -> bytes:
    """The PDF of a template that reads `data.json`; `files` lie beside it by their names."""
    folder = fonts.folder()
    with TemporaryDirectory(prefix="otklik-typst-") as place:
        root = Path(place)
        source = root / "main.typ"
        source.write_bytes(template.read_bytes())
        (root / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        for name, content in files.items():
            (root / name).write_bytes(content)
        written: bytes = typst.compile(
            str(source),
            root=place,
            font_paths=[str(folder)] if folder else [],
            ignore_system_fonts=True,
            pdf_standards="ua-1",
            timestamp=int(made_at.timestamp()),
        )
    return written
