"""Where a point lies, said in SQL: one text for grouping and for filters, so that they agree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import BigIntegerField, BooleanField, Func
from django.db.models.expressions import Combinable
from django.db.models.lookups import In

from otklik.directory.territory.rules import (
    Hexagon,
    Outline,
    corners,
    key_of,
    read_hexagons,
    read_outline,
)
from otklik.directory.territory.rules.hexagons import ROW, SHIFT, SPAN

Edges = tuple[float, float, float, float]
NEAR = 1e-5
"""Degrees, about a metre: borders belong to what they bound."""
POLE = 85.0511
"""Mercator ends here; nobody lives beyond."""


class HexagonKey(Func):
    """The number of the hexagon that holds a point: `rules.key_of`."""

    output_field = BigIntegerField()

    def __init__(self, lon: Any, lat: Any, level: int) -> None:
        super().__init__(lon, lat)
        self.level = level

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        lon, lat = (compiler.compile(one)[0] for one in self.get_source_expressions())
        return hexagon_keys(lon, lat, self.level), []


class _Inside(Func):
    """Whether a point lies in an outline, its border included."""

    output_field = BooleanField()

    def __init__(self, lon: Any, lat: Any, outline: str) -> None:
        super().__init__(lon, lat)
        self.outline = outline

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        lon, lat = (compiler.compile(one)[0] for one in self.get_source_expressions())
        return f"(point({lon}, {lat}) <@ %s::polygon)", [self.outline]


def on_map(area: str, cells: str, lon: Combinable, lat: Combinable) -> list[tuple[Edges, Any]]:
    """Conditions for `filter`, each with edges (west, south, east, north) that hold all it holds.

    Empty texts ask nothing. The expressions of the point are columns, without parameters.
    """
    found: list[tuple[Edges, Any]] = []
    if area:
        outline = read_outline(area)
        found.append((_wider(outline.edges), inside(outline, lon, lat)))
    if cells:
        chosen = read_hexagons(cells)
        around = [corner for cell in chosen for corner in corners(cell)]
        found.append((_wider(Outline(tuple(around)).edges), in_hexagons(chosen, lon, lat)))
    return found


def _wider(edges: Edges) -> Edges:
    west, south, east, north = edges
    return west - NEAR, south - NEAR, east + NEAR, north + NEAR


def inside(outline: Outline, lon: Combinable, lat: Combinable) -> Combinable:
    ring = ",".join(f"({x!r},{y!r})" for x, y in outline.corners)
    return _Inside(lon, lat, f"({ring})")


def in_hexagons(cells: Sequence[Hexagon], lon: Combinable, lat: Combinable) -> Any:
    """A condition for `filter`: the point lies in one of these cells of one level."""
    return In(HexagonKey(lon, lat, cells[0].level), [key_of(cell) for cell in cells])


def plane(lon: str, lat: str) -> tuple[str, str]:
    """SQL of a point on the plane of `rules.hexagons`, with the round of the earth as its unit."""
    flat = f"GREATEST(LEAST({lat}, {POLE}), {-POLE})"
    return f"({lon} / 360.0)", f"(ln(tan(pi() / 4 + radians({flat}) / 2)) / (2 * pi()))"


def hexagon_keys(lon: str, lat: str, level: int) -> str:
    """SQL of the number of the hexagon: the nearer middle of two square lattices."""
    scale = float(2**level)
    x, y = plane(lon, lat)
    u, v = f"({x} * {scale})", f"({y} * {scale / ROW!r})"
    even = f"{_square(f'{u} - floor({u} + 0.5)')} + 3 * {_square(f'{v} - floor({v} + 0.5)')}"
    odd = f"{_square(f'{u} - floor({u}) - 0.5')} + 3 * {_square(f'{v} - floor({v}) - 0.5')}"
    return (
        f"(CASE WHEN {even} <= {odd}"
        f" THEN (2 * floor({u} + 0.5) + {SHIFT}) * {SPAN} + 2 * floor({v} + 0.5) + {SHIFT}"
        f" ELSE (2 * floor({u}) + 1 + {SHIFT}) * {SPAN} + 2 * floor({v}) + 1 + {SHIFT}"
        f" END)::bigint"
    )


def _square(text: str) -> str:
    return f"({text}) * ({text})"
