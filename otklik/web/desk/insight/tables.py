"""A cut as a page shows it: cells with links, and the same in a picture."""

from __future__ import annotations

from typing import Any

from otklik.insight.cuts.rules import LEAST, Cell, Change, Cut, Head
from otklik.insight.cuts.rules.indicators import BY_MEASURE, GROWTH
from otklik.insight.cuts.vocabulary import MEANS, PERIODS, Counted, Measure
from otklik.language.wording import number
from otklik.web.desk.insight.asking import rows_url

WIDEST, LONGEST = 31, 300
"""Columns and rows on a page; the file holds all of them."""
BARS = 15
DIGITS = {Measure.AVERAGE_DAYS: 1, Measure.SCORE: 2}
Shown = dict[str, Any]


def table_of(found: Cut, measure: Measure) -> Shown:
    """Headings, rows, totals; every cell is `{text, url}`, url empty where there is nothing."""
    columns, counted = list(found.columns)[:WIDEST], found.request.counted
    heads: list[Shown] = [{"label": found.request.rows.label.capitalize()}]
    heads += [{"label": column.label, "num": True} for column in columns]
    heads += [{"label": "Всего", "num": True, "indicator": BY_MEASURE[measure].slug}]
    compared = found.comparable and measure not in MEANS
    if compared:
        heads += [{"label": GROWTH.name, "num": True, "indicator": GROWTH.slug}]
    rows = [_row(found, row, columns, measure) for row in list(found.rows)[:LONGEST]]
    bottom = [cell_of(column.total, measure, counted) for column in columns]
    return {
        "columns": heads,
        "rows": rows if found.total.tally.received else [],
        "total": [*bottom, cell_of(found.total, measure, counted)],
        "compared": compared,
        "nothing_before": found.before is not None and not found.comparable,
        "change": _change(_overall(found, measure)) if compared else None,
        "hidden_columns": max(len(found.columns) - WIDEST, 0),
        "hidden_rows": max(len(found.rows) - LONGEST, 0),
    }


def cell_of(cell: Cell, measure: Measure, counted: Counted) -> Shown:
    value = cell.value(measure)
    url = rows_url(cell.filter(measure), counted) if value else ""
    return {"text": figure(value, measure), "url": url}


def figure(value: float | None, measure: Measure) -> str:
    """«12 345», «3,4»; a dash where a mean has nothing to be taken of."""
    if value is None:
        return "—"
    return number(value, DIGITS.get(measure, 0))


def chart_of(found: Cut, measure: Measure) -> Shown | None:
    """Bars of the rows: upright along time, lying otherwise, the largest on top."""
    rows = list(found.rows)
    if not found.total.tally.received:
        return None
    if found.request.rows in PERIODS:
        return {
            "xAxis": {"type": "category", "data": [row.label for row in rows]},
            "yAxis": {"type": "value"},
            "series": [_series(rows, measure, found.request.counted)],
        }
    rows = rows[:BARS][::-1]
    names = [_short(row.label) for row in rows]
    return {
        "xAxis": {"type": "value", "splitNumber": 3},
        "yAxis": {
            "type": "category",
            "data": names,
            "axisLabel": {"width": 150, "overflow": "truncate"},
        },
        "series": [_series(rows, measure, found.request.counted)],
    }


def _series(rows: list[Head], measure: Measure, counted: Counted) -> Shown:
    data = [
        {
            "value": round(row.total.value(measure) or 0, 2),
            "url": cell_of(row.total, measure, counted)["url"],
        }
        for row in rows
    ]
    return {"type": "bar", "name": measure.label, "data": data, "barMaxWidth": 28}


def _row(found: Cut, row: Head, columns: list[Head], measure: Measure) -> Shown:
    counted = found.request.counted
    return {
        "label": row.label,
        "cells": [cell_of(found.cell(row, column), measure, counted) for column in columns],
        "total": cell_of(row.total, measure, counted),
        "change": _change(row.change(measure)),
    }


def _overall(found: Cut, measure: Measure) -> Change | None:
    if found.before is None:
        return None
    now, before = found.total.value(measure), found.before.value(measure)
    return Change(now=int(now or 0), before=int(before or 0))


def _change(change: Change | None) -> Shown | None:
    """«+3 (+20 %)»; `marked` where it grew more than by chance."""
    if change is None:
        return None
    text = f"{change.difference:+d}".replace("-", "−") if change.difference else "0"
    if change.share is not None and change.before >= LEAST and change.difference:
        text += f" ({100 * change.share:+.0f}\u00a0%)".replace("-", "−")
    return {"text": text, "marked": change.marked, "before": change.before}


def _short(label: str) -> str:
    return label if len(label) <= 34 else f"{label[:33].rstrip()}…"
