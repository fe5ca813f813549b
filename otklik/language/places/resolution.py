"""Which of the gazetteer's streets a text means, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from otklik.language.places.gazetteer import Gazetteer
from otklik.language.places.mention import Mention
from otklik.language.places.model import StreetName
from otklik.language.places.numbers import House
from otklik.language.places.settlements import Seen
from otklik.language.places.spots import known_house

_ADJACENT = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """`street` where one is chosen; else `candidates` (ambiguous) or none (unknown);
    `seen`: the settlement of the text that decided, or in which there is no such street."""

    street: StreetName | None
    reason: str
    weight: float
    candidates: tuple[StreetName, ...] = ()
    seen: Seen | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What else helps to choose: settlements of the text, settlements of its other streets (as
    far as they are certain), the applicant's own settlement."""

    seen: Sequence[Seen]
    others: frozenset[int] = frozenset()
    hint: int | None = None


def choose(mention: Mention, around: Surroundings, gazetteer: Gazetteer) -> Choice:
    streets = _preferred(mention, gazetteer)
    beside = _adjacent(mention, around.seen)
    if not streets:
        return Choice(None, "в справочнике нет такой улицы", 0.0, seen=beside)
    named = _nearest(mention, around.seen, {s.settlement_id for s in streets})
    if named:
        inside = [s for s in streets if s.settlement_id in named.ids]
        return _one_of(mention, inside, "населённый пункт назван в тексте", 0.2, gazetteer, named)
    if beside:
        return Choice(None, "в этом населённом пункте нет такой улицы", 0.0, seen=beside)
    return _unsettled(mention, streets, around, gazetteer)


def _unsettled(
    mention: Mention, streets: list[StreetName], around: Surroundings, gazetteer: Gazetteer
) -> Choice:
    """No settlement is named: the applicant's own, the only one, the only one with the house."""
    own = [s for s in streets if s.settlement_id == around.hint]
    if own:
        return _one_of(mention, own, "улица есть в населённом пункте заявителя", 0.15, gazetteer)
    near = [s for s in streets if s.settlement_id in around.others]
    if near and len({s.settlement_id for s in near}) == 1:
        reason = "другая улица этого текста — в том же населённом пункте"
        return _one_of(mention, near, reason, 0.1, gazetteer)
    if len({s.settlement_id for s in streets}) == 1:
        return _one_of(mention, streets, "улица есть только там", 0.15, gazetteer)
    housed = [s for s in streets if _has_house(mention, s)]
    if housed and len({s.settlement_id for s in housed}) == 1:
        return _one_of(mention, housed, "такой дом есть только там", 0.1, gazetteer)
    towns = [s for s in streets if gazetteer.settlement_kinds[s.settlement_id] == "город"]
    if towns and len({s.settlement_id for s in towns}) == 1:
        return _one_of(mention, towns, "без уточнения так называют улицу города", 0.0, gazetteer)
    return Choice(None, _many(streets), 0.0, tuple(housed or streets))


def _many(streets: Sequence[StreetName]) -> str:
    return f"улиц с таким названием несколько: {len(streets)}"


def _one_of(
    mention: Mention,
    streets: Sequence[StreetName],
    reason: str,
    weight: float,
    gazetteer: Gazetteer,
    seen: Seen | None = None,
) -> Choice:
    """Of streets of one name in one settlement: that of the kind said, then the plain «улица»."""
    kinds = gazetteer.street_kinds
    said = [s for s in streets if kinds[s.id] == (mention.kind or "улица")] or list(streets)
    if len({s.settlement_id for s in said}) > 1:
        housed = [s for s in said if _has_house(mention, s)]
        if len({s.settlement_id for s in housed}) != 1:
            return Choice(None, _many(said), 0.0, tuple(said), seen)
        said = housed
    if len(said) > 1:
        said = [s for s in said if _has_house(mention, s)] or said
    return Choice(said[0], reason, weight - 0.1 * (len(said) > 1), seen=seen)


def _preferred(mention: Mention, gazetteer: Gazetteer) -> list[StreetName]:
    """Whole names before shortenings."""
    whole = [h for h in mention.hits if h.entry.whole] or list(mention.hits)
    pks = dict.fromkeys(hit.entry.id for hit in whole)
    return [gazetteer.streets[pk] for pk in pks]


def _has_house(mention: Mention, street: StreetName) -> bool:
    if mention.houses is None:
        return False
    return any(known_house(house, street.houses) for house in mention.houses.items)


def first_house(mention: Mention) -> House | None:
    return mention.houses.items[0] if mention.houses else None


def distance(seen: Seen, mention: Mention) -> int:
    """Words between a settlement and a street."""
    return max(mention.start - seen.end, seen.start - mention.end, 0)


def _nearest(mention: Mention, seen: Sequence[Seen], having: set[int]) -> Seen | None:
    """The settlement named closest to the street, among those that have such a street; one that
    stands before the street goes first."""
    fitting = [s for s in seen if having.intersection(s.ids)]
    return min(
        fitting,
        key=lambda s: (distance(s, mention) + (s.start > mention.start), not s.marked),
        default=None,
    )


def _adjacent(mention: Mention, seen: Sequence[Seen]) -> Seen | None:
    near = [s for s in seen if distance(s, mention) < _ADJACENT]
    return min(near, key=lambda s: distance(s, mention), default=None)
