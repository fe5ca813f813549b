"""Packed questions counted in groups of two sides at most."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from otklik.insight.cuts.rules.cut import Key
from otklik.insight.cuts.rules.picking import in_time, is_answered, is_open, is_overdue, late
from otklik.insight.cuts.rules.sides import RawKey
from otklik.insight.cuts.rules.tally import EMPTY, Tally
from otklik.insight.cuts.vocabulary import Measure
from otklik.insight.facts.rules.packs import NO_ID, NO_MOMENT, Array, Pack

_SECOND = 1_000_000
_DENSE = 4_000_000
"""So many possible groups are counted in a table; of more, only those that occur."""

_READ: dict[str, tuple[str, ...]] = {
    "received": (),
    "answered": ("status",),
    "in_work": ("status",),
    "overdue": ("status", "open_due"),
    "in_time": ("answered_at", "due_at"),
    "late": ("answered_at", "due_at"),
    "repeated": ("repeated",),
    "reopened": ("reopened",),
    "timed": ("status",),
    "seconds": ("status", "answered_at", "received_at"),
    "scored": ("score",),
    "score_sum": ("score",),
}
"""The columns each count is made of."""
_PARTS = {
    Measure.AVERAGE_DAYS: ("timed", "seconds"),
    Measure.SCORE: ("scored", "score_sum"),
    Measure.IN_TIME_SHARE: ("in_time", "late"),
}
Sums = Mapping[str, NDArray[Any]]


def counts_for(measures: Iterable[Measure]) -> list[str]:
    """The counts these measures are made of, named as the fields of Tally."""
    return list(dict.fromkeys(c for one in measures for c in _PARTS.get(one, (one.value,))))


def columns_for(counts: Iterable[str]) -> set[str]:
    return {column for name in counts for column in _READ[name]}


@dataclass(frozen=True)
class Grouped:
    """Groups that are not empty: `at[axis]` are numbers of `keys[axis]`, `sums` the counts."""

    keys: tuple[Sequence[RawKey], ...]
    at: tuple[NDArray[Any], ...]
    sums: Sums

    @cached_property
    def total(self) -> Tally:
        return _tally({name: one.sum() for name, one in self.sums.items()})

    def along(self, axis: int) -> dict[Key, Tally]:
        """Groups of one side by their single keys."""
        found = self.split(axis)
        places, many = found.at[axis], len(found.keys[axis])
        shown = np.flatnonzero(np.bincount(places, minlength=many))
        sums = {
            name: np.bincount(places, weights=one, minlength=many)[shown].tolist()
            for name, one in found.sums.items()
        }
        return {
            _single(found.keys[axis][place]): _tally({name: sums[name][n] for name in sums})
            for n, place in enumerate(shown.tolist())
        }

    def split(self, axis: int) -> Grouped:
        """Every group under each single key: a body of several blocks stands under each."""
        if not any(isinstance(key, tuple) for key in self.keys[axis]):
            return self
        single: dict[Key, int] = {}
        rows: list[tuple[int, int]] = []
        for number, raw in enumerate(self.keys[axis]):
            parts = (raw or (None,)) if isinstance(raw, tuple) else (raw,)
            rows += [(number, single.setdefault(key, len(single))) for key in parts]
        old, new = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
        group, pair = np.nonzero(self.at[axis][:, None] == old[None, :])
        at = [one[group] for one in self.at]
        at[axis] = new[pair]
        keys = list(self.keys)
        keys[axis] = list(single)
        return Grouped(tuple(keys), tuple(at), {n: one[group] for n, one in self.sums.items()})

    def pairs(self) -> Pairs:
        """Groups of both sides by their single keys, none of them twice."""
        return Pairs(self.split(0).split(1))


class Pairs(Mapping[tuple[Key, Key], Tally]):
    """Tallies are made of those that are looked at: there may be a hundred thousand."""

    def __init__(self, groups: Grouped) -> None:
        self._sums = groups.sums
        many = max(len(groups.keys[1]), 1)
        codes = groups.at[0].astype(np.int64) * many + groups.at[1]
        firsts, inverse = np.unique(codes, return_inverse=True)
        if len(firsts) != len(codes):
            self._sums = {
                name: np.bincount(inverse, weights=one) for name, one in groups.sums.items()
            }
            codes = firsts
        rows, columns = groups.keys
        self._places: dict[tuple[Key, Key], int] = {
            (_single(rows[code // many]), _single(columns[code % many])): place
            for place, code in enumerate(codes.tolist())
        }

    def __getitem__(self, pair: tuple[Key, Key]) -> Tally:
        place = self._places[pair]
        return _tally({name: one[place] for name, one in self._sums.items()})

    def __iter__(self) -> Iterator[tuple[Key, Key]]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class Numbered(Protocol):
    """A side: a number for the key of every question, `keys[number]` is the key."""

    keys: list[Any]

    def codes(self, pack: Pack) -> Array: ...


Value = Callable[[Pack, int], Array]
"""What is summed over a group: yes or no, or a number, of every question at this moment.

