"""House numbers as people write them: «12а», «12 А», «5/2», «д. 5 корп. 2»."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from otklik.language.lemmas import lemma
from otklik.language.places.words import HOUSE_WORDS, NEAR_WORDS, Word, street_kind

_NUMBER = re.compile(r"\d{1,3}[а-я]?(?:/\d{1,3}[а-я]?)?")
_PART = {"корпус": "к", "корп": "к", "к": "к", "строение": "с", "стр": "с"}
_LETTERS = "абвгдежз"
_PREPOSITIONS = "авдг"
# What a number counts when it is not a house: «5 дней», «8 марта», «3 этаж».
_COUNTED = {
    "август", "автобус", "апрель", "г", "год", "декабрь", "день", "жилец", "июль", "июнь",
    "км", "лет", "м", "май", "март", "маршрут", "месяц", "метр", "минута", "неделя", "ноябрь",
    "октябрь", "подъезд", "процент", "раз", "руб", "рубль", "семья", "сентябрь", "см", "сутки",
    "тыс", "тысяча", "февраль", "час", "человек", "школа", "шт", "штука", "этаж", "январь",
}  # fmt: skip
_LEADING = re.compile(r"\d+")

Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class House:
    """`said`: the house was announced by a word; `end`: index of the word after it; `maybe`: the
    number with what may be its letter or a word of its own, «12 а»."""

    number: str
    end: int
    said: bool
    maybe: str | None = None


def house_after(words: Sequence[Word], at: int) -> House | None:
    """The number after a street's name: «, 5», «дом 5», «д. 5 корп. 2»."""
    said = at < len(words) and words[at].low in HOUSE_WORDS | {"доме", "дома", "дому", "домом"}
    start = at + said
    if start >= len(words) or not _NUMBER.fullmatch(words[start].low):
        return None
    house = _house(words, start, said=said)
    if not said and house.end < len(words) and lemma(words[house.end].low) in _COUNTED:
        return None
    return house


def house_before(words: Sequence[Word], at: int) -> House | None:
    """The number before a street: «дом 5 по улице Садовой», «в доме 12 на Садовой»."""
    back = at - 1
    while back >= 0 and (street_kind(words[back].low) or words[back].low in NEAR_WORDS):
        back -= 1
    if back < 1 or not 1 < at - back <= 4:
        return None
    start = back - (words[back].low in _LETTERS)
    if start < 1 or not _NUMBER.fullmatch(words[start].low):
        return None
    if words[start - 1].low not in HOUSE_WORDS and lemma(words[start - 1].low) != "дом":
        return None
    return _house(words, start, said=True)


def known_house(number: str, houses: Mapping[str, Spot]) -> tuple[str, Spot | None]:
    """The gazetteer's own writing of the number and its place; a house the gazetteer lacks keeps
    its number and takes no place."""
    if number in houses:
        return number, houses[number]
    same = {_plain(known): known for known in houses}
    for candidate in (_plain(number), _plain(number).replace("к", "/")):
        if candidate in same:
            return same[candidate], houses[same[candidate]]
    return number, None


def near_spot(number: str | None, houses: Mapping[str, Spot]) -> Spot | None:
    """The spot of the house with the closest number; the middle house for no number."""
    if not houses:
        return None
    wanted = _leading(number) if number else None
    if wanted is None:
        spots = list(houses.values())
        return spots[len(spots) // 2]
    return houses[min(houses, key=lambda known: abs((_leading(known) or 10_000) - wanted))]


def _house(words: Sequence[Word], at: int, *, said: bool) -> House:
    number, end = words[at].low, at + 1
    following = words[end].low if end < len(words) else ""
    if following in _LETTERS and following and number.isdigit():
        last = end + 1 == len(words) or not words[end + 1].low.isalpha()
        if words[end].capital or last or following not in _PREPOSITIONS:
            return House(number + following, end + 1, said)
        return House(number, end, said, maybe=number + following)
    if end + 1 < len(words) and words[end + 1].low.isdigit():
        part = _PART.get(following) or _PART.get(lemma(following))
        if part:
            return House(f"{number}{part}{words[end + 1].low}", end + 2, said)
    return House(number, end, said)


def _plain(number: str) -> str:
    text = re.sub(r"[\s.,№\"«»]+", "", number.casefold())
    text = re.sub(r"корпус|корп", "к", text)
    return re.sub(r"строение|стр", "с", text)


def _leading(number: str) -> int | None:
    found = _LEADING.match(number)
    return int(found.group(0)) if found else None
