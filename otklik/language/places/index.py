"""The names of a municipality by the keys of their words; built once, searched in microseconds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from otklik.language.places.model import LandmarkName, SettlementName, StreetName
from otklik.language.places.words import (
    Word,
    cuts,
    is_adjective,
    is_common,
    is_first_name,
    keys,
    one_slip,
    settlement_kind,
    street_kind,
    words_of,
)

_SHORTEST_FUZZY = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """One way to write a name. `whole` is false for a shortening, «Павлова» for «Академика
    Павлова»; `common` for a name that is an everyday word."""

    id: int
    keys: tuple[frozenset[str], ...]
    whole: bool = True
    common: bool = False
    adjective: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """`size`: how many words it takes; `exact` is false where a slip was forgiven."""

    entry: Entry
    size: int
    exact: bool = True


class Names:
    def __init__(self, entries: Iterable[Entry]) -> None:
        self._by_key: dict[str, list[Entry]] = defaultdict(list)
        self._by_cut: dict[str, set[str]] = defaultdict(set)
        for entry in entries:
            for key in entry.keys[0]:
                if entry not in self._by_key[key]:
                    self._by_key[key].append(entry)
                if len(key) >= _SHORTEST_FUZZY and key.isalpha():
                    for cut in cuts(key):
                        self._by_cut[cut].add(key)

    def at(self, words: Sequence[Word], at: int, *, fuzzy: bool = False) -> list[Hit]:
        """The longest names that begin at a word; with a slip in the first word only if asked and
        nothing fits exactly."""
        hits = self._longest(words, at, words[at].keys, exact=True)
        if hits or not fuzzy:
            return hits
        return self._longest(words, at, self._near(words[at].keys), exact=False)

    def _longest(
        self, words: Sequence[Word], at: int, firsts: Iterable[str], *, exact: bool
    ) -> list[Hit]:
        found = {
            entry.id: Hit(entry, len(entry.keys), exact)
            for key in firsts
            for entry in self._by_key.get(key, ())
            if _fits(entry, words, at)
        }
        longest = max((hit.size for hit in found.values()), default=0)
        return [hit for hit in found.values() if hit.size == longest]

    def _near(self, given: frozenset[str]) -> set[str]:
        return {
            name
            for key in given
            if len(key) >= _SHORTEST_FUZZY and key.isalpha()
            for cut in cuts(key)
            for name in self._by_cut.get(cut, ())
            if one_slip(key, name)
        }


class Gazetteer:
    """Settlements, streets and landmarks of one municipality with the index of their names."""

    def __init__(
        self,
        settlements: Sequence[SettlementName],
        streets: Sequence[StreetName] = (),
        landmarks: Sequence[LandmarkName] = (),
    ) -> None:
        self.settlements = {item.id: item for item in settlements}
        self.streets = {item.id: item for item in streets}
        self.landmarks = {item.id: item for item in landmarks}
        self.settlement_names = Names(e for s in settlements for e in _whole(s.id, s.name))
        self.street_names = Names(e for s in streets for e in _street_entries(s))
        self.landmark_names = Names(e for item in landmarks for e in _landmark_entries(item))
        self.settlement_kinds = {s.id: settlement_kind(_low(s.kind)) for s in settlements}
        self.street_kinds = {s.id: street_kind(_low(s.kind)) for s in streets}


def _fits(entry: Entry, words: Sequence[Word], at: int) -> bool:
    rest = entry.keys[1:]
    if at + len(entry.keys) > len(words):
        return False
    return all(not k.isdisjoint(words[at + 1 + i].keys) for i, k in enumerate(rest))


def _low(text: str) -> str:
    return text.casefold().replace("ё", "е")


def _whole(pk: int, name: str) -> Iterator[Entry]:
    words = words_of(name)
    if words:
        low = words[-1].low
        common = len(words) == 1 and is_common(low)
        parts = tuple(word.keys for word in words)
        yield Entry(pk, parts, common=common, adjective=is_adjective(low))


def _street_entries(street: StreetName) -> Iterator[Entry]:
    words = [w for w in words_of(street.name) if not street_kind(w.low)] or words_of(street.name)
    if not words:
        return
    parts = tuple(word.keys for word in words)
    yield Entry(street.id, parts, common=len(words) == 1 and is_common(words[0].low))
    if len(words) == 1:
        return
    if words[0].low.isdigit() or words[-1].low.isdigit():
        yield Entry(street.id, (*parts[1:], parts[0]))
    elif not any(word.low.isdigit() for word in words):
        yield from _shortened(street.id, words)


def _shortened(pk: int, words: Sequence[Word]) -> Iterator[Entry]:
    """«К. Маркса» and «Маркса» for «Карла Маркса»; «Малая Садовая» has no such shortening."""
    named = is_first_name(words[-2].low) or (len(words) == 2 and _is_title(words[0].low))
    if not named:
        return
    last = words[-1].keys
    yield Entry(pk, (last,), whole=False)
    yield Entry(pk, (keys(words[-2].low[0]), last), whole=False)
    yield Entry(pk, (last, words[-2].keys), whole=False)


def _is_title(low: str) -> bool:
    return is_common(low) and low.endswith(("а", "я", "ого"))


def _landmark_entries(landmark: LandmarkName) -> Iterator[Entry]:
    for name in (landmark.name, *landmark.aliases):
        words = words_of(name)
        parts = tuple(word.keys for word in words)
        if parts:
            yield Entry(landmark.id, parts)
        if len(parts) == 2 and words[1].low.isdigit():
            yield Entry(landmark.id, (parts[1], parts[0]))
