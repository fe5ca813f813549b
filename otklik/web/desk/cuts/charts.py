"""A sheet as a picture for the page."""

from __future__ import annotations

from typing import Any

from otklik.insight.cuts.rules import Sheet
from otklik.insight.cuts.rules.sheet import Line
from otklik.insight.cuts.vocabulary import PERIODS, Picture
from otklik.web.desk.cuts.tables import cell_of

BARS, SERIES = 15, 8
Shown = dict[str, Any]


def chart_of(sheet: Sheet) -> Shown | None:
    """Bars, lines or bars laid on one another; None when there is nothing, or for the heat table.

    Along time the axis lies, otherwise the names stand on the left, the largest on top.
    """
    view, lines = sheet.view, list(sheet.lines)
    if not sheet.bottom.figures[-1].cell.tally.received or view.picture == Picture.HEAT:
        return None
    upright = view.request.rows in PERIODS or view.picture == Picture.LINES
    if not upright:
        lines = lines[:BARS][::-1]
    names: Shown = {"type": "category", "data": [_short(line.label) for line in lines]}
    values: Shown = {"type": "value"}
    series = [_series(sheet, lines, place) for place in _places(sheet)]
    if upright:
        return {"xAxis": names, "yAxis": values, "series": series}
    names["axisLabel"] = {"width": 150, "overflow": "truncate"}
    return {"xAxis": {**values, "splitNumber": 3}, "yAxis": names, "series": series}


def _places(sheet: Sheet) -> list[int]:
    """Columns drawn: those of the first measure when there are columns, else every measure."""
    inner = [
        n
        for n, column in enumerate(sheet.columns)
        if not column.total and column.measure == sheet.view.first
    ]
    split = sheet.view.picture in (Picture.LINES, Picture.STACKED)
    if inner and split:
        biggest = sorted(inner, key=lambda n: -(sheet.bottom.figures[n].value or 0))[:SERIES]
        return sorted(biggest)
    totals = [n for n, column in enumerate(sheet.columns) if column.total]
    return totals[:1] if inner else totals


def _series(sheet: Sheet, lines: list[Line], place: int) -> Shown:
    view, column = sheet.view, sheet.columns[place]
    data = [
        {
            "value": round(line.figures[place].value or 0, 2),
            "url": cell_of(line.figures[place], view.request.counted)["url"],
        }
        for line in lines
    ]
    name = column.measure.label if column.total else column.label
    found: Shown = {"type": "bar", "name": name, "data": data, "barMaxWidth": 28}
    if view.picture == Picture.LINES:
        found = {"type": "line", "name": name, "data": data, "symbolSize": 7}
    if view.picture == Picture.STACKED:
        found["stack"] = "all"
    return found


def _short(label: str) -> str:
    return label if len(label) <= 34 else f"{label[:33].rstrip()}…"
