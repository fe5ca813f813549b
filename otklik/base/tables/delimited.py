"""Delimited text: separators, newlines inside cells, stray quotes, ragged rows."""

from __future__ import annotations

import csv
from collections import Counter, deque
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import IO

from otklik.base.tables.encodings import encoding_of
from otklik.base.tables.model import Row, TableError, checked

_RECORD_LIMIT = 16_000_000
_SAMPLE = 64_000
_SEPARATORS = (";", ",", "\t", "|")
_UNCLOSED = "Кавычка открыта и не закрыта: где кончается строка, понять нельзя."

csv.field_size_limit(2 * _RECORD_LIMIT)


class _OverflowError(Exception):
    """One record went on and on: its quote is never closed."""


class _Lines:
    """Physical lines that remember the current record, so that reading can go back to its start."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._again: deque[str] = deque()
        self._record: list[str] = []
        self._length = 0
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._stream.readline(_RECORD_LIMIT)
        if not line:
            self.ended = True
            raise StopIteration
        line = line.replace("\x00", "")
        self._record.append(line)
        self._length += len(line)
        if self._length > _RECORD_LIMIT:
            raise _OverflowError
        return line

    def next_record(self) -> None:
        self._record, self._length = [], 0

    def back_to_second_line(self) -> None:
        self._again.extendleft(reversed(self._record[1:]))
        self.ended = False
        self.next_record()

    def is_unclosed(self) -> bool:
        """Whether the file ended inside a quoted cell of a record of several lines."""
        return self.ended and len(self._record) > 1

    def text(self) -> str:
        return "".join(self._record)


class DelimitedTable:
    """A delimited text file; it has one sheet, named after nothing."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.encoding = encoding_of(path)
        self.sheets = ["Таблица"]
        self.notes: list[str] = []
        with self._open() as stream:
            self._separator, self._announced = separator_of(stream.read(_SAMPLE))

    def rows(self, sheet: str | None = None) -> Iterator[Row]:
        if sheet not in (None, "", *self.sheets):
            raise TableError("В текстовом файле нет листов.", "Не указывайте лист для файла CSV.")
        with self._open() as stream:
            if self._announced:
                stream.readline()
            yield from _records(_Lines(stream), self._separator)

    def estimate(self, sheet: str | None = None) -> int:
        with self._path.open("rb") as file:
            return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))

    def close(self) -> None:
        """Nothing is held open between readings."""

    def _open(self) -> IO[str]:
        return self._path.open(encoding=self.encoding, errors="replace", newline="")


def _records(lines: _Lines, separator: str) -> Iterator[Row]:
    number = 0
    reader = csv.reader(lines, delimiter=separator)
    while True:
        number += 1
        lines.next_record()
        try:
            cells = next(reader)
            unclosed = lines.is_unclosed() and _ends_inside_quotes(lines.text(), separator)
        except StopIteration:
            return
        except (_OverflowError, csv.Error):
            unclosed = True
        if unclosed:
            yield Row(number, [], _UNCLOSED)
            lines.back_to_second_line()
            reader = csv.reader(lines, delimiter=separator)
            continue
        row = checked(number, [cell.strip() or None for cell in cells])
        if row is not None:
            yield row


def _ends_inside_quotes(text: str, separator: str) -> bool:
    try:
        for _ in csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end of data" in str(error)
    return False


def separator_of(sample: str) -> tuple[str, bool]:
    """The separator, and whether the first line is Excel's own «sep=;» announcement."""
    first = sample.split("\n", 1)[0].strip().lower()
    if first.startswith("sep=") and first[4:5] in _SEPARATORS:
        return first[4:5], True
    return max(_SEPARATORS, key=lambda sep: _evenness(sample, sep)), False


def _evenness(sample: str, separator: str) -> float:
    """How much the sample looks like a table: the share of rows of one width, wider a bit better.

    A cell that begins with a space speaks against: so do the commas of plain text.
    """
    lines = StringIO(sample.replace("\x00", ""), newline="")
    try:
        rows = [row for row in csv.reader(lines, delimiter=separator) if row]
    except csv.Error:
        return 0.0
    widths = Counter(len(row) for row in rows)
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
    if width < 2:
        return 0.0
    cells = [cell for row in rows for cell in row[1:] if cell]
    spaced = sum(cell.startswith(" ") for cell in cells) / max(len(cells), 1)
    return count / len(rows) - spaced + min(width, 40) / 400