Whole numbers of 64 bits are microseconds; their sum is in seconds."""


class Grouping:
    """Takes packs one after another, so that only groups stay in memory, not questions.

    Besides `received`, the number of questions, each of `values` is summed by its name.
    """

    def __init__(self, sides: Sequence[Numbered], values: Mapping[str, Value], now: int) -> None:
        self._sides, self._values, self._now = sides, values, now
        self._codes: list[list[Array]] = [[] for _ in range(max(len(sides), 1))]
        self._sums: dict[str, list[Array]] = {name: [] for name in (RECEIVED, *values)}
        self._whole = {RECEIVED}

    def add(self, pack: Pack) -> None:
        codes = [side.codes(pack) for side in self._sides] or [np.zeros(pack.size, np.int32)]
        told: dict[str, Array] = {RECEIVED: np.ones(pack.size, dtype=np.bool_)}
        for name, value in self._values.items():
            values = value(pack, self._now)
            self._whole |= {name} if values.dtype.kind in "bi" else set()
            told |= _parts(name, values)
        many, possible = self._possible()
        if possible <= pack.size:
            place = _placed(codes, many)
            shown = np.flatnonzero(np.bincount(place, minlength=possible))
            told = {name: _sum(one, place, possible)[shown] for name, one in told.items()}
            codes = _unplaced(shown, many, len(codes))
        for kept, numbers in zip(self._codes, codes, strict=True):
            kept.append(numbers)
        for name, sums in told.items():
            self._sums.setdefault(name, []).append(sums)

    def result(self) -> Grouped:
        keys = tuple(side.keys for side in self._sides)
        codes = [_joined(one) for one in self._codes]
        many, possible = self._possible()
        place = _placed(codes, many)
        if possible > _DENSE:
            shown, place = np.unique(place, return_inverse=True)
            sums = {name: _sum(_joined(one), place, len(shown)) for name, one in self._sums.items()}
        else:
            shown = np.flatnonzero(np.bincount(place, minlength=possible))
            sums = {
                name: _sum(_joined(one), place, possible)[shown] for name, one in self._sums.items()
            }
        for name in [name for name in sums if name.endswith(_REST)]:
            whole = name.removesuffix(_REST)
            sums[whole] = sums[whole] + sums.pop(name) / _SECOND
            self._whole.discard(whole)
        sums = {
            name: one.astype(np.int64) if name in self._whole else one for name, one in sums.items()
        }
        at = tuple(_unplaced(shown, many, len(keys))) if keys else ()
        return Grouped(keys, at, sums)

    def _possible(self) -> tuple[int, int]:
        """How many keys the second side has by now, and how many groups there may be."""
        known = [max(len(side.keys), 1) for side in self._sides] or [1]
        many = known[1] if len(known) > 1 else 1
        return many, known[0] * many


RECEIVED, _REST = "received", ":rest"


def _placed(codes: Sequence[Array], many: int) -> Array:
    return codes[0] if len(codes) == 1 else codes[0].astype(np.int64) * many + codes[1]


def _unplaced(places: Array, many: int, sides: int) -> list[Array]:
    return [places] if sides == 1 else [places // many, places % many]


def _parts(name: str, values: Array) -> dict[str, Array]:
    """Microseconds: whole seconds and the rest apart, so that both sums are exact."""
    if values.dtype != np.int64:
        return {name: values}
    return {name: (values // _SECOND).astype(np.float64), name + _REST: values % _SECOND * 1.0}


def _sum(values: Array, place: Array, many: int) -> Array:
    if values.dtype == np.bool_:
        return np.bincount(place[values], minlength=many)
    found: Array = np.bincount(place, weights=values, minlength=many)
    return found


def _took(pack: Pack) -> Array:
    took = pack["answered_at"] - pack["received_at"]
    return np.where(is_answered(pack) & (pack["answered_at"] != NO_MOMENT), took, 0)


VALUES: dict[str, Value] = {
    "answered": lambda pack, _now: is_answered(pack),
    "in_work": lambda pack, _now: is_open(pack),
    "overdue": is_overdue,
    "in_time": lambda pack, _now: in_time(pack),
    "late": lambda pack, _now: late(pack),
    "repeated": lambda pack, _now: pack["repeated"],
    "reopened": lambda pack, _now: pack["reopened"] > 0,
    "timed": lambda pack, _now: is_answered(pack),
    "seconds": lambda pack, _now: _took(pack),
    "scored": lambda pack, _now: pack["score"] != NO_ID,
    "score_sum": lambda pack, _now: np.maximum(pack["score"], 0),
}


def _joined(parts: Sequence[Array]) -> Array:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int32)


def _single(key: RawKey) -> Key:
    if isinstance(key, tuple):
        return key[0] if key else None
    return key


def _tally(sums: Mapping[str, Any]) -> Tally:
    whole = {name: int(value) for name, value in sums.items() if name != "seconds"}
    return replace(EMPTY, **whole, seconds=float(sums.get("seconds", 0.0)))
