"""Where the header of a table is: below a title, perhaps of two rows, perhaps numbered."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from otklik.base.tables.model import Cell, Row
from otklik.base.tables.plain import plain_text

_LOOK_AT = 30
_NAME_LIMIT = 120


@dataclass(frozen=True, slots=True)
class Header:
    """Names of columns from the first; data begin below row `last_row`."""

    names: tuple[str, ...]
    first_row: int
    last_row: int


def header_key(name: str) -> str:
    """A name reduced for comparison: case, «ё», spaces and outer punctuation do not matter."""
    text = name.casefold().replace("ё", "е").replace("\u00a0", " ")
    return re.sub(r"\s+", " ", text).strip(" \t.,:;*№#\"'«»")


def find_header(rows: Sequence[Row], is_known: Callable[[str], bool] = lambda _: False) -> Header:
    """The most header-like of the first rows; `is_known` says that a name is a usual one."""
    usable = [row for row in rows[:_LOOK_AT] if not row.problem]
    if not usable:
        return Header((), 0, 0)
    best = max(range(len(usable)), key=lambda i: _likeness(usable, i, is_known) - 0.2 * i)
    if best and _continues(usable[best - 1], usable[best], is_known):
        best -= 1
    row = last = usable[best]
    below = usable[best + 1] if best + 1 < len(usable) else None
    names = [plain_text(cell) for cell in row.cells]
    if below is not None and _continues(row, below, is_known):
        names, last = _joined(names, [plain_text(cell) for cell in below.cells]), below
        below = usable[best + 2] if best + 2 < len(usable) else None
    if below is not None and _is_numbering(below):
        last = below
    return Header(_distinct(names), row.number, last.number)


def column_index(name: str, headers: Sequence[str]) -> int | None:
    """Position of a column by its header, or by its spreadsheet letter («AI»); None if absent."""
    keys = [header_key(header) for header in headers]
    wanted = header_key(name)
    if wanted and wanted in keys:
        return keys.index(wanted)
    if re.fullmatch(r"[A-Z]{1,3}", name.strip()):
        index = 0
        for letter in name.strip():
            index = index * 26 + ord(letter) - 64
        return index - 1 if index <= len(headers) else None
    return None


def _likeness(rows: Sequence[Row], index: int, is_known: Callable[[str], bool]) -> float:
    texts = [plain_text(cell) for cell in rows[index].cells]
    filled = [text for text in texts if text]
    distinct = {header_key(text) for text in filled}
    if len(distinct) < 2:
        return -10.0 if len(rows[index].cells) > 1 or len(rows) > 1 else 0.0
    named = sum(_is_name(cell) for cell in rows[index].cells)
    known = sum(is_known(text) for text in filled)
    width = max(len(row.cells) for row in rows)
    return 3 * known + 2 * named / len(filled) + 2 * len(distinct) / width


def _is_name(cell: Cell) -> bool:
    return (
        isinstance(cell, str)
        and len(cell) <= _NAME_LIMIT
        and any(char.isalpha() for char in cell)
        and not re.match(r"\s*\d{1,4}[.\-/]\d", cell)
    )


def _continues(upper: Row, lower: Row, is_known: Callable[[str], bool]) -> bool:
    """Whether `lower` is the second row of the header: it fills the groups that `upper` opens."""
    if not all(cell is None or _is_name(cell) for cell in lower.cells):
        return False
    above = [plain_text(cell) for cell in upper.cells]
    below = [plain_text(cell) for cell in lower.cells]
    if len({name for name in above if name}) < 2 or not all(_is_name(c) for c in upper.cells if c):
        return False
    above += [""] * (len(below) - len(above))
    below += [""] * (len(above) - len(below))
    grouped = _grouped(above)
    if not any(grouped) or not any(
        text and is_in for text, is_in in zip(below, grouped, strict=True)
    ):
        return False
    loose = [b for a, b, is_in in zip(above, below, grouped, strict=True) if not is_in and b != a]
    known = sum(is_known(text) for text in below)
    return not any(loose) or known >= 2


def _grouped(names: list[str]) -> list[bool]:
    """Which columns stand under a name that spans several: repeated, or followed by blanks."""
    spans = []
    for index, name in enumerate(names):
        before = names[index - 1] if index else None
        after = names[index + 1] if index + 1 < len(names) else None
        spans.append(not name or name == before or (after is not None and after in ("", name)))
    return spans


def _joined(upper: list[str], lower: list[str]) -> list[str]:
    width = max(len(upper), len(lower))
    upper = upper + [""] * (width - len(upper))
    lower = lower + [""] * (width - len(lower))
    names, group = [], ""
    for above, below in zip(upper, lower, strict=True):
        group = above or group
        joined = f"{group} / {below}" if group and below and group != below else below or above
        names.append(joined)
    return names


def _is_numbering(row: Row) -> bool:
    """The «1 2 3 4» row that office reports put under the header."""
    texts = [plain_text(cell) for cell in row.cells]
    return len(texts) > 1 and texts == [str(i) for i in range(1, len(texts) + 1)]


def _distinct(names: list[str]) -> tuple[str, ...]:
    seen: dict[str, int] = {}
    result = []
    for index, name in enumerate(names, start=1):
        said = name or f"Столбец {index}"
        seen[said] = seen.get(said, 0) + 1
        result.append(said if seen[said] == 1 else f"{said} ({seen[said]})")
    return tuple(result)
