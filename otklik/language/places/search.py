"""The best place a text names: street with house > street > landmark > settlement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from otklik.language.places.houses import (
    House,
    Spot,
    house_after,
    house_before,
    known_house,
    near_spot,
)
from otklik.language.places.index import Gazetteer, Hit
from otklik.language.places.model import PlaceFound, StreetName
from otklik.language.places.words import (
    NEAR_WORDS,
    Word,
    is_adjective,
    settlement_kind,
    street_kind,
    words_of,
)

MAX_CHARS = 5000
_ALONG = frozenset(("по", "на"))


@dataclass(frozen=True, slots=True)
class _Seen:
    """A settlement named in the text, by indices of words."""

    id: int
    score: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Mention:
    """A street named in the text: hits that fit, the kind said, the house, indices of words."""

    hits: list[Hit]
    kind: str
    house: House | None
    start: int
    end: int


def find_place(text: str, gazetteer: Gazetteer) -> PlaceFound | None:
    """The place with the most certainty, or None. Only the beginning of a long text is read."""
    text = text[:MAX_CHARS]
    words = words_of(text)
    settlements = _settlements(words, gazetteer)
    found = [_street(m, words, text, settlements, gazetteer) for m in _mentions(words, gazetteer)]
    best = max(found, key=lambda place: place.confidence, default=None)
    return (
        best
        or _landmark(words, text, settlements, gazetteer)
        or _settlement(words, text, settlements, gazetteer)
    )


def _settlements(words: Sequence[Word], gazetteer: Gazetteer) -> list[_Seen]:
    seen: list[_Seen] = []
    for at, word in enumerate(words):
        before = words[at - 1] if at else None
        kind = settlement_kind(before.low) if before else ""
        if _is_of_street(words, at) and not kind:
            continue
        near = before is not None and before.low in NEAR_WORDS
        fuzzy = bool(kind) or (near and word.capital)
        for hit in gazetteer.settlement_names.at(words, at, fuzzy=fuzzy):
            score = _settlement_score(hit, word, gazetteer, kind, near=near)
            if score:
                seen.append(_Seen(hit.entry.id, score, at - bool(kind), at + hit.size))
    return seen


def _is_of_street(words: Sequence[Word], at: int) -> bool:
    """«ул. Сосновка», «Красная площадь»."""
    after = street_kind(words[at + 1].low) if at + 1 < len(words) else ""
    return bool(after and is_adjective(words[at].low)) or bool(
        at and street_kind(words[at - 1].low)
    )


def _settlement_score(
    hit: Hit, word: Word, gazetteer: Gazetteer, kind: str, *, near: bool
) -> float:
    """0 where the words are not likely to be a place at all."""
    if kind:
        own = gazetteer.settlement_kinds[hit.entry.id]
        return (0.9 if kind == own or not own else 0.7) - (not hit.exact) * 0.15
    if hit.size == 1 and is_adjective(word.low) and not hit.entry.adjective:
        return 0.0  # «Сосновский район» is not Сосновка
    if hit.entry.common and not (word.capital and near):
        return 0.0
    if not word.capital and not near and hit.size == 1:
        return 0.5
    return 0.75 - (not hit.exact) * 0.2 - (not near) * 0.1


def _mentions(words: Sequence[Word], gazetteer: Gazetteer) -> list[_Mention]:
    found = []
    for at in range(len(words)):
        kind, start = _kind_before(words, at)
        hits = gazetteer.street_names.at(words, at, fuzzy=bool(kind) or words[at].capital)
        mention = _mention(words, at, hits, kind, start) if hits else None
        if mention:
            found.append(mention)
    return found


def _mention(
    words: Sequence[Word], at: int, hits: list[Hit], kind: str, start: int
) -> _Mention | None:
    end = at + hits[0].size
    kind_after = street_kind(words[end].low) if not kind and end < len(words) else ""
    end += bool(kind_after)
    kind = kind or kind_after
    after = house_after(words, end)
    house = after or house_before(words, at)
    if not kind:
        usable = [hit for hit in hits if _stands_alone(hit, words, at, house)]
        if not usable:
            return None
        hits = usable
    if after:
        end = after.end
    return _Mention(hits, kind, house, start, end)


def _stands_alone(hit: Hit, words: Sequence[Word], at: int, house: House | None) -> bool:
    """Without «улица» a house number must follow; a shortening, a slip or an everyday word needs
    a capital letter, «дом» or «по» besides."""
    if house is None:
        return False
    if words[at].capital or (hit.entry.whole and hit.exact and not hit.entry.common):
        return True
    along = bool(at) and words[at - 1].low in _ALONG
    return hit.exact and hit.entry.whole and (house.said or along)


def _kind_before(words: Sequence[Word], at: int) -> tuple[str, int]:
    """The street word before a name and the index it begins at."""
    if at and (kind := street_kind(words[at - 1].low)):
        return kind, at - 1
    return "", at


def _street(
    mention: _Mention,
    words: Sequence[Word],
    text: str,
    settlements: Sequence[_Seen],
    gazetteer: Gazetteer,
) -> PlaceFound:
    hits = _of_kind(mention, gazetteer)
    settlement = _nearest(settlements, mention, {_of(h, gazetteer).settlement_id for h in hits})
    fitting = [
        hit
        for hit in hits
        if settlement is None or gazetteer.streets[hit.entry.id].settlement_id == settlement.id
    ]
    with_house = [h for h in fitting if _house(mention, _of(h, gazetteer))[1]]
    chosen = (with_house or fitting)[0]
    street = _of(chosen, gazetteer)
    house, spot = _house(mention, street)
    spot = spot or near_spot(house, street.houses)
    rivals = len({h.entry.id for h in with_house or fitting})
    return PlaceFound(
        street.settlement_id,
        street.id,
        house,
        None,
        spot[0] if spot else None,
        spot[1] if spot else None,
        _certainty(mention, chosen, bool(with_house), settlement is not None, rivals),
        *_quoted(words, text, mention.start, mention.end),
    )


def _house(mention: _Mention, street: StreetName) -> tuple[str | None, Spot | None]:
    """The house as the gazetteer writes it and its place, if the gazetteer has it."""
    if mention.house is None:
        return None, None
    for number in filter(None, (mention.house.maybe, mention.house.number)):
        known, spot = known_house(number, street.houses)
        if spot:
            return known, spot
    return mention.house.number, None


def _certainty(mention: _Mention, hit: Hit, with_house: bool, settled: bool, rivals: int) -> float:
    score = 0.55 + 0.15 * bool(mention.kind) + 0.15 * with_house + 0.1 * settled
    score += 0.05 * (mention.house is not None)
    score -= 0.15 * (not hit.exact) + 0.1 * (not hit.entry.whole) + 0.25 * (rivals > 1)
    return round(max(score, 0.1), 2)


def _of(hit: Hit, gazetteer: Gazetteer) -> StreetName:
    return gazetteer.streets[hit.entry.id]


def _of_kind(mention: _Mention, gazetteer: Gazetteer) -> list[Hit]:
    """«пер. Садовый» is not «улица Садовая» where both exist; whole names go first."""
    hits = sorted(mention.hits, key=lambda hit: not hit.entry.whole)
    kinds = gazetteer.street_kinds
    same = [hit for hit in hits if kinds[hit.entry.id] == (mention.kind or "улица")]
    return same or hits


def _nearest(settlements: Sequence[_Seen], mention: _Mention, having: set[int]) -> _Seen | None:
    """The settlement named closest to the street, among those that have such a street."""
    fitting = [
        s
        for s in settlements
        if s.id in having and (s.end <= mention.start or s.start >= mention.end)
    ]
    return min(fitting, key=lambda s: (_distance(s, mention), -s.score), default=None)


def _distance(seen: _Seen, mention: _Mention) -> int:
    return min(abs(seen.start - mention.end), abs(mention.start - seen.end))


def _landmark(
    words: Sequence[Word], text: str, settlements: Sequence[_Seen], gazetteer: Gazetteer
) -> PlaceFound | None:
    named = {seen.id for seen in settlements}
    for at in range(len(words)):
        hits = gazetteer.landmark_names.at(words, at)
        items = [(hit, gazetteer.landmarks[hit.entry.id]) for hit in hits]
        near = [pair for pair in items if not named or pair[1].settlement_id in named | {None}]
        for hit, item in near or items:
            where = item.settlement_id or (settlements[0].id if settlements else None)
            quoted = _quoted(words, text, at, at + hit.size)
            certainty = 0.6 if len(near or items) == 1 else 0.4
            return PlaceFound(where, None, None, item.id, item.lat, item.lon, certainty, *quoted)
    return None


def _settlement(
    words: Sequence[Word], text: str, settlements: Sequence[_Seen], gazetteer: Gazetteer
) -> PlaceFound | None:
    best = max(settlements, key=lambda seen: seen.score, default=None)
    if best is None:
        return None
    rivals = {s.id for s in settlements if s.score == best.score and s.end == best.end}
    known = gazetteer.settlements[best.id]
    score = round(best.score - 0.25 * (len(rivals) > 1), 2)
    quoted = _quoted(words, text, best.start, best.end)
    return PlaceFound(known.id, None, None, None, known.lat, known.lon, score, *quoted)


def _quoted(words: Sequence[Word], text: str, start: int, end: int) -> tuple[str, tuple[int, int]]:
    span = (words[start].start, words[end - 1].end)
    return text[span[0] : span[1]], span
