"""A printed cut as a picture: bars, lines, bars laid on one another, a heat table."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable
from typing import Any

from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from otklik.base.documents import fonts
from otklik.insight.cuts.rules import Printed
from otklik.insight.cuts.rules.printed import Value
from otklik.insight.cuts.vocabulary import MEANS, Dimension, Picture
from otklik.insight.cuts.writers.paper import said
from otklik.insight.papers.writers.palette import GRID, INK, STEPS

COLOURS = ("#1b5fa8", "#c98a1b", "#4a9274", "#9a5f9e", "#6b7f95", "#b3261e", "#2f9bb3", "#8a6d3b")
BARS, POINTS, SERIES = 24, 120, 8
DPI, WIDTH = 150, 9.0
_TIME = (Dimension.DAY, Dimension.WEEK, Dimension.MONTH, Dimension.QUARTER, Dimension.YEAR)


def write_png(table: Printed, picture: Picture) -> bytes:
    """What the page draws, with its name and conditions beneath; longest rows first to fit."""
    rules: Any = {"font.family": fonts.family(), "font.size": 9, "text.color": INK,
                  "xtick.color": INK, "ytick.color": INK, "axes.edgecolor": GRID}  # fmt: skip
    with rc_context(rules):
        figure = _DRAWN[picture](table)
        figure.suptitle("\n".join(textwrap.wrap(table.name, 90)), fontsize=11)
        figure.supxlabel("\n".join(textwrap.wrap(" ".join(table.about), 130)), fontsize=7)
        FigureCanvasAgg(figure)
        out = io.BytesIO()
        figure.savefig(out, format="png", dpi=DPI, metadata={"Software": None})
    return out.getvalue()


def _bars(table: Printed) -> Figure:
    return _upright(table, stacked=False) if table.side in _TIME else _lying(table, stacked=False)


def _stacked(table: Printed) -> Figure:
    return _upright(table, stacked=True) if table.side in _TIME else _lying(table, stacked=True)


def _lying(table: Printed, *, stacked: bool) -> Figure:
    rows = table.rows[:BARS][::-1]
    figure = Figure(figsize=(WIDTH, 1.4 + 0.32 * max(len(rows), 3)), layout="constrained")
    axes = figure.add_subplot()
    left = [0.0] * len(rows)
    for colour, n in zip(COLOURS, _places(table, split=stacked), strict=False):
        values = [_number(row.values[n]) for row in rows]
        label = table.columns[n].label
        drawn = axes.barh(range(len(rows)), values, left=left, color=colour, label=label)
        if not stacked:
            axes.bar_label(
                drawn, [said(row.values[n], table.columns[n]) for row in rows], padding=3
            )
            break
        left = [one + more for one, more in zip(left, values, strict=True)]
    axes.set_yticks(range(len(rows)), [_wrapped(row.label) for row in rows])
    _calm(axes, stacked)
    return figure


def _upright(table: Printed, *, stacked: bool) -> Figure:
    rows = table.rows[:POINTS]
    figure = Figure(figsize=(WIDTH, 4.2), layout="constrained")
    axes = figure.add_subplot()
    base = [0.0] * len(rows)
    for colour, n in zip(COLOURS, _places(table, split=stacked), strict=False):
        values = [_number(row.values[n]) for row in rows]
        axes.bar(range(len(rows)), values, bottom=base, color=colour, label=table.columns[n].label)
        if not stacked:
            break
        base = [one + more for one, more in zip(base, values, strict=True)]
    _named(axes, [row.label for row in rows])
    _calm(axes, stacked)
    return figure


def _lines(table: Printed) -> Figure:
    rows = table.rows[:POINTS]
    figure = Figure(figsize=(WIDTH, 4.2), layout="constrained")
    axes = figure.add_subplot()
    for colour, n in zip(COLOURS, _places(table, split=True), strict=False):
        values = [_number(row.values[n]) for row in rows]
        axes.plot(range(len(rows)), values, "o-", ms=3, color=colour, label=table.columns[n].label)
    _named(axes, [row.label for row in rows])
    axes.set_ylim(bottom=0)
    _calm(axes, True)
    return figure


def _heat(table: Printed) -> Figure:
    rows = table.rows[:BARS]
    places = _places(table, split=True)
    most = max((_number(row.values[n]) for row in rows for n in places), default=0) or 1
    figure = Figure(
        figsize=(max(WIDTH, 3 + 0.9 * len(places)), 1.6 + 0.34 * max(len(rows), 2)),
        layout="constrained",
    )
    axes = figure.add_subplot()
    for y, row in enumerate(rows):
        for x, n in enumerate(places):
            value = _number(row.values[n])
            step = min(len(STEPS) - 1, int(len(STEPS) * value / most)) if value else -1
            axes.add_patch(_square(x, y, STEPS[step] if step >= 0 else "#ffffff"))
            ink = "#ffffff" if step >= len(STEPS) - 2 else INK
            axes.text(x, y, said(row.values[n], table.columns[n]), ha="center", va="center",
                      color=ink, fontsize=8)  # fmt: skip
    axes.set_xlim(-0.5, max(len(places), 1) - 0.5)
    axes.set_ylim(max(len(rows), 1) - 0.5, -0.5)
    labels = ["\n".join(textwrap.wrap(table.columns[n].label, 13)) for n in places]
    axes.set_xticks(range(len(places)), labels, fontsize=7)
    axes.xaxis.tick_top()
    axes.set_yticks(range(len(rows)), [_wrapped(row.label) for row in rows])
    _calm(axes, False)
    return figure


_DRAWN: dict[Picture, Callable[[Printed], Figure]] = {
    Picture.BARS: _bars,
    Picture.LINES: _lines,
    Picture.STACKED: _stacked,
    Picture.HEAT: _heat,
}


def _places(table: Printed, *, split: bool) -> list[int]:
    """Columns drawn: the parts when they are to be split, else the totals of counts."""
    first = table.columns[0].measure if table.columns else ""
    inner = [n for n, one in enumerate(table.columns) if not one.total and one.measure == first]
    totals = [n for n, one in enumerate(table.columns) if one.total]
    if inner and split:
        biggest = sorted(inner, key=lambda n: -_number(table.bottom.values[n]))[:SERIES]
        return sorted(biggest)
    counts = [n for n in totals if table.columns[n].measure not in MEANS]
    return (counts or totals)[: SERIES if split and not inner else 1]


def _square(x: int, y: int, colour: str) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor=colour, edgecolor="#ffffff")


def _named(axes: Any, labels: list[str]) -> None:
    step = max(1, len(labels) // 14)
    axes.set_xticks(
        range(0, len(labels), step), [_wrapped(one, 14) for one in labels[::step]], rotation=45
    )


def _calm(axes: Any, legend: bool) -> None:
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0)
    if legend and len(axes.get_legend_handles_labels()[1]) > 1:
        axes.legend(fontsize=7, frameon=False)


def _wrapped(label: str, width: int = 40) -> str:
    return "\n".join(textwrap.wrap(label, width)[:2]) or label


def _number(value: Value) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
