"""Where a house, a street, a crossing is on the map, as near as the gazetteer can tell."""

from __future__ import annotations

import re
from collections.abc import Mapping

from otklik.language.places.model import Accuracy
from otklik.language.places.numbers import House

Spot = tuple[float, float]
_LEADING = re.compile(r"\d+")


def known_house(house: House, houses: Mapping[str, Spot]) -> tuple[str, Spot] | None:
    """The gazetteer's own writing of the number and its place, or None."""
    if house.number in houses and not any(_same(o, houses) for o in house.others[:1]):
        return house.number, houses[house.number]
    for number in (*house.others[:1], house.number, *house.others[1:]):
        known = _same(number, houses)
        if known and (len(number) >= len(house.number) or house.number not in houses):
            return known, houses[known]
    return None


def _same(number: str, houses: Mapping[str, Spot]) -> str:
    if number in houses:
        return number
    if number.isdigit():
        return ""
    for candidate in (_plain(number), _plain(number).replace("к", "/"), number.replace("/", "к")):
        for known in houses:
            if not known.isdigit() and _plain(known) == candidate:
                return known
    return ""


def _plain(number: str) -> str:
    text = re.sub(r"[\s.,№\"«»]+", "", number.casefold())
    text = re.sub(r"корпус|корп", "к", text)
    return re.sub(r"строение|стр", "с", text)


def near_spot(number: str, houses: Mapping[str, Spot]) -> tuple[Spot | None, Accuracy]:
    """Between the two neighbours of one side, else by the house closest in number."""
    wanted = leading(number)
    if not houses or wanted is None:
        return street_spot(houses), Accuracy.STREET if houses else Accuracy.NONE
    # «12» goes after «12б»: it is the nearest to «12к5».
    ordered = sorted(houses.items(), key=lambda item: (leading(item[0]) or 0, item[0].isdigit()))
    known = [(leading(n) or 0, spot) for n, spot in ordered]
    side = [item for item in known if item[0] % 2 == wanted % 2] or known
    below = [item for item in side if item[0] <= wanted]
    above = [item for item in side if item[0] > wanted]
    if below and above:
        (low, a), (high, b) = below[-1], above[0]
        share = (wanted - low) / (high - low)
        middle = (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)
        return middle, Accuracy.BETWEEN
    closest = below[-1] if below else above[0]
    return closest[1], Accuracy.STREET


def street_spot(houses: Mapping[str, Spot]) -> Spot | None:
    """The house in the middle of the street by its number."""
    if not houses:
        return None
    ordered = sorted(houses, key=lambda number: leading(number) or 0)
    return houses[ordered[len(ordered) // 2]]


def crossing_spot(one: Mapping[str, Spot], other: Mapping[str, Spot]) -> Spot | None:
    """The middle between the two houses of both streets that stand closest to each other."""
    pairs = (
        ((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2, a, b)
        for a in list(one.values())[:200]
        for b in list(other.values())[:200]
    )
    best = min(pairs, default=None)
    return ((best[1][0] + best[2][0]) / 2, (best[1][1] + best[2][1]) / 2) if best else None


def leading(number: str) -> int | None:
    found = _LEADING.match(number)
    return int(found.group(0)) if found else None
