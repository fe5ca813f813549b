"""Finished addresses out of what was read and chosen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from otklik.language.places.gazetteer import Gazetteer
from otklik.language.places.kinds import CROSSING
from otklik.language.places.landmarks import Sight
from otklik.language.places.mention import Mention
from otklik.language.places.model import Accuracy, Address, Candidate, StreetName
from otklik.language.places.numbers import House, Houses
from otklik.language.places.resolution import Choice, distance
from otklik.language.places.roads import Kilometre
from otklik.language.places.settlements import Seen
from otklik.language.places.spots import (
    crossing_spot,
    known_house,
    near_spot,
    street_spot,
)
from otklik.language.places.tokens import Word

_FLAT = re.compile(r"\b(?:кв|квартир[аеуы])\.?\s?№?\s?(\d{1,4})\b", re.IGNORECASE)
_ENTRANCE = re.compile(
    r"\b(?:под|подъезд[аеу]?)\.?\s?№?\s?(\d{1,2})\b|\b(\d{1,2})(?:-?[йм])?\s?подъезд", re.IGNORECASE
)
_FLOOR = re.compile(
    r"\b(?:этаж[аеу]?|эт)\.?\s?(\d{1,2})\b|\b(\d{1,2})(?:-?[йм])?\s?этаж", re.IGNORECASE
)
_TAIL = 45
_SENTENCE = re.compile(r"[.!?]\s+[А-ЯЁ]|\n")


@dataclass(frozen=True, slots=True)
class Page:
    text: str
    words: list[Word]
    gazetteer: Gazetteer


def of_street(
    page: Page, mention: Mention, choice: Choice, partner: tuple[Mention, Choice] | None
) -> list[Address]:
    """One address for each house, one for a street without houses."""
    start, end = mention.start, mention.end
    if choice.seen and distance(choice.seen, mention) <= 4:
        start, end = min(start, choice.seen.start), max(end, choice.seen.end)
    if partner:
        start, end = min(start, partner[0].start), max(end, partner[0].end)
        start -= bool(start) and page.words[start - 1].low in CROSSING
    plain = _with_insides(page, _named(page, mention, choice, _base(page, start, end)))
    if mention.houses is None:
        return [_crossed(page, plain, choice.street, partner)]
    flat = plain.flat or mention.houses.flat
    return [replace(_housed(plain, house, choice), flat=flat) for house in mention.houses.items]


def _base(page: Page, start: int, end: int) -> Address:
    span = (page.words[start].start, page.words[end - 1].end)
    return Address(page.text[span[0] : span[1]], span)


def _named(page: Page, mention: Mention, choice: Choice, base: Address) -> Address:
    street = choice.street
    exact = bool(mention.hits) and mention.hits[0].exact
    if street is None:
        return _unresolved(page, mention, choice, base)
    settlement = page.gazetteer.settlements[street.settlement_id]
    spot = street_spot(street.houses)
    score = 0.5 + 0.15 * bool(mention.kind) + choice.weight
    score -= 0.15 * (not exact) + 0.05 * (not mention.hits[0].entry.whole)
    return replace(
        base,
        settlement=settlement.name,
        settlement_id=settlement.id,
        street=street.name,
        street_kind=street.kind,
        street_id=street.id,
        lat=spot[0] if spot else settlement.lat,
        lon=spot[1] if spot else settlement.lon,
        accuracy=Accuracy.STREET if spot else _of_settlement(settlement.lat),
        confidence=round(max(score, 0.1), 2),
        reason=choice.reason + ("" if exact else "; в названии исправлена опечатка"),
    )


def _of_settlement(lat: float | None) -> Accuracy:
    return Accuracy.NONE if lat is None else Accuracy.SETTLEMENT


def _unresolved(page: Page, mention: Mention, choice: Choice, base: Address) -> Address:
    known = choice.candidates
    written = _shown(page, mention.start, mention.end, mention.name)
    name = known[0].name if known else written or _quoted(page, mention)
    settlement = page.gazetteer.settlements.get(_only(choice.seen))
    return replace(
        base,
        settlement=settlement.name if settlement else _seen_name(page, choice.seen),
        settlement_id=settlement.id if settlement else None,
        street=name,
        street_kind=mention.kind,
        lat=settlement.lat if settlement else None,
        lon=settlement.lon if settlement else None,
        accuracy=_of_settlement(settlement.lat) if settlement else Accuracy.NONE,
        confidence=0.3 if known else 0.25,
        reason=choice.reason,
        candidates=tuple(Candidate(s.settlement_id, s.id) for s in known),
    )


def _only(seen: Seen | None) -> int:
    return seen.ids[0] if seen and len(seen.ids) == 1 else 0


def _seen_name(page: Page, seen: Seen | None) -> str:
    return _shown(page, seen.start, seen.end, seen.name) if seen else ""


def _shown(page: Page, start: int, end: int, name: str) -> str:
    """A name that the gazetteer lacks, in the letters of the text."""
    parts = name.split()
    for at in range(start, end):
        here = page.words[at : at + len(parts)]
        if parts and [word.low for word in here] == parts:
            return page.text[here[0].start : here[-1].end]
    return name


def _quoted(page: Page, mention: Mention) -> str:
    size = mention.hits[0].size if mention.hits else 1
    start = mention.start + bool(mention.kind)
    return " ".join(word.low for word in page.words[start : start + size])


def _housed(plain: Address, house: House, choice: Choice) -> Address:
    if choice.street is None:
        return replace(plain, house=house.number)
    known = known_house(house, choice.street.houses)
    if known:
        number, spot = known
        return replace(
            plain,
            house=number,
            house_known=True,
            lat=spot[0],
            lon=spot[1],
            accuracy=Accuracy.HOUSE,
            confidence=round(min(plain.confidence + 0.2, 0.99), 2),
        )
    spot_near, accuracy = near_spot(house.number, choice.street.houses)
    return replace(
        plain,
        house=house.number,
        lat=spot_near[0] if spot_near else plain.lat,
        lon=spot_near[1] if spot_near else plain.lon,
        accuracy=accuracy if spot_near else plain.accuracy,
        confidence=round(max(plain.confidence - 0.1, 0.1), 2),
        reason=f"{plain.reason}; дома нет в справочнике",
    )


def _crossed(
    page: Page, plain: Address, street: StreetName | None, partner: tuple[Mention, Choice] | None
) -> Address:
    if partner is None or partner[1].street is None:
        return plain
    other = partner[1].street
    crossed = replace(plain, crossing=other.name, crossing_id=other.id)
    spot = crossing_spot(street.houses, other.houses) if street else None
    if spot is None:
        return crossed
    return replace(crossed, lat=spot[0], lon=spot[1], accuracy=Accuracy.CROSSING)


def _with_insides(page: Page, address: Address) -> Address:
    """The flat, the entrance, the floor named right after the address."""
    tail = page.text[address.span[1] : address.span[1] + _TAIL]
    ends = _SENTENCE.search(tail)
    inside = address.quote + (tail[: ends.start() + 1] if ends else tail)
    return replace(
        address,
        flat=_first(_FLAT, inside),
        entrance=_first(_ENTRANCE, inside),
        floor=_first(_FLOOR, inside),
    )


def _first(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return next(filter(None, match.groups()), "") if match else ""


def of_settlement(page: Page, seen: Seen, houses: Houses | None, hint: int | None) -> Address:
    base = _base(page, seen.start, max(seen.end, houses.end if houses else 0))
    house = houses.items[0].number if houses else None
    if not seen.ids:
        reason = "в справочнике нет такого населённого пункта"
        name = _seen_name(page, seen)
        return replace(base, settlement=name, house=house, confidence=0.25, reason=reason)
    ids = [hint] if hint in seen.ids else list(seen.ids)
    first = page.gazetteer.settlements[ids[0] or 0]
    if len(ids) > 1:
        return replace(
            base,
            settlement=first.name,
            house=house,
            confidence=0.3,
            reason=f"населённых пунктов с таким названием несколько: {len(ids)}",
            candidates=tuple(Candidate(pk) for pk in seen.ids),
        )
    return replace(
        base,
        settlement=first.name,
        settlement_id=first.id,
        house=house,
        lat=first.lat,
        lon=first.lon,
        accuracy=_of_settlement(first.lat),
        confidence=round(0.7 + 0.15 * seen.marked - 0.15 * (not seen.exact), 2),
        reason="населённый пункт назван в тексте",
    )


def of_landmark(page: Page, sight: Sight, seen: Sequence[Seen]) -> Address:
    base = _base(page, sight.start, sight.end)
    if not sight.ids:
        reason = "ориентира нет в справочнике"
        return replace(base, landmark=sight.name, confidence=0.2, reason=reason)
    named = {pk for item in seen for pk in item.ids}
    known = [page.gazetteer.landmarks[pk] for pk in sight.ids]
    chosen = next((item for item in known if item.settlement_id in named), known[0])
    where = page.gazetteer.settlements.get(chosen.settlement_id or 0)
    return replace(
        base,
        settlement=where.name if where else "",
        settlement_id=where.id if where else None,
        landmark=chosen.name,
        landmark_id=chosen.id,
        lat=chosen.lat,
        lon=chosen.lon,
        accuracy=Accuracy.LANDMARK,
        confidence=0.6 if len(known) == 1 else 0.4,
        reason="ориентир есть в справочнике",
    )


def with_landmark(page: Page, address: Address, sight: Sight) -> Address:
    """A known landmark places a street without a house more exactly than its middle."""
    if not sight.ids:
        return replace(address, landmark=sight.name)
    landmark = page.gazetteer.landmarks[sight.ids[0]]
    marked = replace(address, landmark=landmark.name, landmark_id=landmark.id)
    if address.house or address.settlement_id not in {landmark.settlement_id, None}:
        return marked
    return replace(marked, lat=landmark.lat, lon=landmark.lon, accuracy=Accuracy.LANDMARK)


def of_kilometre(item: Kilometre, text: str) -> Address:
    quote = text[item.start : item.end]
    reason = "километр дороги; на карте справочника его нет"
    span = (item.start, item.end)
    return Address(quote, span, road=item.road, km=item.km, confidence=0.5, reason=reason)
