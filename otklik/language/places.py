"""Finding the place a text speaks of, against a municipality's own gazetteer."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from otklik.language.lemmas import lemma, tokens

_STREET_WORDS = {
    "улица",
    "ул",
    "переулок",
    "пер",
    "проспект",
    "пр",
    "площадь",
    "пл",
    "проезд",
    "бульвар",
    "шоссе",
    "набережная",
    "наб",
    "тупик",
    "аллея",
    "микрорайон",
    "мкр",
    "линия",
    "квартал",
}
_SETTLEMENT_WORDS = {
    "село",
    "деревня",
    "дер",
    "поселок",
    "пос",
    "станица",
    "хутор",
    "снт",
    "г",
    "город",
    "с",
    "п",
    "д",
    "ст",
    "днп",
    "садоводство",
}
_HOUSE_WORDS = {"дом", "д", "№", "номер", "строение", "корпус", "около", "возле", "у", "напротив"}
_HOUSE = re.compile(r"^\d{1,3}[а-я]?(?:/\d{1,3}[а-я]?)?$")
_SHORTEST_FUZZY = 6


@dataclass(frozen=True, slots=True)
class SettlementName:
    id: int
    name: str
    kind: str = ""
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class StreetName:
    """`houses`: number → (lat, lon)."""

    id: int
    settlement_id: int
    name: str
    kind: str = "улица"
    houses: Mapping[str, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LandmarkName:
    id: int
    name: str
    lat: float
    lon: float
    settlement_id: int | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """`confidence` 0–1; `quote` is the words of the text that named the place."""

    settlement_id: int | None
    street_id: int | None
    house: str | None
    landmark_id: int | None
    lat: float | None
    lon: float | None
    confidence: float
    quote: str


class Gazetteer:
    """An index of names by their lemmas; built once, searched in microseconds."""

    def __init__(
        self,
        settlements: Sequence[SettlementName],
        streets: Sequence[StreetName] = (),
        landmarks: Sequence[LandmarkName] = (),
    ) -> None:
        self.settlements = {s.id: s for s in settlements}
        self.streets = {s.id: s for s in streets}
        self.landmarks = {item.id: item for item in landmarks}
        self._settlements = _index([(s.name, s.id) for s in settlements])
        self._streets = _index([(s.name, s.id) for s in streets])
        self._landmarks = _index(
            [(name, item.id) for item in landmarks for name in (item.name, *item.aliases)]
        )

    def settlements_at(self, words: list[str], at: int) -> tuple[list[int], int]:
        return self._settlements.at(words, at)

    def streets_at(self, words: list[str], at: int) -> tuple[list[int], int]:
        return self._streets.at(words, at)

    def landmarks_at(self, words: list[str], at: int) -> tuple[list[int], int]:
        return self._landmarks.at(words, at)


class _Names:
    """Names as tuples of stems by their first stem."""

    def __init__(self) -> None:
        self.by_first: dict[str, list[tuple[tuple[str, ...], int]]] = defaultdict(list)
        self.by_cut: dict[str, list[str]] = defaultdict(list)

    def add(self, stems: tuple[str, ...], pk: int) -> None:
        if stems[0] not in self.by_first:
            for cut in _cuts(stems[0]):
                self.by_cut[cut].append(stems[0])
        self.by_first[stems[0]].append((stems, pk))

    def at(self, words: list[str], at: int) -> tuple[list[int], int]:
        """Ids of the longest names that begin at a word, and how many words they take."""
        best: list[int] = []
        longest = 0
        for first in self._firsts(words[at]):
            for stems, pk in self.by_first[first]:
                size = len(stems)
                if size < longest or tuple(words[at + 1 : at + size]) != stems[1:]:
                    continue
                if size > longest:
                    best, longest = [], size
                if pk not in best:
                    best.append(pk)
        return best, longest

    def _firsts(self, word: str) -> list[str]:
        if word in self.by_first:
            return [word]
        if len(word) < _SHORTEST_FUZZY or not word.isalpha():
            return []
        near = {name for cut in _cuts(word) for name in self.by_cut.get(cut, ())}
        return [name for name in near if len(name) >= _SHORTEST_FUZZY and _one_slip(word, name)]


def stem(word: str) -> str:
    """A name's word without its case ending: «сосновке», «сосновка» → «сосновк»."""
    form = lemma(word)
    base = form if len(form) <= len(word) + 2 else word
    return (
        re.sub(
            r"(?:ого|его|ому|ему|ыми|ими|ая|яя|ое|ее|ой|ей|ый|ий|ую|юю|ом|ем|ам|ям|ах|ях|ы|и|а|я|о|е|у|ю|ь)$",
            "",
            base,
        )
        or base
    )


