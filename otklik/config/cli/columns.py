"""Columns of a table as texts, for commands that read files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from otklik.base.tables import (
    Row,
    TableError,
    column_index,
    find_header,
    header_key,
    open_table,
    plain_text,
)


def read_columns(file: Path, *names: str) -> Iterator[list[str]]:
    """The texts of the named columns (by header or by spreadsheet letter), row by row below the
    header. Raises click.ClickException where the file or a column cannot be read."""
    try:
        table = open_table(file)
    except TableError as error:
        raise click.ClickException(f"{error} {error.mend}".strip()) from error
    try:
        rows = list(table.rows())
    finally:
        table.close()
    wanted = {header_key(name) for name in names}
    header = find_header(rows, lambda name: header_key(name) in wanted)
    places = [place_of(name, header.names) for name in names]
    return (_cells(row, places) for row in rows if row.number > header.last_row)


def place_of(name: str, headers: tuple[str, ...]) -> int:
    """Where a column stands. Raises click.ClickException that names those there are."""
    place = column_index(name, headers)
    if place is None:
        there = ", ".join(f"«{header}»" for header in headers) or "нет ни одного"
        raise click.ClickException(f"В файле нет столбца «{name}». Столбцы файла: {there}.")
    return place


def _cells(row: Row, places: list[int]) -> list[str]:
    return [plain_text(row.cells[at]) if at < len(row.cells) else "" for at in places]
