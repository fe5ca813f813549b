"""Rows of a cut, drawn at once: a template takes ten times longer for ten thousand cells."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from django.utils.safestring import SafeString

from otklik.web.look.components.basics import status


def growing() -> SafeString:
    """The mark of what grew more than by chance; the same for every row of a page."""
    return status("warn", "рост")


def row_of(row: Mapping[str, Any], *, compared: bool, mark: SafeString) -> SafeString:
    """`<tr>` of a line as `tables.table_of` shows it."""
    cells = "".join(map(_cell, row["cells"]))
    change = _change(row["change"], mark) if compared else ""
    return SafeString(f'<tr><td class="cell-main">{escape(row["label"])}</td>{cells}{change}</tr>')


def _cell(cell: Mapping[str, Any]) -> str:
    level, text = cell.get("level"), escape(cell["text"])
    if cell["url"]:
        text = f'<a href="{escape(cell["url"])}">{text}</a>'
    return f'<td class="num{f" heat-{level}" if level else ""}">{text}</td>'


def _change(change: Mapping[str, Any] | None, mark: SafeString) -> str:
    if not change:
        return '<td class="num">—</td>'
    return f'<td class="num">{escape(change["text"])}{f" {mark}" if change["marked"] else ""}</td>'
