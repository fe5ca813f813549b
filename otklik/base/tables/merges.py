"""Merged cells: openpyxl's streaming mode does not tell them, the sheet's own text does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from openpyxl.utils.cell import range_boundaries

from otklik.base.tables.model import COLUMN_LIMIT, Cell

_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+[0-9]+:[A-Z]+[0-9]+)"')
_CHUNK = 1 << 20
_OVERLAP = 256
_MERGES_LIMIT = 200_000


@dataclass(slots=True)
class _Area:
    left: int
    top: int
    right: int
    bottom: int
    value: Cell = None


class Spread:
    """Gives every cell of a merged area the value of its first cell, row after row."""

    def __init__(self, sheet_xml: IO[bytes]) -> None:
        self._starts: dict[int, list[_Area]] = {}
        self._open: list[_Area] = []
        for ref in _merged_refs(sheet_xml):
            left, top, right, bottom = range_boundaries(ref)
            if None in (left, top, right, bottom):
                continue
            area = _Area(int(left), int(top), min(int(right), COLUMN_LIMIT), int(bottom))  # type: ignore[arg-type]
            self._starts.setdefault(area.top, []).append(area)
        self._tops = sorted(self._starts, reverse=True)

    def over(self, number: int, cells: list[Cell]) -> None:
        """Fill row `number` in place; rows must come in ascending order."""
        while self._tops and self._tops[-1] <= number:
            top = self._tops.pop()
            for area in self._starts.pop(top):
                own = area.left <= len(cells) and top == number
                area.value = cells[area.left - 1] if own else None
                self._open.append(area)
        self._open = [area for area in self._open if area.bottom >= number]
        for area in self._open:
            if area.value is not None:
                _fill(cells, area)


def _fill(cells: list[Cell], area: _Area) -> None:
    cells.extend([None] * (area.right - len(cells)))
    for index in range(area.left - 1, area.right):
        if cells[index] is None:
            cells[index] = area.value


def _merged_refs(sheet_xml: IO[bytes]) -> Iterator[str]:
    """References of merged areas by plain text search: no tree of a hundred thousand rows."""
    found, tail = 0, b""
    while chunk := sheet_xml.read(_CHUNK):
        text = tail + chunk
        end = 0
        if b"mergeCell" in text:
            for match in _MERGE.finditer(text):
                end = match.end()
                found += 1
                yield match.group(1).decode("ascii")
                if found >= _MERGES_LIMIT:
                    return
        tail = text[max(end, len(text) - _OVERLAP) :]
