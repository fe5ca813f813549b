"""Rows of a rating, drawn at once: a template takes ten times longer for hundreds of subjects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from django.utils.safestring import SafeString

from otklik.insight.ratings.formulas.tally import Rated
from otklik.insight.ratings.vocabulary import PartName
from otklik.language.wording import capital, number
from otklik.web.desk.ratings.shown import ShownFigure, ShownPart
from otklik.web.look.components.basics import status

LABELS: Mapping[PartName, str] = {part: capital(part.label) for part in PartName}
NOTHING = "—"


def few() -> SafeString:
    """What stands where a sample is too small; the same for every row of a page."""
    return status("draft", "мало данных")


def place_cell(row: Rated, few: SafeString, was: int | None = None) -> str:
    if not row.place:
        return f'<td class="col-min num" data-label="Место">{few}</td>'
    before = _sub(f"было {was}") if was else ""
    return f'<td class="col-min num" data-label="Место">{row.place}{before}</td>'


def name_cell(row: Rated, url: str, note: str = "") -> str:
    under = _sub(escape(note)) if note else ""
    return f'<td class="cell-main">{linked(url, escape(row.name))}{under}</td>'


def total_cell(row: Rated) -> str:
    text = NOTHING
    if row.place:
        margin = "" if row.margin is None else f" ± {number(row.margin, 1)}"
        text = f"<b>{number(row.total, 1)}</b>{margin}{_sub(row.confidence.label)}"
    return num_cell("Итог", text)


def num_cell(label: str, html: str) -> str:
    return f'<td class="num" data-label="{label}">{html}</td>'


def part_cells(row: Rated, parts: Sequence[ShownPart]) -> str:
    """One cell a part: its points with the rows they are taken of, and what it adds."""
    return "".join(
        num_cell(
            LABELS[one.part.name],
            f"{linked(one.url, one.value)}{_sub(f'вклад {one.contribution}')}"
            if row.sample and one.figures
            else NOTHING,
        )
        for one in parts
    )


def told(parts: Sequence[ShownPart]) -> SafeString:
    """Where the points come from: every part with its figures, as items of a list."""
    return SafeString(
        "".join(
            f"<li><b>{LABELS[one.part.name]}</b> {one.value}, вклад {one.contribution}"
            f"{_figures(one.figures)}</li>"
            for one in parts
        )
    )


def told_of(row: Rated, parts: Sequence[ShownPart]) -> SafeString:
    """The same under the name, to be opened; nothing where there is no sample."""
    if not row.sample:
        return SafeString("")
    total = number(row.total, 1) if row.place else "мало данных"
    return SafeString(
        f'<details class="alt-table"><summary>{escape(row.name)} — {total}</summary>'
        f'<ul class="told">{told(parts)}</ul></details>'
    )


def row_of(row: Rated, parts: Sequence[ShownPart], *cells: str) -> dict[str, Any]:
    """A subject as its row of the table (`line`) and where its points come from (`told`)."""
    drawn = f"<tr>{''.join(cells)}{part_cells(row, parts)}</tr>"
    return {
        "rated": row,
        "parts": parts,
        "line": SafeString(drawn),
        "told": told_of(row, parts),
    }


def grouped(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["rated"].group, []).append(row)
    unnamed = "Без группы" if len(found) > 1 else "Места"
    return [{"name": name or unnamed, "rows": ones} for name, ones in found.items()]


def linked(url: str, html: str) -> str:
    return f'<a href="{escape(url)}">{html}</a>' if url else html


def _sub(html: str) -> str:
    return f'<div class="cell-sub">{html}</div>'


def _figures(figures: Sequence[ShownFigure]) -> str:
    return "".join(f"; {_figure(one)}" for one in figures) or ": нет данных"


def _figure(one: ShownFigure) -> str:
    text = linked(one.url, escape(one.text))
    if one.hits_url and one.misses:
        return f"{text} ({linked(one.hits_url, f'из них {number(one.hits)}')})"
    return text