def find_place(text: str, gazetteer: Gazetteer) -> PlaceFound | None:
    """The best place a text names, or None. Street with house > street > landmark > settlement."""
    words = tokens(text[:5000])
    stems = [stem(word) if word.isalpha() or "-" in word else word for word in words]
    settlement = _settlement(words, stems, gazetteer)
    street = _street(words, stems, gazetteer, settlement)
    if street is not None:
        return street
    landmark = _landmark(words, stems, gazetteer, settlement)
    if landmark is not None:
        return landmark
    if settlement is None:
        return None
    known = gazetteer.settlements[settlement[0]]
    return PlaceFound(
        known.id, None, None, None, known.lat, known.lon, settlement[1], settlement[2]
    )


def _settlement(
    words: list[str], stems: list[str], gazetteer: Gazetteer
) -> tuple[int, float, str] | None:
    best: tuple[int, float, str] | None = None
    for at in range(len(words)):
        ids, size = gazetteer.settlements_at(stems, at)
        if not ids or (at and lemma(words[at - 1]) in _STREET_WORDS):
            continue
        named = bool(at) and lemma(words[at - 1]) in _SETTLEMENT_WORDS
        confidence = 0.9 if named else 0.7
        if best is None or confidence > best[1]:
            best = (ids[0], confidence, " ".join(words[max(0, at - named) : at + size]))
    return best


def _street(
    words: list[str],
    stems: list[str],
    gazetteer: Gazetteer,
    settlement: tuple[int, float, str] | None,
) -> PlaceFound | None:
    best: PlaceFound | None = None
    for at in range(len(words)):
        ids, size = gazetteer.streets_at(stems, at)
        if not ids:
            continue
        before = bool(at) and lemma(words[at - 1]) in _STREET_WORDS
        after = at + size < len(words) and lemma(words[at + size]) in _STREET_WORDS
        house = _house(words, at + size + after)
        if not (before or after or house):
            continue
        found = _choose(ids, settlement, gazetteer, house, before or after)
        quote = " ".join(words[max(0, at - before) : at + size + (2 if house else 0)])
        candidate = PlaceFound(*found, quote)
        if best is None or candidate.confidence > best.confidence:
            best = candidate
    return best


def _choose(
    ids: list[int],
    settlement: tuple[int, float, str] | None,
    gazetteer: Gazetteer,
    house: str | None,
    marked: bool,
) -> tuple[int, int, str | None, None, float | None, float | None, float]:
    streets = [gazetteer.streets[pk] for pk in ids]
    if settlement is not None:
        streets = [s for s in streets if s.settlement_id == settlement[0]] or streets
    with_house = [s for s in streets if house and house in s.houses]
    street = (with_house or streets)[0]
    confidence = 0.55 + 0.2 * marked + 0.1 * (settlement is not None) + 0.1 * bool(with_house)
    if len(with_house or streets) > 1:
        confidence -= 0.25
    spot = street.houses.get(house or "") or _middle(street)
    lat, lon = spot if spot else (None, None)
    return street.settlement_id, street.id, house, None, lat, lon, round(confidence, 2)


def _landmark(
    words: list[str],
    stems: list[str],
    gazetteer: Gazetteer,
    settlement: tuple[int, float, str] | None,
) -> PlaceFound | None:
    for at in range(len(words)):
        ids, size = gazetteer.landmarks_at(stems, at)
        items = [gazetteer.landmarks[pk] for pk in ids]
        if settlement is not None:
            items = [i for i in items if i.settlement_id in (None, settlement[0])] or items
        if items:
            item = items[0]
            where = item.settlement_id or (settlement[0] if settlement else None)
            quote = " ".join(words[at : at + size])
            return PlaceFound(where, None, None, item.id, item.lat, item.lon, 0.6, quote)
    return None


def _house(words: list[str], at: int) -> str | None:
    for index in range(at, min(at + 3, len(words))):
        if _HOUSE.match(words[index]):
            following = words[index + 1] if index + 1 < len(words) else ""
            if len(following) == 1 and following in "абвгде":
                return words[index] + following
            return words[index]
        if words[index] not in _HOUSE_WORDS and lemma(words[index]) not in _HOUSE_WORDS:
            return None
    return None


def _middle(street: StreetName) -> tuple[float, float] | None:
    spots = list(street.houses.values())
    return spots[len(spots) // 2] if spots else None


def _index(names: Sequence[tuple[str, int]]) -> _Names:
    index = _Names()
    for name, pk in names:
        stems = tuple(stem(word) if not word[0].isdigit() else word for word in tokens(name))
        if stems:
            index.add(stems, pk)
    return index


def _cuts(word: str) -> list[str]:
    """The word without each one letter: two words one slip apart share a cut."""
    return [word, *(word[:i] + word[i + 1 :] for i in range(len(word)))]


def _one_slip(a: str, b: str) -> bool:
    if abs(len(a) - len(b)) > 1 or a[0] != b[0]:
        return False
    if len(a) == len(b):
        return sum(x != y for x, y in zip(a, b, strict=True)) <= 1
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return any(longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer)))
