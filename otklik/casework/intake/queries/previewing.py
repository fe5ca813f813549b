"""A first look at an export: sheets, header, guessed columns, first rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from otklik.base.tables import Row, plain_text
from otklik.casework.intake.rules import Guess, guess, open_export


@dataclass(frozen=True)
class Preview:
    """`rows` hold plain text, cut for the screen, as wide as the header."""

    sheets: list[str]
    sheet: str
    headers: tuple[str, ...]
    header_row: int
    rows: list[list[str]]
    guesses: list[Guess]
    total: int
    notes: list[str]
    sample: Sequence[Row] = ()


def preview(file: Path, sheet: str = "", *, count: int = 10, width: int = 120) -> Preview:
    """Raises TableError when the file cannot be read."""
    export = open_export(file, sheet)
    try:
        sample = export.sample(50)
        headers = export.header.names
        rows = [
            [_cut(plain_text(c), width) for c in row.cells] for row in sample if not row.problem
        ]
        return Preview(
            sheets=export.table.sheets,
            sheet=export.sheet,
            headers=headers,
            header_row=export.header.last_row,
            rows=[row[: len(headers)] + [""] * (len(headers) - len(row)) for row in rows[:count]],
            guesses=guess(headers, sample),
            total=export.total,
            notes=list(export.table.notes),
            sample=sample,
        )
    finally:
        export.close()


def _cut(text: str, width: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"
