"""Messages with known places: read from their file, told apart from the marks in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from otklik.language.lemmas import lemma
from otklik.language.places.files import load_gazetteer
from otklik.language.places.gazetteer import Gazetteer
from otklik.language.places.model import LandmarkName, SettlementName, StreetName

FOLDER = Path(__file__).parent.parent / "gold"
TUNED = FOLDER / "addresses.yaml"
HELD_OUT = FOLDER / "addresses_held_out.yaml"
_MARK = re.compile(r"\[([^\[\]|]+)\|([^\[\]]+)\]")

Key = tuple[str, ...]
"""("1", "106", "5") for resolved objects; ("?", "садовая") where several are possible;
("~", "малиновый") for a name that the gazetteer lacks."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is in one message: keys by what is measured, spans of characters."""

    settlements: frozenset[Key]
    streets: frozenset[Key]
    houses: frozenset[Key]
    landmarks: frozenset[Key]
    kilometres: frozenset[Key]
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Message:
    text: str
    hint: int | None
    gazetteer: Gazetteer
    wanted: Wanted


def messages(path: Path) -> Iterator[Message]:
    """Raises ValueError for a mark that names nothing of its gazetteer."""
    for block in yaml.safe_load(path.read_text(encoding="utf-8")):
        gazetteer = load_gazetteer(path.parent / block["gazetteer"])
        home = str(block.get("home", ""))
        for item in block["messages"]:
            raw = item if isinstance(item, str) else item["text"]
            hint = None if isinstance(item, str) else _settlement(item["hint"], gazetteer)
            yield _message(raw, hint.id if hint else None, gazetteer, home)


def _message(raw: str, hint: int | None, gazetteer: Gazetteer, home: str) -> Message:
    text, last = "", 0
    spans: list[tuple[int, int]] = []
    found: dict[str, set[Key]] = {name: set() for name in Wanted.__slots__ if name != "spans"}
    for mark in _MARK.finditer(raw):
        text += raw[last : mark.start()]
        spans.append((len(text), len(text) + len(mark[1])))
        text += mark[1]
        last = mark.end()
        for part in mark[2].split(";"):
            for name, key in _keys(part.strip(), gazetteer, home):
                found[name].add(key)
    sets = {name: frozenset(keys) for name, keys in found.items()}
    return Message(text + raw[last:], hint, gazetteer, Wanted(**sets, spans=tuple(spans)))


def _keys(part: str, gazetteer: Gazetteer, home: str) -> Iterator[tuple[str, Key]]:
    if part.startswith("км "):
        yield "kilometres", (part[3:],)
    elif part.startswith("?"):
        yield from _unsure(part[1:])
    else:
        place, street, house = (*part.split(">"), "", "")[:3]
        place = place or (home if ">" in part else "")
        yield from _objects(place, street, house, gazetteer, named=place != home)


def _objects(
    place: str, street: str, house: str, gazetteer: Gazetteer, *, named: bool
) -> Iterator[tuple[str, Key]]:
    """`named`: the settlement stands in the text, it is not the home one taken for granted."""
    unknown = place.startswith("~")
    inside = _settlement(place, gazetteer) if place and not unknown else None
    if unknown:
        yield "settlements", missing(place[1:])
    elif inside and (named or not street.startswith("~")):
        yield "settlements", (str(inside.id),)
    if street.startswith("@"):
        yield "landmarks", (str(_landmark(street[1:], gazetteer).id),)
        return
    key = _street_key(street, inside, gazetteer)
    if key:
        yield "streets", key
    if house:
        yield "houses", (*(key or (str(inside.id) if inside else "",)), house)


def _unsure(part: str) -> Iterator[tuple[str, Key]]:
    name, _, house = part.partition(">")
    kind = "streets" if name in _AMBIGUOUS_STREETS or house else "settlements"
    yield kind, ("?", name.lower())
    if house:
        yield "houses", ("?", name.lower(), house)


_AMBIGUOUS_STREETS = frozenset(("Молодёжная", "Речная", "Школьная", "Садовая", "Лесная"))


def missing(name: str) -> Key:
    """A name that no gazetteer has, whatever its case form."""
    return "~", lemma(name.rsplit(maxsplit=1)[-1].lower().replace("ё", "е"))


def _street_key(street: str, inside: SettlementName | None, gazetteer: Gazetteer) -> Key:
    if not street:
        return ()
    if street.startswith("~"):
        return missing(street[1:])
    if inside is None:
        raise ValueError(f"{street}: не сказано, в каком населённом пункте")
    return (str(_street(street, inside, gazetteer).id),)


def _settlement(name: str, gazetteer: Gazetteer) -> SettlementName:
    for item in gazetteer.settlements.values():
        if name in {item.name, f"{item.kind} {item.name}"}:
            return item
    raise ValueError(f"{name}: нет такого населённого пункта")


def _street(name: str, inside: SettlementName, gazetteer: Gazetteer) -> StreetName:
    for item in gazetteer.streets.values():
        if item.settlement_id == inside.id and name in {item.name, f"{item.kind} {item.name}"}:
            return item
    raise ValueError(f"{inside.name}: нет улицы {name}")


def _landmark(name: str, gazetteer: Gazetteer) -> LandmarkName:
    for item in gazetteer.landmarks.values():
        if item.name == name:
            return item
    raise ValueError(f"{name}: нет такого ориентира")
