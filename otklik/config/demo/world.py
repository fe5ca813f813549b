"""The invented municipality as plain values: places with coordinates, bodies, roles, staff."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from otklik.config.demo.geometry import Point, along, length, to_degrees, to_kilometres
from otklik.config.demo.source import DATA, StreetSpec, read_yaml, street_specs

HOUSE_OFFSET_KM = 0.014


@dataclass(frozen=True, slots=True)
class House:
    number: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Street:
    """`line` holds [longitude, latitude] pairs; odd houses stand left of it, even ones right."""

    key: str
    settlement: str
    kind: str
    name: str
    flats: bool
    line: tuple[tuple[float, float], ...]
    houses: tuple[House, ...]

    @property
    def geojson(self) -> dict[str, Any]:
        return {"type": "LineString", "coordinates": [list(p) for p in self.line]}


@dataclass(frozen=True, slots=True)
class Settlement:
    """`at`: «в Заозёрске»; `of`: genitive; `share`: part of the appeals, per cent."""

    slug: str
    name: str
    kind: str
    at: str
    of: str
    population: int
    lat: float
    lon: float
    share: float
    office: str
    riverside: bool
    boundary: dict[str, Any] = field(hash=False, compare=False)


@dataclass(frozen=True, slots=True)
class Landmark:
    slug: str
    settlement: str
    name: str
    near: str
    of: str
    at: str
    kind: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Body:
    """`pace` multiplies a topic's usual days; `care` from 0 to 1 lifts the quality of answers."""

    slug: str
    parent: str
    name: str
    short_name: str
    kind: str
    head_position: str
    email: str
    phone: str
    pace: float
    care: float
    note: str


@dataclass(frozen=True, slots=True)
class Role:
    slug: str
    label: str
    grants: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Staff:
    login: str
    name: str
    body: str
    role: str
    position: str
    email: str
    guide: str


@dataclass(frozen=True)
class World:
    municipality: Mapping[str, Any]
    settlements: tuple[Settlement, ...]
    streets: tuple[Street, ...]
    landmarks: tuple[Landmark, ...]
    bodies: tuple[Body, ...]
    roles: tuple[Role, ...]
    staff: tuple[Staff, ...]
    layers: Mapping[str, Any]
    bounds: tuple[float, ...]

    @cached_property
    def settlement(self) -> dict[str, Settlement]:
        return {s.slug: s for s in self.settlements}

    @cached_property
    def body(self) -> dict[str, Body]:
        return {b.slug: b for b in self.bodies}

    @cached_property
    def streets_of(self) -> dict[str, tuple[Street, ...]]:
        return {
            s.slug: tuple(t for t in self.streets if t.settlement == s.slug)
            for s in self.settlements
        }

    @cached_property
    def landmarks_of(self) -> dict[tuple[str, str], tuple[Landmark, ...]]:
        """By settlement and kind."""
        found: dict[tuple[str, str], tuple[Landmark, ...]] = {}
        for mark in self.landmarks:
            key = (mark.settlement, mark.kind)
            found[key] = (*found.get(key, ()), mark)
        return found


@cache
def load_world() -> World:
    """The stored world; the same object on every call."""
    source, people = read_yaml("world.yaml"), read_yaml("people.yaml")
    drawn = json.loads((DATA / "map.json").read_text(encoding="utf-8"))
    origin = (float(source["origin"]["lat"]), float(source["origin"]["lon"]))
    centres = {s["slug"]: (float(s["x"]), float(s["y"])) for s in source["settlements"]}
    domain = str(source["municipality"]["email"]).partition("@")[2]
    return World(
        municipality=source["municipality"],
        settlements=tuple(_settlement(s, drawn, origin) for s in source["settlements"]),
        streets=tuple(
            _street(spec, drawn["streets"][spec.key], origin)
            for slug, notes in source["streets"].items()
            for spec in street_specs(slug, notes)
        ),
        landmarks=tuple(_landmark(m, centres, origin) for m in source["landmarks"]),
        bodies=tuple(_body(b, order, domain) for order, b in enumerate(people["bodies"])),
        roles=tuple(_role(r) for r in people["roles"]),
        staff=tuple(
            Staff(
                s["login"],
                s["name"],
                s["body"],
                s["role"],
                s["position"],
                f"{s['login']}@{domain}",
                s.get("guide", ""),
            )
            for s in people["staff"]
        ),
        layers=drawn["layers"],
        bounds=tuple(drawn["bounds"]),
    )


def _settlement(note: dict[str, Any], drawn: dict[str, Any], origin: Point) -> Settlement:
    lon, lat = to_degrees((note["x"], note["y"]), origin)
    return Settlement(
        slug=note["slug"], name=note["name"], kind=note["kind"], at=note["at"], of=note["of"],
        population=note["population"], lat=lat, lon=lon, share=float(note["share"]),
        office=note["office"], riverside=bool(note.get("riverside")),
        boundary=drawn["boundaries"][note["slug"]],
    )  # fmt: skip


def _street(spec: StreetSpec, line: list[list[float]], origin: Point) -> Street:
    return Street(
        key=spec.key, settlement=spec.settlement, kind=spec.kind, name=spec.name,
        flats=spec.flats, line=tuple((p[0], p[1]) for p in line),
        houses=tuple(_houses(line, spec.houses, origin)),
    )  # fmt: skip


def _houses(line: list[list[float]], count: int, origin: Point) -> list[House]:
    path = [to_kilometres(p, origin) for p in line]
    step = length(path) / (count // 2 + 2)
    houses = []
    for number in range(1, count + 1):
        (x, y), (dx, dy) = along(path, step * ((number + 1) // 2 + (0.3 if number % 2 else 0.6)))
        side = HOUSE_OFFSET_KM if number % 2 else -HOUSE_OFFSET_KM
        lon, lat = to_degrees((x - dy * side, y + dx * side), origin)
        houses.append(House(str(number), lat, lon))
    return houses


def _landmark(note: dict[str, Any], centres: dict[str, Point], origin: Point) -> Landmark:
    x, y = centres[note["settlement"]]
    lon, lat = to_degrees((x + note["dx"], y + note["dy"]), origin)
    return Landmark(
        slug=note["slug"], settlement=note["settlement"], name=note["name"], near=note["near"],
        of=note["of"], at=note["at"], kind=note["kind"], lat=lat, lon=lon,
    )  # fmt: skip


def _body(note: dict[str, Any], order: int, domain: str) -> Body:
    return Body(
        slug=note["slug"], parent=note.get("parent", ""), name=note["name"],
        short_name=note["short"], kind=note["kind"], head_position=note["head"],
        email=f"{note['slug']}@{domain}", phone=f"+7 900 000-02-{order:02d}",
        pace=float(note["pace"]), care=float(note["care"]), note=note.get("note", ""),
    )  # fmt: skip


def _role(note: dict[str, Any]) -> Role:
    grants = tuple((g["scope"], tuple(g["permissions"])) for g in note["grants"])
    return Role(note["slug"], note["label"], grants)
