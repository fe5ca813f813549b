"""Sides of a cut said of packed questions: a number for each key, and the conditions of one key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from otklik.insight.cuts.rules.cut import Key
from otklik.insight.cuts.rules.links import NOT_SET, Also
from otklik.insight.cuts.rules.periods import start_of
from otklik.insight.cuts.vocabulary import PERIODS, Dimension, Term
from otklik.insight.facts.rules.packs import NO_ID, Mask, Pack, day_of

RawKey = Key | tuple[int, ...]
Codes = NDArray[np.int32]

IDS = {
    Dimension.TOPIC: "topic_id",
    Dimension.BODY: "body_id",
    Dimension.SETTLEMENT: "settlement_id",
    Dimension.DISTRICT: "district_id",
    Dimension.ADDRESSEE: "addressee_id",
    Dimension.SCORE: "score",
}
WORDS = {
    Dimension.TOPIC_GROUP: "topic_group",
    Dimension.THEME: "theme",
    Dimension.CHANNEL: "channel",
    Dimension.APPLICANT_KIND: "applicant_kind",
    Dimension.KIND: "kind",
    Dimension.REGIME: "regime",
    Dimension.STATUS: "status",
    Dimension.RESULT: "result",
    Dimension.REPETITION: "repetition",
}
_DAYS = (*PERIODS, Dimension.WEEKDAY)
SHORT, MIDDLE = 15, 30
"""The last days of the bands of `Term`."""
_TERM_KEYS: tuple[Key, ...] = (None, Term.SHORT.value, Term.MIDDLE.value, Term.LONG.value)
_SOON = 1_000_000
"""Values this far from one another are looked up in a table, others are searched."""


def column_of(side: Dimension) -> str:
    """The column a side is read from."""
    if side in _DAYS:
        return "received_on"
    if side == Dimension.TERM:
        return "days_taken"
    if side == Dimension.BLOCK:
        return "block_ids"
    return IDS.get(side) or WORDS[side]


class Side:
    """Numbers the keys of one side as they come: `keys[number]` is the key.

    The key of a block is the tuple of all blocks of the body.
    """

    def __init__(self, side: Dimension) -> None:
        self.side = side
        self.column = column_of(side)
        self.keys: list[RawKey] = []
        self._numbers: dict[Any, int] = {}
        self._by_key: dict[RawKey, int] = {}
        self._key = _key_of(side)
        self._low, self._table = 0, np.zeros(0, dtype=np.int32)

    def codes(self, pack: Pack) -> Codes:
        """The number of the key of every question."""
        values = pack[self.column]
        if self.column in pack.words:
            told = [self._number(word) for word in pack.words[self.column]]
            found: Codes = np.array([-1, *told], dtype=np.int32)[values]
            return found
        if self.side == Dimension.TERM:
            values = _bands(values)
        return self._looked_up(values) if len(values) else np.zeros(0, dtype=np.int32)

    def _looked_up(self, values: NDArray[Any]) -> Codes:
        low, high = int(values.min()), int(values.max())
        if not self._covered(low, high):
            known, inverse = np.unique(values, return_inverse=True)
            numbers = [self._number(one) for one in known.tolist()]
            searched: Codes = np.array(numbers, dtype=np.int32)[inverse]
            return searched
        places = values - self._low
        found: Codes = self._table[places]
        if (found < 0).any():
            for one in np.unique(values[found < 0]).tolist():
                self._table[one - self._low] = self._number(one)
            found = self._table[places]
        return found

    def _covered(self, low: int, high: int) -> bool:
        """Whether the table holds these values, when it has been made to where it can."""
        end = self._low + len(self._table)
        if len(self._table) and self._low <= low and high < end:
            return True
        first, last = (
            (min(low, self._low), max(high + 1, end)) if len(self._table) else (low, high + 1)
        )
        if last - first > _SOON:
            return False
        table = np.full(last - first, -1, dtype=np.int32)
        if len(self._table):
            table[self._low - first : end - first] = self._table
        self._low, self._table = first, table
        return True

    def _number(self, told: Any) -> int:
        number = self._numbers.get(told)
        if number is None:
            key = self._key(told)
            number = self._by_key.setdefault(key, len(self.keys))
            if number == len(self.keys):
                self.keys.append(key)
            self._numbers[told] = number
        return number


def fits(pack: Pack, also: Also) -> Mask:
    """Questions that fit all conditions the list of cases does not know."""
    found = np.ones(pack.size, dtype=np.bool_)
    for side, key in also:
        found &= _fits(pack, side, key)
    return found


def _fits(pack: Pack, side: Dimension, key: str) -> Mask:
    values, unset = pack[column_of(side)], key == NOT_SET
    if side in WORDS:
        return pack.is_word(WORDS[side], "" if unset else key)
    if side == Dimension.BLOCK:
        return pack.is_word("block_ids", *_with_block(pack.words["block_ids"], key))
    if side == Dimension.TERM:
        known = [str(one) for one in _TERM_KEYS]
        values = _bands(values)
        wanted = 0 if unset else known.index(key) if key in known[1:] else -1
    elif side == Dimension.WEEKDAY:
        values, wanted = _weekdays(values), NO_ID if unset else int(key)
    else:
        wanted = NO_ID if unset else int(key)
    found: Mask = values == wanted
    return found


def _with_block(words: tuple[str, ...], key: str) -> list[str]:
    if key == NOT_SET:
        return [word for word in words if not _blocks(word)]
    return [word for word in words if int(key) in _blocks(word)]


def _blocks(word: str) -> tuple[int, ...]:
    return tuple(sorted(int(one) for one in word.strip("{}").split(",") if one))


def _key_of(side: Dimension) -> Callable[[Any], RawKey]:
    if side in PERIODS:
        return lambda number: start_of(day_of(number), side).isoformat()
    if side == Dimension.WEEKDAY:
        return lambda number: day_of(number).isoweekday()
    if side == Dimension.TERM:
        return lambda band: _TERM_KEYS[band]
    if side == Dimension.BLOCK:
        return _blocks
    if side in IDS:
        return lambda number: None if number == NO_ID else int(number)
    return lambda word: word or None


def _bands(days: NDArray[Any]) -> NDArray[Any]:
    """0 for not answered, then the bands of the term in their order."""
    late = np.array([0, SHORT + 1, MIDDLE + 1])
    return np.searchsorted(late, days, side="right")


def _weekdays(days: NDArray[Any]) -> NDArray[Any]:
    # 1 January 2000 was a Saturday, the sixth day.
    return (days + 5) % 7 + 1
