"""Plane geometry for drawing an invented district: kilometres, x to the east, y to the north."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from random import Random

Point = tuple[float, float]
Ring = list[Point]

KM_PER_DEGREE = 111.32


def blob(rng: Random, centre: Point, rx: float, ry: float, corners: int = 14) -> Ring:
    """A closed uneven ring round a centre (first point is not repeated)."""
    turn = rng.uniform(0, math.tau)
    ring = []
    for step in range(corners):
        angle = math.tau * step / corners
        reach = rng.uniform(0.78, 1.12)
        x, y = rx * reach * math.cos(angle), ry * reach * math.sin(angle)
        ring.append(
            (
                centre[0] + x * math.cos(turn) - y * math.sin(turn),
                centre[1] + x * math.sin(turn) + y * math.cos(turn),
            )
        )
    return ring


def half_plane(ring: Ring, near: Point, far: Point) -> Ring:
    """The part of a ring that lies nearer to `near` than to `far` (Sutherland–Hodgman)."""
    kept: Ring = []
    for here, after in zip(ring, [*ring[1:], ring[0]], strict=True):
        side, next_side = _nearness(here, near, far), _nearness(after, near, far)
        if side >= 0:
            kept.append(here)
        if (side >= 0) != (next_side >= 0):
            part = side / (side - next_side)
            kept.append(
                (here[0] + part * (after[0] - here[0]), here[1] + part * (after[1] - here[1]))
            )
    return kept


def _nearness(point: Point, near: Point, far: Point) -> float:
    return math.dist(point, far) ** 2 - math.dist(point, near) ** 2


def cells(outline: Ring, sites: Sequence[Point]) -> list[Ring]:
    """Each site's part of the outline: nearer to it than to any other; together they tile it."""
    parts = []
    for site in sites:
        part = outline
        for other in sites:
            if other != site:
                part = half_plane(part, site, other)
        parts.append(part)
    return parts


def rough(ring: Ring, seed: int, depth: int = 4, bend: float = 0.09) -> Ring:
    """A ring with crooked sides; a side shared by two rings is bent alike in both."""
    bent: Ring = []
    for here, after in zip(ring, [*ring[1:], ring[0]], strict=True):
        bent += crooked(here, after, seed, depth, bend)[:-1]
    return bent


def crooked(start: Point, end: Point, seed: int, depth: int, bend: float) -> Ring:
    """A bent line between two points, the same in both directions."""
    first, last = _rounded(start), _rounded(end)
    turned = first > last
    low, high = (last, first) if turned else (first, last)
    line = _displaced(low, high, Random(f"{seed}|{low}|{high}"), depth, bend)
    return line[::-1] if turned else line


def _rounded(point: Point) -> Point:
    return (round(point[0], 4), round(point[1], 4))


def _displaced(start: Point, end: Point, rng: Random, depth: int, bend: float) -> Ring:
    if depth == 0 or math.dist(start, end) < 0.4:
        return [start, end]
    shift = rng.uniform(-bend, bend)
    middle = (
        (start[0] + end[0]) / 2 - (end[1] - start[1]) * shift,
        (start[1] + end[1]) / 2 + (end[0] - start[0]) * shift,
    )
    return [
        *_displaced(start, middle, rng, depth - 1, bend)[:-1],
        *_displaced(middle, end, rng, depth - 1, bend),
    ]


def through(points: Sequence[Point], per_piece: int = 8) -> Ring:
    """A smooth line through points (Catmull–Rom)."""
    line: Ring = []
    padded = [points[0], *points, points[-1]]
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(per_piece):
            t = step / per_piece
            line.append((_spline(a[0], b[0], c[0], d[0], t), _spline(a[1], b[1], c[1], d[1], t)))
    return [*line, points[-1]]


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    square, cube = t * t, t * t * t
    return 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * square + (3 * b - a - 3 * c + d) * cube
    )


def length(line: Sequence[Point]) -> float:
    return sum(math.dist(here, after) for here, after in pairwise(line))


def along(line: Sequence[Point], distance: float) -> tuple[Point, Point]:
    """The point at a distance from the start, and the direction of the line there."""
    left = distance
    for here, after in pairwise(line):
        piece = math.dist(here, after)
        if piece and left <= piece:
            way = ((after[0] - here[0]) / piece, (after[1] - here[1]) / piece)
            return (here[0] + way[0] * left, here[1] + way[1] * left), way
        left -= piece
    here, after = line[-2], line[-1]
    piece = math.dist(here, after) or 1.0
    return after, ((after[0] - here[0]) / piece, (after[1] - here[1]) / piece)


def inside(point: Point, ring: Sequence[Point]) -> bool:
    """Whether a point lies in a ring (even–odd rule)."""
    found = False
    for here, after in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (here[1] > point[1]) != (after[1] > point[1]):
            cut = here[0] + (point[1] - here[1]) / (after[1] - here[1]) * (after[0] - here[0])
            found ^= point[0] < cut
    return found


def to_degrees(point: Point, origin: tuple[float, float]) -> list[float]:
    """[longitude, latitude] of a kilometre point; `origin` is (latitude, longitude)."""
    lat0, lon0 = origin
    lat = lat0 + point[1] / KM_PER_DEGREE
    lon = lon0 + point[0] / (KM_PER_DEGREE * math.cos(math.radians(lat0)))
    return [round(lon, 5), round(lat, 5)]


def to_kilometres(position: Sequence[float], origin: tuple[float, float]) -> Point:
    """The inverse of `to_degrees`."""
    lat0, lon0 = origin
    x = (position[0] - lon0) * KM_PER_DEGREE * math.cos(math.radians(lat0))
    return (x, (position[1] - lat0) * KM_PER_DEGREE)
