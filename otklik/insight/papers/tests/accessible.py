"""What a PDF must have so that a screen reader tells it (PDF/UA-1), read from the file itself."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader


def faults(pdf: bytes) -> list[str]:
    """Everything that is missing, in words; empty for an accessible file."""
    reader = PdfReader(io.BytesIO(pdf))
    root: Any = reader.trailer["/Root"]
    found = []
    if not root.get("/MarkInfo", {}).get("/Marked"):
        found.append("not marked as tagged")
    if root.get("/Lang") != "ru-RU":
        found.append("no language")
    if not (reader.metadata and str(reader.metadata.title or "").strip()):
        found.append("no title")
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        found.append("the title is not shown")
    if b"pdfuaid" not in root["/Metadata"].get_object().get_data():
        found.append("does not say it is PDF/UA")
    if "/StructTreeRoot" not in root:
        return [*found, "no tags"]
    tags = list(_walk(root["/StructTreeRoot"].get_object()))
    found += _headings(tags, reader)
    found += [f"a figure without words, tag {n}" for n, (kind, one) in enumerate(tags)
              if kind == "Figure" and not str(one.get("/Alt", "")).strip()]  # fmt: skip
    return found + _tables(tags)


def _headings(tags: list[tuple[str, Any]], reader: PdfReader) -> list[str]:
    levels = [int(kind[1]) for kind, _ in tags if len(kind) == 2 and kind[0] == "H"]
    if not levels:
        return ["no headings"]
    found = [] if levels[0] == 1 else ["the first heading is not of level 1"]
    found += [
        f"level {after} follows level {before}"
        for before, after in itertools.pairwise(levels)
        if after > before + 1
    ]
    return found if reader.outline else [*found, "no bookmarks"]


def _tables(tags: list[tuple[str, Any]]) -> list[str]:
    found = []
    for kind, one in tags:
        if kind != "Table":
            continue
        inner = [name for name, _ in _walk(one)]
        if "TH" not in inner:
            found.append("a table without headings")
        if "TR" not in inner or "TD" not in inner:
            found.append("a table without rows")
    return found


def _walk(node: Any) -> Iterator[tuple[str, Any]]:
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        one = kid.get_object() if hasattr(kid, "get_object") else kid
        if isinstance(one, dict) and "/S" in one:
            yield str(one["/S"]).lstrip("/"), one
            yield from _walk(one)
