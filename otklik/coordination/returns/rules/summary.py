"""The consolidated table of all bodies for one period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from otklik.coordination.returns.rules.fields import Field
from otklik.coordination.returns.vocabulary import FieldKind

Cell = str | int | float
TOTAL = "Итого"
NOTHING = "—"


@dataclass(frozen=True)
class Handed:
    """`values` is empty for a body that has not handed in."""

    return_id: int
    body: str
    state: str
    confirmed: bool
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Table:
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Summary:
    main: Table
    tables: tuple[Table, ...]
    missing: tuple[str, ...]
    unconfirmed: tuple[str, ...]


def summarise(fields: Sequence[Field], handed: Sequence[Handed], title: str) -> Summary:
    """One row a body and a total of numbers; tables of bodies are put under one another.

    Bodies that have not handed in stand in the table with dashes and are named apart.
    """
    plain = [one for one in fields if one.kind != FieldKind.TABLE]
    rows = [(one.body, one.state, *(_cell(one, field) for field in plain)) for one in handed]
    rows.append((TOTAL, "", *(_total(field, handed) for field in plain)))
    return Summary(
        main=Table(
            title=title,
            columns=("Орган", "Состояние", *(field.label for field in plain)),
            rows=tuple(rows),
        ),
        tables=tuple(_table(one, handed) for one in fields if one.kind == FieldKind.TABLE),
        missing=tuple(one.body for one in handed if not one.values),
        unconfirmed=tuple(one.body for one in handed if one.values and not one.confirmed),
    )


def _cell(one: Handed, field: Field) -> Cell:
    value: Cell = one.values.get(field.key, NOTHING)
    return value


def _total(field: Field, handed: Sequence[Handed]) -> Cell:
    if field.kind != FieldKind.NUMBER:
        return ""
    given = [one.values[field.key] for one in handed if field.key in one.values]
    numbers = [value for value in given if isinstance(value, int | float)]
    return round(sum(numbers), 6) if numbers else NOTHING


def _table(field: Field, handed: Sequence[Handed]) -> Table:
    width = len(field.options)
    rows = (
        (one.body, *(str(cell) for cell in (*row, *[""] * width)[:width]))
        for one in handed
        for row in one.values.get(field.key, [])
    )
    return Table(title=field.label, columns=("Орган", *field.options), rows=tuple(rows))
