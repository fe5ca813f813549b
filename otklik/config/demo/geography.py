"""Draws the invented district once: `python -m otklik.config.demo.geography` writes data/map.json.

The drawing is stored, so that the boundaries and houses of a demo never move.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from otklik.config.demo.geometry import (
    Point,
    Ring,
    blob,
    cells,
    crooked,
    inside,
    rough,
    through,
    to_degrees,
)
from otklik.config.demo.source import DATA, read_yaml, street_specs

SEED = 1907
MAP = DATA / "map.json"
Json = dict[str, Any]


def draw() -> Json:
    """Layers of the base map, boundaries by settlement slug, street lines by street key."""
    world = read_yaml("world.yaml")
    origin = (float(world["origin"]["lat"]), float(world["origin"]["lon"]))
    drawing, settlements = world["drawing"], world["settlements"]
    outline = [(float(x), float(y)) for x, y in drawing["outline"]]
    border = rough(outline, SEED, depth=5)
    parts = cells(border, [(s["x"], s["y"]) for s in settlements])
    streets = _streets(world)
    layers = {
        "outline": [_polygon([border], origin, name=world["municipality"]["name"])],
        "forest": _forest(border, settlements, drawing, origin),
        "water": [
            _polygon(
                [_smooth(blob(Random(SEED + n), _pair(lake["centre"]), lake["rx"], lake["ry"]))],
                origin,
                name=lake["name"],
            )
            for n, lake in enumerate(drawing["lakes"])
        ],
        "river": _rivers(world, border, origin),
        "built": [_built(settlement, origin) for settlement in settlements],
        "railway": [
            _line(_within(through([_pair(p) for p in drawing["railway"]], 40), border), origin)
        ],
        "roads": _roads(world, border, origin),
        "streets": [
            _line(line, origin, name=spec.title, settlement=spec.settlement)
            for spec, line in streets
        ],
    }
    return {
        "layers": {name: _collection(items) for name, items in layers.items()},
        "boundaries": {
            s["slug"]: _polygon([rough(part, SEED)], origin)["geometry"]
            for s, part in zip(settlements, parts, strict=True)
        },
        "streets": {spec.key: [to_degrees(p, origin) for p in line] for spec, line in streets},
        "bounds": _bounds(border, origin),
    }


def _built(settlement: Json, origin: Point) -> Json:
    """The built-up patch of a settlement."""
    spread = settlement["spread"]
    middle = (settlement["x"], settlement["y"])
    edge = blob(Random(f"{SEED}{settlement['slug']}"), middle, spread * 1.12, spread * 1.05)
    return _polygon([_smooth(edge)], origin, name=settlement["name"])


def _streets(world: Json) -> list[tuple[Any, Ring]]:
    drawn = []
    for settlement in world["settlements"]:
        specs = street_specs(settlement["slug"], world["streets"][settlement["slug"]])
        rng = Random(f"{SEED}{settlement['slug']}")
        for order, spec in enumerate(specs):
            drawn.append((spec, _street(settlement, order, len(specs), rng)))
    return drawn


def _street(settlement: Json, order: int, total: int, rng: Random) -> Ring:
    """Streets stand in two families square to each other, laid out from the middle."""
    spread, rank = float(settlement["spread"]), order // 2
    gap = 1.8 * spread / (total / 2 + 1)
    side = gap * ((rank + 1) // 2) * (1 if rank % 2 else -1)
    half = math.sqrt(max(spread**2 - side**2, 0.04)) * rng.uniform(0.62, 0.94)
    slide = rng.uniform(-0.15, 0.15) * half
    ends = ((slide - half, side), (slide + half, side))
    if order % 2:
        ends = ((side, slide - half), (side, slide + half))
    turn = _turned(settlement)
    return crooked(turn(ends[0]), turn(ends[1]), SEED, 2, 0.02)


def _turned(settlement: Json) -> Callable[[Point], Point]:
    angle = math.radians(float(settlement["angle"]))
    cos, sin = math.cos(angle), math.sin(angle)

    def turn(point: Point) -> Point:
        x, y = point
        return (settlement["x"] + x * cos - y * sin, settlement["y"] + x * sin + y * cos)

    return turn


def _rivers(world: Json, border: Ring, origin: Point) -> list[Json]:
    drawing = world["drawing"]
    main = _within(through([_pair(p) for p in drawing["river"]], 24), border)
    lines = [_line(main, origin, name=world["municipality"]["river"], width="main")]
    brooks = ((b["name"], through([_pair(p) for p in b["points"]])) for b in drawing["brooks"])
    return lines + [_line(course, origin, name=name, width="brook") for name, course in brooks]


def _roads(world: Json, border: Ring, origin: Point) -> list[Json]:
    places = {s["slug"]: (s["x"], s["y"]) for s in world["settlements"]}
    roads = []
    for road in world["drawing"]["roads"]:
        points = [places[p] if isinstance(p, str) else _pair(p) for p in road["points"]]
        roads.append(_line(_within(through(points), border), origin, name=road["name"]))
    return roads


def _forest(border: Ring, settlements: list[Json], drawing: Json, origin: Point) -> list[Json]:
    rng = Random(SEED)
    river = through([_pair(p) for p in drawing["river"]])
    patches: list[Json] = []
    while len(patches) < 34:
        centre = (rng.uniform(-27, 28), rng.uniform(-20, 21))
        rx, ry = rng.uniform(1.2, 3.6), rng.uniform(0.9, 2.4)
        reach = max(rx, ry) * 1.1
        clear = all(
            math.dist(centre, (s["x"], s["y"])) > reach + s["spread"] + 0.4 for s in settlements
        )
        dry = all(math.dist(centre, p) > reach * 0.7 for p in river)
        patch = _smooth(blob(rng, centre, rx, ry, 11))
        if clear and dry and all(inside(p, border) for p in patch):
            patches.append(_polygon([patch], origin))
    return patches


def _smooth(ring: Ring) -> Ring:
    """A closed ring with rounded corners."""
    closed = [ring[-1], *ring, ring[0], ring[1]]
    line = through(closed, 4)
    return line[4 : 4 + 4 * len(ring)]


def _within(line: Ring, border: Ring) -> Ring:
    return [p for p in line if inside(p, border)]


def _pair(point: Sequence[float]) -> Point:
    return (float(point[0]), float(point[1]))


def _polygon(rings: list[Ring], origin: Point, **properties: str) -> Json:
    closed = [[to_degrees(p, origin) for p in (*ring, ring[0])] for ring in rings]
    return _feature({"type": "Polygon", "coordinates": closed}, properties)


def _line(line: Ring, origin: Point, **properties: str) -> Json:
    coordinates = [to_degrees(p, origin) for p in line]
    return _feature({"type": "LineString", "coordinates": coordinates}, properties)


def _feature(geometry: Json, properties: Json) -> Json:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _collection(features: list[Json]) -> Json:
    return {"type": "FeatureCollection", "features": features}


def _bounds(border: Ring, origin: Point) -> list[float]:
    corners = [to_degrees(p, origin) for p in border]
    lons, lats = [c[0] for c in corners], [c[1] for c in corners]
    return [min(lons), min(lats), max(lons), max(lats)]


def write() -> None:
    MAP.write_text(
        json.dumps(draw(), ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    write()
