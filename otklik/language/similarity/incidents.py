"""Whether two messages tell of one incident: place, time and matter, weighed in the open.

The weights are points of a logistic scale. They were chosen on the incidents of `gold`, the
held-back part of which was not looked at; each that counts is told as a reason.
"""

from __future__ import annotations

import math
from collections.abc import Set
from dataclasses import dataclass

from otklik.language.similarity.matters import (
    INDOORS,
    OWN,
    VENUE,
    Profile,
    common_share,
    marked,
    profile,
    stem_of,
    titles,
)
from otklik.language.similarity.message import Message, Nearness, nearness
from otklik.language.similarity.signatures import likeness
from otklik.language.wording import counted

SPREADING = frozenset(("water", "power", "heat", "hot", "link", "gas", "lamps", "snow", "beasts"))
"""Matters that reach a whole settlement at once."""
_OF_ALL = frozenset(("bus", "dump", "bridge", "smoke", "schoolbus", "feldsher", "medicine"))
"""Matters of which a settlement has one at a time more often than two."""
MOMENTARY = frozenset(("leak", "power", "water", "heat", "hot", "gas", "smoke", "smell", "bus"))
"""Matters that end within days; a hole in the road waits for weeks."""
_BRIEF_HOURS, _LASTING_HOURS = 60.0, 24.0 * 21
_SPREAD_HOURS = 30.0
_SAME_WORDS, _SAME_TEXT = 0.6, 0.8
_TRACES = {frozenset(("water", "leak")), frozenset(("heat", "leak")), frozenset(("hot", "leak"))}

