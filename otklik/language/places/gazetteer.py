"""Settlements, streets and landmarks of one municipality with the index of their names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from otklik.language.places.forms import (
    adjective_gender,
    initial_slot,
    is_title_or_name,
    noun_slot,
    shortened_adjective,
    street_slot,
)
from otklik.language.places.kinds import gender, plain_kind, street_kind
from otklik.language.places.model import LandmarkName, SettlementName, StreetName
from otklik.language.places.names import Entry, Names
from otklik.language.places.tokens import Word, is_adjective, is_common, words_of

_MONTHS = frozenset(
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()  # noqa: SIM905
)
_NOMINATIVE = {"f": "ая", "m": "ый", "n": "ое"}


class Gazetteer:
    def __init__(
        self,
        settlements: Sequence[SettlementName],
        streets: Sequence[StreetName] = (),
        landmarks: Sequence[LandmarkName] = (),
    ) -> None:
        self.settlements = {item.id: item for item in settlements}
        self.streets = {item.id: item for item in streets}
        self.landmarks = {item.id: item for item in landmarks}
        self.settlement_kinds = {s.id: plain_kind(s.kind) for s in settlements}
        self.street_kinds = {s.id: street_kind(_low(s.kind)) for s in streets}
        self.settlement_names = Names(e for s in settlements for e in _settlement_entries(s))
        self.street_names = Names(
            e for s in streets for e in _street_entries(s, self.street_kinds[s.id])
        )
        self.landmark_names = Names(e for item in landmarks for e in _landmark_entries(item))
        self.streets_in: dict[int, set[int]] = defaultdict(set)
        for street in streets:
            self.streets_in[street.settlement_id].add(street.id)


def _low(text: str) -> str:
    return text.casefold().replace("ё", "е")


def _settlement_entries(settlement: SettlementName) -> Iterator[Entry]:
    for name in (settlement.name, *settlement.other_names):
        words = [word.low for word in words_of(name)]
        if not words:
            continue
        slots = [noun_slot(low) for low in words]
        common = len(words) == 1 and is_common(words[0])
        adjective = is_adjective(words[-1]) and bool(adjective_gender(words[-1]))
        yield Entry(settlement.id, tuple(slots), common=common, adjective=adjective)
        short = shortened_adjective(words[0]) if len(words) > 1 else frozenset()
        if short:
            yield Entry(settlement.id, (short, *slots[1:]), whole=False, adjective=adjective)


def _street_entries(street: StreetName, kind: str) -> Iterator[Entry]:
    for name in (street.name, *street.other_names):
        words = [w for w in words_of(name) if not street_kind(w.low)] or words_of(name)
        if words:
            yield from _written(street.id, [_agreed(word, kind) for word in words])


def _agreed(word: Word, kind: str) -> str:
    """«ул. Садовый» of a careless register as «Садовая»; ordinals as their number."""
    own = adjective_gender(word.low)
    wanted = gender(kind)
    if own and own not in {wanted, "p"} and word.low[-2:] in {"ый", "ий"} and wanted == "f":
        return word.low[:-2] + _NOMINATIVE["f"]
    return word.low


def _written(pk: int, lows: Sequence[str]) -> Iterator[Entry]:
    slots = tuple(street_slot(low) for low in lows)
    adjective = bool(adjective_gender(lows[-1]))
    common = not adjective and all(is_common(low) for low in lows if low.isalpha())
    dated = lows[0].isdigit() and lows[-1] in _MONTHS
    yield Entry(pk, slots, common=common, adjective=adjective, dated=dated)
    if len(lows) == 1:
        return
    if lows[0].isdigit() or lows[-1].isdigit():
        yield Entry(pk, (*slots[1:], slots[0]), adjective=adjective)
        if len(lows) > 2 and lows[1] in {"лет", "летия"}:
            yield Entry(pk, (slots[0], *slots[2:]))
            yield Entry(pk, (slots[0], frozenset(("лет", "летия", "летие")), *slots[2:]))
        return
    if not adjective and not adjective_gender(lows[0]) and len(lows) == 2:
        yield Entry(pk, (slots[1], slots[0]), whole=False)
    if is_title_or_name(lows[-2]) or (not adjective and not is_common(lows[-1])):
        yield from _shortened(pk, lows, slots)


def _shortened(pk: int, lows: Sequence[str], slots: Sequence[frozenset[str]]) -> Iterator[Entry]:
    """«К. Маркса» and «Маркса» for «Карла Маркса»; «Малая Садовая» has no such shortening."""
    last = slots[-1]
    yield Entry(pk, (last,), whole=False, common=is_common(lows[-1]))
    yield Entry(pk, (initial_slot(lows[-2]), last), whole=False)


def _landmark_entries(landmark: LandmarkName) -> Iterator[Entry]:
    for name in (landmark.name, *landmark.aliases):
        words = [word.low for word in words_of(name)]
        slots = tuple(noun_slot(low) for low in words)
        if not slots:
            continue
        common = len(words) == 1
        yield Entry(landmark.id, slots, common=common)
        if len(slots) == 2 and words[1].isdigit():
            yield Entry(landmark.id, (slots[1], slots[0]), common=True)
        if len(slots) == 3 and words[2].isdigit():
            yield Entry(landmark.id, (slots[2], *slots[:2]))
