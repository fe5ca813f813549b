"""A sheet as a page shows it: cells with links, order by any column."""

from __future__ import annotations

from typing import Any

from otklik.insight.cuts.rules import LEAST, Change, Sheet
from otklik.insight.cuts.rules.indicators import BY_MEASURE, GROWTH
from otklik.insight.cuts.rules.printed import SCARCE, digits_of, shown_value
from otklik.insight.cuts.rules.sheet import Figure, Line
from otklik.insight.cuts.vocabulary import Against, Counted, Measure, Picture
from otklik.language.wording import number
from otklik.web.desk.cuts.drawn import growing, row_of
from otklik.web.desk.insight.asking import slice_url

WIDEST, LONGEST = 36, 300
"""Columns and rows on a page; the file holds all of them."""

Shown = dict[str, Any]


def table_of(sheet: Sheet, query: Any) -> Shown:
    """Headings, rows, totals; every cell is `{text, url}`, url empty where there is nothing.

    `drawn` of a row is its whole markup.

    `query` gives the address with a changed word.
    """
    asked = sheet.view.request
    width = len(sheet.columns)
    places = list(range(width))
    if width > WIDEST:
        inner = [n for n in places if not sheet.columns[n].total]
        totals = [n for n in places if sheet.columns[n].total]
        places = [*inner[: WIDEST - len(totals)], *totals]
    heads = [_head(sheet, query, 0, asked.rows.label.capitalize())]
    for n in places:
        column = sheet.columns[n]
        meaning = BY_MEASURE[column.measure].slug if column.total else ""
        heads.append({**_head(sheet, query, n + 1, column.label), "num": True,
                      "indicator": meaning})  # fmt: skip
    if sheet.compared:
        heads.append({"label": compared_label(asked.against), "num": True,
                      "indicator": GROWTH.slug})  # fmt: skip
    received = sheet.bottom.figures[-1].cell.tally.received
    levels = _levels(sheet) if sheet.view.picture == Picture.HEAT else None
    lines = [_line(line, places, asked.counted, levels) for line in sheet.lines[:LONGEST]]
    mark = growing()
    for line in lines:
        line["drawn"] = row_of(line, compared=sheet.compared, mark=mark)
    return {
        "columns": heads,
        "rows": lines if received else [],
        "total": _line(sheet.bottom, places, asked.counted, None),
        "compared": sheet.compared,
        "hidden_columns": max(width - len(places), 0),
        "hidden_rows": max(len(sheet.lines) - LONGEST, 0),
    }


def compared_label(against: Against) -> str:
    return "К тому же периоду год назад" if against == Against.YEAR else GROWTH.name


def cell_of(figure: Figure, counted: Counted) -> Shown:
    url = slice_url(figure.cell.behind(figure.measure), counted)
    told = figure.cell.tally.sample(figure.measure)
    return {"text": text_of(figure), "url": url if told else ""}


def text_of(figure: Figure) -> str:
    """«12 345», «3,4», «41,7 %»; a dash where there is nothing to be taken of."""
    value = shown_value(figure)
    if value is None:
        return "—"
    if value == SCARCE:
        return "мало данных"
    digits = digits_of(figure.measure, shared=figure.shared)
    text = number(float(value), digits)
    percents = figure.shared or figure.measure == Measure.IN_TIME_SHARE
    return f"{text}\u00a0%" if percents else text


def _head(sheet: Sheet, query: Any, place: int, label: str) -> Shown:
    """A heading that orders by itself: the largest first, then the smallest."""
    now = sheet.view.sort
    up, down = str(place), f"-{place}"
    first, second = (up, down) if place == 0 else (down, up)
    return {
        "label": label,
        "sort_url": f"?{query(sort=second if now == first else first)}",
        "sorted": {up: "asc", down: "desc"}.get(now, ""),
    }


def _line(line: Line, places: list[int], counted: Counted, levels: Any) -> Shown:
    cells = []
    for n in places:
        shown = cell_of(line.figures[n], counted)
        if levels is not None:
            shown["level"] = levels(n, line.figures[n])
        cells.append(shown)
    return {"label": line.label, "cells": cells, "change": change_of(line.change)}


def _levels(sheet: Sheet) -> Any:
    """Fifths of the largest number among the inner columns of the same measure."""
    inner = [n for n, column in enumerate(sheet.columns) if not column.total]
    shaded = inner or list(range(len(sheet.columns)))
    most: dict[Measure, float] = {}
    for line in sheet.lines:
        for n in shaded:
            measure = sheet.columns[n].measure
            most[measure] = max(most.get(measure, 0), line.figures[n].value or 0)

    def level(n: int, figure: Figure) -> int:
        value, top = figure.value, most.get(figure.measure, 0)
        return min(5, 1 + int(5 * value / top)) if n in shaded and value and top else 0

    return level


def change_of(change: Change | None) -> Shown | None:
    """«+3 (+20 %)»; `marked` where it grew more than by chance."""
    if change is None:
        return None
    text = f"{change.difference:+d}".replace("-", "−") if change.difference else "0"
    if change.share is not None and change.before >= LEAST and change.difference:
        text += f" ({100 * change.share:+.0f}\u00a0%)".replace("-", "−")
    return {"text": text, "marked": change.marked, "before": change.before}
