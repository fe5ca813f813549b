"""Candidates of a new message among very many, in memory and growing: by bands, street, settlement.

Per message and column 8 bytes of a sorted run and 4 of a row: a million take about 150 MB. An
installation keeps the same bands in its database instead; this is for use alone.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from otklik.language.similarity.message import Message
from otklik.language.similarity.signatures import BANDS, bands, signature

COLUMNS = BANDS + 2
STREET, SETTLEMENT = BANDS, BANDS + 1
MERGE_AT = 50_000
PER_COLUMN = 40
"""At most so many candidates of one column, the nearest in time: a common band cannot flood."""
_SETTLEMENT_WINDOW = timedelta(days=3)
_HALF = 1 << 32

Keys = NDArray[np.uint64]
Rows = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Candidate:
    """`shared`: how many bands are the same, of `BANDS`; `by_place`: found by street or by
    settlement."""

    key: int
    shared: int
    by_place: bool


class Index:
    """Messages by `key` (any 64-bit number); texts are not kept."""

    def __init__(self) -> None:
        self._ids: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
        self._runs: list[tuple[Keys, Rows]] = [_empty() for _ in range(COLUMNS)]
        self._new_ids: list[int] = []
        self._new: list[dict[int, list[tuple[int, int]]]] = _columns()

    def __len__(self) -> int:
        return len(self._ids) + len(self._new_ids)

    def add(self, key: int, message: Message) -> None:
        row = len(self)
        minute = _minute(message.at)
        self._new_ids.append(key)
        for column, value in _values(message):
            insort(self._new[column][value], (minute, row))
        if len(self._new_ids) >= MERGE_AT:
            self._merge()

    def load(self, keys: Sequence[int], columns: NDArray[np.uint64], minutes: Keys) -> None:
        """Many at once: `columns` of shape (n, COLUMNS) as `row_of` gives them, 0 for nothing."""
        start = len(self)
        self._merge()
        self._ids = np.concatenate([self._ids, np.asarray(keys, dtype=np.int64)])
        rows = np.arange(start, start + len(keys), dtype=np.int32)
        for column in range(COLUMNS):
            told = columns[:, column] > 0
            packed = (columns[told, column] << np.uint64(32)) | minutes[told]
            self._join(column, packed, rows[told])

    def candidates(self, message: Message, *, days: int = 60, most: int = 100) -> list[Candidate]:
        """Those that share a band or a place within `days` before and after, the likeliest first.

        Rare columns come first; of a common one the `PER_COLUMN` nearest in time are taken.
        """
        shared: dict[int, int] = defaultdict(int)
        placed: set[int] = set()
        minute, wide = _minute(message.at), days * 24 * 60
        narrow = min(wide, int(_SETTLEMENT_WINDOW.total_seconds() // 60))
        for column, value in _values(message):
            reach = narrow if column == SETTLEMENT else wide
            for row in self._near(column, value, minute, reach):
                if column < BANDS:
                    shared[row] += 1
                else:
                    placed.add(row)
                    shared[row] += 0
        ranked = sorted(shared, key=lambda row: (-shared[row] - 2 * (row in placed), -row))
        return [Candidate(self._key(row), shared[row], row in placed) for row in ranked[:most]]

    def _near(self, column: int, value: int, minute: int, reach: int) -> Iterable[int]:
        packed, rows = self._runs[column]
        low, high = max(minute - reach, 0), min(minute + reach, _HALF - 1)
        start = int(np.searchsorted(packed, np.uint64(value << 32 | low)))
        end = int(np.searchsorted(packed, np.uint64(value << 32 | high), side="right"))
        if end - start > PER_COLUMN:
            middle = int(np.searchsorted(packed, np.uint64(value << 32 | minute)))
            start = max(start, min(middle - PER_COLUMN // 2, end - PER_COLUMN))
            end = start + PER_COLUMN
        found = [int(row) for row in rows[start:end]]
        return found + self._nearest_new(column, value, minute, reach)

    def _nearest_new(self, column: int, value: int, minute: int, reach: int) -> list[int]:
        told = self._new[column].get(value, [])
        start, end = (
            bisect_left(told, (minute - reach, 0)),
            bisect_left(told, (minute + reach + 1, 0)),
        )
        if end - start > PER_COLUMN:
            start = max(
                start, min(bisect_left(told, (minute, 0)) - PER_COLUMN // 2, end - PER_COLUMN)
            )
            end = start + PER_COLUMN
        return [row for _, row in told[start:end]]

    def _key(self, row: int) -> int:
        known = len(self._ids)
        return int(self._ids[row]) if row < known else self._new_ids[row - known]

    def _merge(self) -> None:
        """Put what came one by one into the sorted runs."""
        if not self._new_ids:
            return
        self._ids = np.concatenate([self._ids, np.array(self._new_ids, dtype=np.int64)])
        for column, values in enumerate(self._new):
            pairs = [
                (value << 32 | minute, row) for value, at in values.items() for minute, row in at
            ]
            packed = np.array([pair[0] for pair in pairs], dtype=np.uint64)
            self._join(column, packed, np.array([pair[1] for pair in pairs], dtype=np.int32))
        self._new_ids, self._new = [], _columns()

    def _join(self, column: int, packed: Keys, rows: Rows) -> None:
        known, known_rows = self._runs[column]
        packed, rows = np.concatenate([known, packed]), np.concatenate([known_rows, rows])
        order = np.argsort(packed, kind="stable")
        self._runs[column] = (packed[order], rows[order])


def row_of(message: Message) -> list[int]:
    """The `COLUMNS` 32-bit values of a message, 0 where it has none."""
    row = [0] * COLUMNS
    for column, value in _values(message):
        row[column] = value
    return row


def _values(message: Message) -> list[tuple[int, int]]:
    found = [
        (column, (band & (_HALF - 1)) or 1)
        for column, band in enumerate(bands(signature(message.text)))
    ]
    place = message.place
    if place.street:
        found.append((STREET, _hash(f"{place.settlement}\n{place.street}")))
    if place.settlement:
        found.append((SETTLEMENT, _hash(place.settlement)))
    return found


def _hash(text: str) -> int:
    return (
        int.from_bytes(
            hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=4).digest(), "little"
        )
        or 1
    )


def _minute(at: datetime) -> int:
    return min(max(int(at.timestamp() // 60), 0), _HALF - 1)


def _empty() -> tuple[Keys, Rows]:
    return np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int32)


def _columns() -> list[dict[int, list[tuple[int, int]]]]:
    return [defaultdict(list) for _ in range(COLUMNS)]
