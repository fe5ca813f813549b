"""Tables and pictures of the note from its lines. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from otklik.insight.papers.rules import Column, Picture, Table
from otklik.insight.reports.rules.figures import Counts, Line
from otklik.language.wording import counted, number, share_words, signed

DASH = "—"
MOST_ROWS = 10

Cell = Callable[[Counts], str]


def figure(name: str) -> Cell:
    return lambda counts: number(getattr(counts, name))


def difference(counts: Counts) -> str:
    return signed(counts.received - counts.before)


def share_of(total: int) -> Cell:
    return lambda counts: share_words(counts.received, total) if total else DASH


def table(
    caption: str,
    first: str,
    cells: Sequence[tuple[str, Cell]],
    rows: Sequence[tuple[str, Counts]],
    total: Counts | None = None,
    first_width: float = 0.4,
) -> Table:
    """Names to the left, figures to the right; with `total`, a last row «Всего»."""
    width = round((1 - first_width) / len(cells), 4)
    columns = [Column(title=first, width=first_width)]
    columns += [Column(title=title, width=width, right=True) for title, _ in cells]
    all_rows = [*rows, *([("Всего", total)] if total is not None else [])]
    return Table(
        caption=caption,
        columns=tuple(columns),
        rows=tuple((name, *(cell(counts) for _, cell in cells)) for name, counts in all_rows),
        total=total is not None,
    )


def shortened(
    lines: Sequence[Line], others: tuple[str, str, str], most: int = MOST_ROWS
) -> list[tuple[str, Counts]]:
    """The first lines; the rest in one row such as «ещё 23 темы»; «not set» always shown."""
    known = [line for line in lines if line.key is not None]
    head = known if len(known) <= most + 1 else known[:most]
    rows = [(line.label, line.counts) for line in head]
    rest = known[len(head) :]
    if rest:
        together = sum((line.counts for line in rest), Counts())
        rows.append((f"Ещё {counted(len(rest), others)}", together))
    return rows + [(line.label, line.counts) for line in lines if line.key is None]


def bars(caption: str, alt: str, rows: Sequence[tuple[str, int, int | None]]) -> Picture:
    """Horizontal bars: name, now, before (or None where nothing is compared)."""
    data: dict[str, Any] = {
        "names": [name for name, _, _ in rows],
        "now": [now for _, now, _ in rows],
        "before": [before for _, _, before in rows] if rows and rows[0][2] is not None else [],
    }
    return Picture(draw="bars", caption=caption, alt=alt, data=data)
