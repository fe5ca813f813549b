"""PDF by typst: a template and the document as data; tagged for screen readers (PDF/UA-1)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
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
    with _laid(template, data, files) as (source, given):
        written: bytes = typst.compile(
            source, **given, pdf_standards="ua-1", timestamp=int(made_at.timestamp())
        )
    return written


def asked(
    template: Path, data: Mapping[str, Any], *, label: str, files: Mapping[str, bytes]
) -> Any:
    """What the template tells of itself under a label (`#metadata(…) <label>`)."""
    with _laid(template, data, files) as (source, given):
        return json.loads(typst.query(source, f"<{label}>", field="value", one=True, **given))


@contextmanager
def _laid(
    template: Path, data: Mapping[str, Any], files: Mapping[str, bytes]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The template and all it reads in a folder of their own."""
    folder = fonts.folder()
    with TemporaryDirectory(prefix="otklik-typst-") as place:
        root = Path(place)
        source = root / "main.typ"
        source.write_bytes(template.read_bytes())
        (root / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        for name, content in files.items():
            (root / name).write_bytes(content)
        paths = [str(folder)] if folder else []
        yield str(source), {"root": place, "font_paths": paths, "ignore_system_fonts": True}
