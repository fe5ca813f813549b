"""A table as it is printed, frozen and supplied: only words and numbers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from otklik.insight.cuts.rules.indicators import BY_MEASURE, FEWEST
from otklik.insight.cuts.rules.sheet import Column, Figure, Line, Sheet
from otklik.insight.cuts.rules.suppression import suppressed
from otklik.insight.cuts.vocabulary import MEANS, Dimension, Measure

HIDDEN = "hidden"
SCARCE = "scarce"
WORDS = {HIDDEN: "скрыто", SCARCE: "мало данных"}
Value = float | str | None
"""A number, HIDDEN, SCARCE, or None where a mean has nothing to be taken of."""


@dataclass(frozen=True, kw_only=True)
class PrintedColumn:
    label: str
    measure: str
    unit: str
    digits: int
    total: bool
    adds: bool


@dataclass(frozen=True, kw_only=True)
class PrintedRow:
    key: str
    label: str
    values: tuple[Value, ...]


@dataclass(frozen=True, kw_only=True)
class Printed:
    """`about` are lines of what was asked; `method` those of how it was counted."""

    name: str
    side: str
    corner: str
    columns: tuple[PrintedColumn, ...]
    rows: tuple[PrintedRow, ...]
    bottom: PrintedRow
    about: tuple[str, ...]
    method: tuple[str, ...]
    adds_across: bool

    def as_json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        return found

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Printed:
        row = _row_of(kept["bottom"])
        return cls(
            **{
                **kept,
                "columns": tuple(PrintedColumn(**one) for one in kept["columns"]),
                "rows": tuple(_row_of(one) for one in kept["rows"]),
                "bottom": row,
                "about": tuple(kept["about"]),
                "method": tuple(kept["method"]),
            }
        )


def digest_of(kept: Mapping[str, Any]) -> str:
    """SHA-256 of the numbers in their canonical form."""
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def printed(sheet: Sheet, *, name: str, about: Sequence[str], method: Sequence[str]) -> Printed:
    """Everything of a sheet as words and numbers; nothing leads to cases any more."""
    asked = sheet.view.request
    return Printed(
        name=name,
        side=asked.rows.value,
        corner=asked.rows.label[:1].upper() + asked.rows.label[1:],
        columns=(*(_column(one, sheet) for one in sheet.columns), *_compared(sheet)),
        rows=tuple(_row(line, sheet.compared) for line in sheet.lines),
        bottom=_row(sheet.bottom, sheet.compared),
        about=tuple(about),
        method=tuple(method),
        adds_across=sheet.adds_across and asked.columns is not None,
    )


def outward(kept: Printed) -> Printed:
    """What may be supplied outside: one count, small numbers hidden so that none is derived.

    Means, percentages, comparisons and further counts fall away: together with the table each of
    them could tell a hidden number.
    """
    first = next((one.measure for one in kept.columns if one.adds or not _mean(one)), None)
    places = [n for n, one in enumerate(kept.columns) if one.measure == first and one.unit != "%"]
    rows = [[_whole(row.values[n]) for n in places] for row in kept.rows]
    bottom = [_whole(kept.bottom.values[n]) for n in places]
    hidden = suppressed(rows, bottom, FEWEST)
    lines = tuple(
        PrintedRow(
            key=row.key,
            label=row.label,
            values=tuple(
                HIDDEN if (number, place) in hidden else row.values[n]
                for place, n in enumerate(places)
            ),
        )
        for number, row in enumerate((*kept.rows, kept.bottom))
    )
    note = f"Числа меньше {FEWEST} и числа, из которых их можно вывести, скрыты."
    return replace(
        kept,
        columns=tuple(kept.columns[n] for n in places),
        rows=lines[:-1],
        bottom=lines[-1],
        method=(*kept.method, note),
    )


def _mean(column: PrintedColumn) -> bool:
    return column.measure in MEANS


def _whole(value: Value) -> int:
    return int(value) if isinstance(value, int | float) else 0


def _column(column: Column, sheet: Sheet) -> PrintedColumn:
    item = BY_MEASURE[column.measure]
    mean = column.measure in MEANS
    shared = bool(sheet.view.share) and not mean
    return PrintedColumn(
        label=column.label,
        measure=column.measure.value,
        unit="%" if shared else item.unit,
        digits=digits_of(column.measure, shared=shared),
        total=column.total,
        adds=sheet.adds and not mean,
    )


def digits_of(measure: Measure, *, shared: bool) -> int:
    if shared:
        return 1
    return {Measure.AVERAGE_DAYS: 1, Measure.SCORE: 2, Measure.IN_TIME_SHARE: 1}.get(measure, 0)


def shown_value(figure: Figure) -> Value:
    """As printed: a share of terms in percents, a mean of few cases in words."""
    if figure.scarce:
        return SCARCE
    value = figure.value
    if value is None:
        return None
    if figure.measure == Measure.IN_TIME_SHARE:
        value *= 100
    digits = digits_of(figure.measure, shared=figure.shared)
    return round(value, digits) if digits else int(value)


def _compared(sheet: Sheet) -> tuple[PrintedColumn, ...]:
    """The first measure in the period of comparison, and the difference."""
    if not sheet.compared:
        return ()
    return tuple(
        PrintedColumn(label=label, measure=name, unit="шт.", digits=0, total=False, adds=sheet.adds)
        for label, name in (("Период сравнения", "before"), ("Изменение", "change"))
    )


def _row(line: Line, compared: bool) -> PrintedRow:
    values = [shown_value(figure) for figure in line.figures]
    if compared:
        change = line.change
        values += [change.before, change.difference] if change else [None, None]
    return PrintedRow(
        key="" if line.key is None else str(line.key), label=line.label, values=tuple(values)
    )


def _row_of(kept: Mapping[str, Any]) -> PrintedRow:
    return PrintedRow(key=kept["key"], label=kept["label"], values=tuple(kept["values"]))


MAPPED = (Dimension.SETTLEMENT.value,)
"""Rows that have a place on the map."""
