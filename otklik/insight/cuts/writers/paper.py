"""A printed cut as a document."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from otklik.insight.cuts.rules import Printed
from otklik.insight.cuts.rules.printed import WORDS, PrintedColumn, PrintedRow, Value
from otklik.insight.papers.rules import Column, Document, Section, Table
from otklik.language.wording import date_words, number

ACROSS = 6
"""Columns of figures that fit across a page; more of them go on in further tables."""

NAME = 0.34


def document_of(table: Printed, made_at: datetime, organisation: str, centre: str) -> Document:
    """What both DOCX and PDF are written from; the totals' columns stand in the last table."""
    parts = list(_parts(len(table.columns)))
    return Document(
        title="Сводный анализ результатов рассмотрения обращений",
        about=table.name,
        organisation=organisation,
        centre=centre,
        addressee="",
        period=table.about[0] if table.about else "",
        number="",
        dated=date_words(made_at.date()),
        signer="",
        sections=(
            Section(
                key="table",
                title="1.\u00a0Таблица",
                lines=table.about[1:],
                blocks=tuple(_table(table, part, place, len(parts))
                             for place, part in enumerate(parts, start=1)),
            ),
        ),
        method=table.method,
    )  # fmt: skip


def _parts(width: int) -> Iterator[range]:
    for first in range(0, max(width, 1), ACROSS):
        yield range(first, min(first + ACROSS, width))


def _table(table: Printed, places: range, place: int, parts: int) -> Table:
    share = (1 - NAME) / max(len(places), 1)
    heads = [Column(title=table.corner, width=NAME)]
    heads += [Column(title=table.columns[n].label, width=share, right=True) for n in places]
    tail = f" (часть {place} из {parts})" if parts > 1 else ""
    return Table(
        caption=f"{table.name}{tail}",
        columns=tuple(heads),
        rows=tuple(_row(row, table.columns, places) for row in (*table.rows, table.bottom)),
        total=True,
    )


def _row(row: PrintedRow, columns: tuple[PrintedColumn, ...], places: range) -> tuple[str, ...]:
    return (row.label, *(said(row.values[n], columns[n]) for n in places))


def said(value: Value, column: PrintedColumn) -> str:
    if isinstance(value, str):
        return WORDS[value]
    if value is None:
        return "—"
    text = number(float(value), column.digits)
    return f"{text}\u00a0%" if column.unit == "%" else text
