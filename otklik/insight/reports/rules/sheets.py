"""Sheets of a workbook from the lines of a paper; totals and shares are counted in it. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from otklik.insight.papers.writers.xlsx import Sheet
from otklik.insight.reports.rules.figures import Line

_COLUMNS = (
    ("Поступило", "received"), ("Период ранее", "before"), ("Дано ответов", "answered"),
    ("Из них позже срока", "late"), ("В работе", "in_work"), ("Просрочено", "overdue"),
    ("Повторных", "repeated"),
)  # fmt: skip


def line_sheet(name: str, first: str, lines: Sequence[Line]) -> Sheet:
    """Counts of every line, with the share of answers given in time."""
    used = [line for line in lines if any(getattr(line.counts, key) for _, key in _COLUMNS)]
    return Sheet(
        name=name,
        columns=((first, 44), *((title, 13) for title, _ in _COLUMNS), ("Доля позже срока", 13)),
        rows=[
            (line.label, *(getattr(line.counts, key) for _, key in _COLUMNS), "") for line in used
        ],
        sums=tuple(range(1, len(_COLUMNS) + 1)),
        shares={len(_COLUMNS) + 1: (4, 3)},
    )
