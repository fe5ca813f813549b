"""A small map: boundaries shaded by number, else circles by number at the points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import cos, radians, sqrt
from typing import Any

from matplotlib.figure import Figure
from matplotlib.patches import Polygon

from otklik.insight.papers.writers.palette import ACCENT, GRID, INK, PAPER, STEPS
from otklik.language.wording import number

HEIGHTS = (2.4, 4.2)
NAMED = 8
Ring = Sequence[Sequence[float]]


def draw_map(places: Sequence[dict[str, Any]], *, width: float) -> Figure:
    """Settlements where they are; numbers and names stand at the most frequent ones."""
    points = [point for place in places for point in _outline(place)]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    squeeze = max(cos(radians((south + north) / 2)), 0.05)
    wide, high = max((east - west) * squeeze, 1e-6), max(north - south, 1e-6)
    height = min(max(width * high / wide, HEIGHTS[0]), HEIGHTS[1])
    figure = Figure(figsize=(width, height), layout="constrained")
    axes = figure.add_subplot()
    most = max(place["count"] for place in places) or 1
    for place in places:
        _area(axes, place, most)
    for place in places:
        _circle(axes, place, most)
    _name(axes, places)
    side = 0.08 * max(wide, high)
    axes.set_xlim(west - side / squeeze, east + side / squeeze)
    axes.set_ylim(south - side, north + side)
    axes.set_aspect(1 / squeeze)
    axes.axis("off")
    return figure


def _area(axes: Any, place: dict[str, Any], most: int) -> None:
    colour = STEPS[_step(place["count"], most)]
    for ring in _rings(place["boundary"]):
        axes.add_patch(
            Polygon([point[:2] for point in ring], facecolor=colour, edgecolor=GRID, linewidth=0.6)
        )


def _circle(axes: Any, place: dict[str, Any], most: int) -> None:
    if place["boundary"] or place["lat"] is None:
        return
    if not place["count"]:
        axes.plot(place["lon"], place["lat"], ".", color=GRID, markersize=4)
        return
    size = 6 + 22 * sqrt(place["count"] / most)
    axes.plot(
        place["lon"],
        place["lat"],
        "o",
        markersize=size,
        markerfacecolor=ACCENT,
        markeredgecolor=PAPER,
        alpha=0.85,
    )


def _name(axes: Any, places: Sequence[dict[str, Any]]) -> None:
    """Names of the fullest; where two would touch, the fuller one keeps its name."""
    taken: list[tuple[float, float]] = []
    spread = [point for place in places for point in _outline(place)]
    reach = max(max(p[1] for p in spread) - min(p[1] for p in spread), 1e-6)
    for place in sorted(places, key=lambda one: -one["count"])[:NAMED]:
        x, y = _middle(place)
        near = any(abs(y - v) < 0.1 * reach and abs(x - u) < 0.45 * reach for u, v in taken)
        if not place["count"] or near:
            continue
        taken.append((x, y))
        axes.annotate(
            f"{place['label']}\n{number(place['count'])}",
            (x, y),
            xytext=(0, 0) if place["boundary"] else (0, 17),
            textcoords="offset points",
            ha="center",
            va="center",
            fontsize=10,
            color=INK,
            bbox={"boxstyle": "round,pad=0.15", "fc": PAPER, "ec": "none", "alpha": 0.75},
        )


def _middle(place: dict[str, Any]) -> tuple[float, float]:
    if place["lat"] is not None:
        return place["lon"], place["lat"]
    points = list(_outline(place))
    return (
        (min(p[0] for p in points) + max(p[0] for p in points)) / 2,
        (min(p[1] for p in points) + max(p[1] for p in points)) / 2,
    )


def _outline(place: dict[str, Any]) -> Iterator[Sequence[float]]:
    for ring in _rings(place["boundary"]):
        yield from ring
    if place["lat"] is not None:
        yield place["lon"], place["lat"]


def _rings(boundary: dict[str, Any] | None) -> Iterator[Ring]:
    """Outer rings of a GeoJSON Polygon or MultiPolygon, bare or inside a Feature."""
    geometry = (boundary or {}).get("geometry") or boundary or {}
    parts = geometry.get("coordinates") or []
    if geometry.get("type") == "Polygon":
        parts = [parts]
    elif geometry.get("type") != "MultiPolygon":
        return
    for part in parts:
        if part and len(part[0]) > 2:
            yield part[0]


def _step(count: int, most: int) -> int:
    if not count:
        return 0
    return min(len(STEPS) - 1, 1 + int((len(STEPS) - 1) * count / (most + 1)))
