"""Columns of many questions as plain arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Mask = NDArray[np.bool_]

NO_ID = -1
"""An id, a score or a number of days that is not known."""
NO_DAY = int(np.iinfo(np.int32).min)
NO_MOMENT = int(np.iinfo(np.int64).min)
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_FIRST_DAY = _EPOCH.date()


def day_number(day: date) -> int:
    """Days from 1 January 2000, as packs count them."""
    return (day - _FIRST_DAY).days


def day_of(number: int) -> date:
    return _FIRST_DAY + timedelta(days=number)


def moment_number(at: datetime) -> int:
    """Microseconds from 1 January 2000, UTC, as packs count them."""
    return (at - _EPOCH) // timedelta(microseconds=1)


@dataclass(frozen=True)
class Pack:
    """`columns[name]` hold one value a question, all in the same order.

    Ids and small numbers are `NO_ID` where not known, days count from 1 January 2000 (`NO_DAY`),
    moments are microseconds from then, UTC (`NO_MOMENT`), coordinates are NaN. A column of words
    holds numbers from one on of `words[name]`. Of a whole month `days` are its first and last day;
    then the day of receipt may be left out, and the term where nothing is open.
    """

    size: int
    columns: Mapping[str, Array]
    words: Mapping[str, tuple[str, ...]]
    days: tuple[int, int] | None = None

    def __getitem__(self, name: str) -> Array:
        return self.columns[name]

    def is_word(self, name: str, *wanted: str) -> Mask:
        """Where a column of words holds one of these."""
        known = self.words[name]
        numbers = [number for number, word in enumerate(known, 1) if word in wanted]
        if len(numbers) == 1:
            found: Mask = self[name] == numbers[0]
            return found
        return np.isin(self[name], np.array(numbers, dtype=self[name].dtype))

    def since(self, day: int) -> Mask:
        """Where the day of receipt is this or later."""
        if "received_on" in self.columns or self.days is None:
            found: Mask = self["received_on"] >= day
            return found
        return np.full(self.size, self.days[0] >= day)

    def where(self, mask: Mask) -> Pack:
        if mask.all():
            return self
        # The places are found once for all columns.
        places = mask.nonzero()[0]
        columns = {name: column.take(places) for name, column in self.columns.items()}
        return Pack(len(places), columns, self.words, self.days)


def unpacked(data: bytes | None, dtype: str) -> Array:
    """Values as the database sends them (big end first), in the order of the machine."""
    values = np.frombuffer(data or b"", dtype=np.dtype(dtype))
    return values.astype(values.dtype.newbyteorder("="))