_START = -6.0
_PLACE = {
    Nearness.HOUSE: 4.0,
    Nearness.NEAR: 4.0,
    Nearness.STREET: 2.2,
    Nearness.FAR: -2.5,
    Nearness.SETTLEMENT: 0.4,
    Nearness.OTHER_STREET: -2.5,
    Nearness.UNKNOWN: 0.0,
}
_PLACE_WORDS = {
    Nearness.HOUSE: "тот же дом",
    Nearness.NEAR: "соседние дома",
    Nearness.STREET: "та же улица",
    Nearness.FAR: "та же улица, но далеко",
    Nearness.SETTLEMENT: "тот же населённый пункт, адрес не уточнён",
    Nearness.OTHER_STREET: "другая улица",
    Nearness.OTHER_SETTLEMENT: "другой населённый пункт",
    Nearness.UNKNOWN: "место неизвестно",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """`probability` 0–1; `reasons` in Russian, the place first. It proposes, a person joins."""

    probability: float
    reasons: tuple[str, ...]

    @property
    def same(self) -> bool:
        return self.probability >= 0.5


def same_incident(first: Message, second: Message) -> Verdict:
    """How likely both tell of one incident. Symmetric; the order of time does not matter."""
    near = nearness(first.place, second.place)
    if near is Nearness.OTHER_SETTLEMENT:
        return Verdict(0.0, (_PLACE_WORDS[near],))
    hours = abs((first.at - second.at).total_seconds()) / 3600
    one, other = profile(first.text), profile(second.text)
    points, reasons = _START, []
    for more, reason in (
        _of_place(near, first, second, hours),
        _of_matter(one, other, first, second),
        _of_time(hours, one, other),
        _of_figures(one, other),
    ):
        points += more
        reasons += [reason] if reason else []
    return Verdict(round(1 / (1 + math.exp(-points)), 4), tuple(reasons))


def _of_place(near: Nearness, first: Message, second: Message, hours: float) -> tuple[float, str]:
    one, other = profile(first.text), profile(second.text)
    common = one.matters.keys() & other.matters.keys()
    if near is not Nearness.HOUSE and common & marked(INDOORS) and not _joined(one, other, first):
        return _PLACE[Nearness.FAR], "разные дома"
    if near is Nearness.OTHER_STREET and (_names(one, second) or _names(other, first)):
        return _PLACE[Nearness.NEAR], "место одного названо в тексте другого"
    brief = hours <= _SPREAD_HOURS and bool(common & SPREADING)
    if brief and near is Nearness.FAR and (one.whole or other.whole):
        return _PLACE[Nearness.NEAR], "беда на всю улицу"
    apart = near in (Nearness.OTHER_STREET, Nearness.SETTLEMENT)
    if brief and apart and (_of_settlement(one, first) or _of_settlement(other, second)):
        return _PLACE[Nearness.NEAR], "беда на весь населённый пункт"
    if near is Nearness.SETTLEMENT and common & (SPREADING | _OF_ALL):
        return _PLACE[near] + 1.5, _PLACE_WORDS[near]
    return _PLACE[near], _PLACE_WORDS[near]


def _joined(one: Profile, other: Profile, first: Message) -> bool:
    """Whether the house of neither is known, so that it may be one."""
    return not first.place.house


def _names(about: Profile, other: Message) -> bool:
    """Whether the text names the street of the other message."""
    stems = _name_stems(other.street_name or other.place.street)
    return bool(stems) and stems <= about.stems.keys()


def _of_settlement(about: Profile, message: Message) -> bool:
    """Whether the text speaks of the settlement as a whole."""
    stems = _name_stems(message.settlement_name or message.place.settlement)
    named = bool(stems) and stems <= about.stems.keys() and not about.numbered
    return about.settled or named


def _name_stems(name: str) -> set[str]:
    return {stem_of(word) for word in name.casefold().replace("ё", "е").split()} - {""}


def _of_matter(one: Profile, other: Profile, first: Message, second: Message) -> tuple[float, str]:
    both = one.matters.keys() & other.matters.keys()
    venues = marked(VENUE)
    share = common_share(_without(one.matters, venues), _without(other.matters, venues))
    words = _common_words(one, other, first, second)
    points = 4.5 * share + 2.5 * min(words, 0.5) / 0.5
    if first.topic and first.topic == second.topic:
        points += 0.8
    own = (one.matters.keys() ^ other.matters.keys()) & marked(OWN)
    if not own and not both - venues and _one_trace(one, other):
        return max(points, 2.8), "следствия одной беды"
    if not both - venues and one.matters.keys() - venues and other.matters.keys() - venues:
        return points - 3.0, "о разном"
    if own:
        points -= 2.6
    if words > _SAME_WORDS and likeness(first.text, second.text) > _SAME_TEXT:
        return points, "тот же текст"
    return points, f"об одном: {', '.join(titles(both)[:2])}" if both else ""


def _common_words(one: Profile, other: Profile, first: Message, second: Message) -> float:
    """The share of words in common, without those of the address."""
    names: set[str] = set()
    for message in (first, second):
        names |= _name_stems(message.street_name or message.place.street)
        names |= _name_stems(message.settlement_name or message.place.settlement)
    return common_share(_without(one.stems, names), _without(other.stems, names))


def _without(weights: dict[str, float], left_out: Set[str]) -> dict[str, float]:
    return {key: weight for key, weight in weights.items() if key not in left_out}


def _one_trace(one: Profile, other: Profile) -> bool:
    return any((one.matters.keys() & trace) and (other.matters.keys() & trace) for trace in _TRACES)


def _of_time(hours: float, one: Profile, other: Profile) -> tuple[float, str]:
    common = one.matters.keys() & other.matters.keys()
    brief = bool(common & MOMENTARY) or not common
    span = _BRIEF_HOURS if brief else _LASTING_HOURS
    return 0.5 - 1.5 * min(hours / span, 6.0), f"с разницей в {_hours(hours)}"


def _hours(hours: float) -> str:
    if hours < 48:
        return counted(max(round(hours), 1), ("час", "часа", "часов"))
    return counted(round(hours / 24), ("день", "дня", "дней"))


def _of_figures(one: Profile, other: Profile) -> tuple[float, str]:
    if one.routes and other.routes:
        same = bool(one.routes & other.routes)
        return (2.0, "тот же маршрут") if same else (-6.0, "разные маршруты")
    if one.entrances and other.entrances and not one.entrances & other.entrances:
        return -7.0, "разные подъезды"
    return 0.0, ""
