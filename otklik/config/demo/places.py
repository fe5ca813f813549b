"""Where an appeal happens: a point of the invented world and its Russian phrases."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from otklik.config.demo.russian import street_along, street_in, street_short
from otklik.config.demo.topics import DemoTopic
from otklik.config.demo.world import House, Landmark, Settlement, Street, World

VAGUE = {
    "house": ("в нашем доме", "у нас в доме"),
    "adr": ("у нас", "в нашем районе"),
    "yard": ("в нашем дворе", "у нас во дворе", "возле дома"),
    "street": ("на нашей улице", "у нас на улице", "в нашем районе"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A point or nothing: empty strings and None where the citizen did not say."""

    settlement: str = ""
    street: str = ""
    house: str = ""
    landmark: str = ""
    text: str = ""
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """A place with ways to say it: `where` for the topic, `address` for any topic."""

    place: Place
    kind: str
    where: tuple[str, ...]
    address: tuple[str, ...]
    settlement: Settlement
    body_is_village: bool


def draw_spot(
    rng: Random, world: World, topic: DemoTopic, settlement: Settlement, flats: bool | None = None
) -> Spot:
    """A spot of a kind that the topic allows in this settlement."""
    kinds = [pair for pair in topic.places if _possible(world, pair, settlement)]
    kind, marks = kinds[int(rng.random() * len(kinds))] if kinds else ("none", ())
    village = settlement.slug != "zaozersk"
    if kind in ("landmark", "inside"):
        nearby = [m for k in marks for m in world.landmarks_of.get((settlement.slug, k), ())]
        return _at_landmark(rng.choice(nearby), kind, settlement, village)
    if kind == "none":
        return Spot(Place(), kind, ("",), (settlement.at,), settlement, village)
    if kind == "settlement":
        place = Place(settlement=settlement.slug, text=_town(settlement), lat=settlement.lat,
                      lon=settlement.lon)  # fmt: skip
        return Spot(place, kind, (settlement.at,), (settlement.at,), settlement, village)
    if rng.random() < 0.07:
        place = Place(settlement=settlement.slug, text=_town(settlement))
        return Spot(place, kind, VAGUE[kind], VAGUE[kind], settlement, village)
    street = _street(rng, world, topic, settlement, flats)
    return _on_street(rng, street, kind, settlement, village)


def _possible(world: World, pair: tuple[str, tuple[str, ...]], settlement: Settlement) -> bool:
    kind, marks = pair
    if kind == "settlement":
        return settlement.slug != "zaozersk"
    if kind in ("landmark", "inside"):
        return any((settlement.slug, mark) in world.landmarks_of for mark in marks)
    return True


def fits(world: World, topic: DemoTopic, settlement: Settlement) -> bool:
    """Whether this topic can arise in this settlement at all."""
    if topic.only == "riverside" and not settlement.riverside:
        return False
    if topic.only == "village" and settlement.kind == "city":
        return False
    if topic.flats and not any(s.flats for s in world.streets_of[settlement.slug]):
        return False
    return any(_possible(world, pair, settlement) for pair in topic.places)


def _street(
    rng: Random, world: World, topic: DemoTopic, settlement: Settlement, flats: bool | None
) -> Street:
    wanted = topic.flats if flats is None else flats
    streets = world.streets_of[settlement.slug]
    if wanted is not None:
        streets = tuple(s for s in streets if s.flats is wanted) or streets
    # a few streets are troubled more than others, so that the heat map has something to show
    return streets[int(len(streets) * rng.random() ** 1.7)]


def _town(settlement: Settlement) -> str:
    kinds = {"city": "г.", "workers": "пос.", "village": "с.", "hamlet": "д."}
    return f"{kinds[settlement.kind]} {settlement.name}"


def _at_landmark(mark: Landmark, kind: str, settlement: Settlement, village: bool) -> Spot:
    place = Place(settlement=settlement.slug, landmark=mark.slug,
                  text=f"{_town(settlement)}, {mark.name}", lat=mark.lat, lon=mark.lon)  # fmt: skip
    said = mark.near if kind == "landmark" else mark.at
    where = (said, f"{settlement.at} {said}") if village and settlement.of not in said else (said,)
    return Spot(place, kind, where, (mark.near,), settlement, village)


def _on_street(
    rng: Random, street: Street, kind: str, settlement: Settlement, village: bool
) -> Spot:
    house = rng.choice(street.houses)
    short = street_short(street.kind, street.name)
    exact = kind != "street" or rng.random() < 0.6
    place = Place(
        settlement=settlement.slug, street=street.key, house=house.number if exact else "",
        text=f"{_town(settlement)}, {short}" + (f", д. {house.number}" if exact else ""),
        lat=house.lat, lon=house.lon,
    )  # fmt: skip
    address = _address(street, house)
    where = _ways(street, house, kind, exact)
    if village or rng.random() < 0.15:
        where = tuple(f"{settlement.at} {way}" for way in where)
        address = tuple(f"{settlement.at} {way}" for way in address)
    return Spot(place, kind, where, address, settlement, village)


def _address(street: Street, house: House) -> tuple[str, ...]:
    on, short = street_in(street.kind, street.name), street_short(street.kind, street.name)
    return (f"{on}, {house.number}", f"{on}, дом {house.number}", f"({short}, д. {house.number})")


def _ways(street: Street, house: House, kind: str, exact: bool) -> tuple[str, ...]:
    on, along = street_in(street.kind, street.name), street_along(street.kind, street.name)
    number = house.number
    if kind == "house":
        return (f"в доме {number} {on}", f"в доме № {number} {on}", f"{along} в доме {number}")
    if kind == "adr":
        return (f"{on}, {number}", f"{on} в доме {number}", f"{along}, {number}")
    if kind == "yard":
        return (f"во дворе дома {number} {on}", f"у дома {number} {on}", f"{on} у дома {number}")
    if not exact:
        return (on, along)
    return (f"{on} у дома {number}", f"{on} в районе дома {number}",
            f"{along} напротив дома {number}", f"{along} возле дома {number}")  # fmt: skip


def spot_on(rng: Random, street: Street, topic: DemoTopic, settlement: Settlement) -> Spot:
    """A spot on a given street, said in the first way that suits the topic."""
    kinds = [kind for kind, _ in topic.places if kind in VAGUE]
    return _on_street(rng, street, kinds[0] if kinds else "street", settlement,
                      settlement.slug != "zaozersk")  # fmt: skip
