"""Pictures of the note as PNG: columns by day, bars by name, a map of settlements."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable
from datetime import date
from typing import Any

from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from otklik.base.documents import fonts
from otklik.insight.papers.rules import Document, Picture
from otklik.insight.papers.writers.drawing_map import draw_map
from otklik.insight.papers.writers.palette import ACCENT, GRID, INK, PALE
from otklik.language.wording import number

WIDTH = 6.5
"""Inches: the width of the text on the page."""

DPI = 200
LONGEST_NAME = 46


def draw_all(document: Document) -> list[bytes]:
    """A PNG for every picture, in the order of the document."""
    pictures = [
        block
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Picture)
    ]
    return [draw(picture) for picture in pictures]


def draw(picture: Picture) -> bytes:
    rules: Any = {
        "font.family": fonts.family(),
        "font.size": 9,
        "text.color": INK,
        "axes.labelcolor": INK,
        "axes.edgecolor": GRID,
        "xtick.color": INK,
        "ytick.color": INK,
    }
    with rc_context(rules):
        figure = _DRAWN[picture.draw](picture.data)
        FigureCanvasAgg(figure)
        out = io.BytesIO()
        figure.savefig(out, format="png", dpi=DPI, metadata={"Software": None})
    return out.getvalue()


def _columns(data: dict[str, Any]) -> Figure:
    days = [date.fromisoformat(day) for day in data["days"]]
    counts = data["now"]
    figure = Figure(figsize=(WIDTH, 1.75), layout="constrained")
    axes = figure.add_subplot()
    colours = [PALE if day.weekday() >= 5 else ACCENT for day in days]
    drawn = axes.bar(range(len(days)), counts, color=colours, width=0.72)
    if len(days) <= 16:
        axes.bar_label(drawn, [number(count) for count in counts], padding=2)
    step = max(1, len(days) // 12)
    axes.set_xticks(range(0, len(days), step), [_day(day) for day in days[::step]])
    axes.set_ylim(0, max(counts) * 1.18 or 1)
    axes.set_yticks([])
    _calm(axes, "bottom")
    return figure


_WEEKDAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")


def _day(day: date) -> str:
    return f"{day:%d.%m}\n{_WEEKDAYS[day.weekday()]}"


def _bars(data: dict[str, Any]) -> Figure:
    names = [_wrapped(name) for name in data["names"]]
    now, before = data["now"], data["before"]
    lines = sum(name.count("\n") + 1 for name in names)
    height = 0.35 + max(0.27 * len(names), 0.165 * lines + 0.1 * len(names))
    figure = Figure(figsize=(WIDTH, height), layout="constrained")
    axes = figure.add_subplot()
    places = list(range(len(names)))
    if before:
        axes.barh([y + 0.24 for y in places], before, color=PALE, height=0.3)
        drawn = axes.barh([y - 0.12 for y in places], now, color=ACCENT, height=0.42)
    else:
        drawn = axes.barh(places, now, color=ACCENT, height=0.6)
    axes.bar_label(drawn, [number(count) for count in now], padding=3)
    axes.set_yticks(places, names)
    axes.invert_yaxis()
    axes.set_xlim(0, max([*now, *before]) * 1.1 or 1)
    axes.set_xticks([])
    axes.tick_params(axis="y", length=0)
    _calm(axes, "left")
    return figure


def _wrapped(name: str) -> str:
    return "\n".join(textwrap.wrap(name, LONGEST_NAME, max_lines=2, placeholder="…"))


def _map(data: dict[str, Any]) -> Figure:
    return draw_map(data["places"], width=WIDTH)


def _calm(axes: Any, kept: str) -> None:
    for name, spine in axes.spines.items():
        spine.set_visible(name == kept)


_DRAWN: dict[str, Callable[[dict[str, Any]], Figure]] = {
    "columns": _columns,
    "bars": _bars,
    "map": _map,
}
