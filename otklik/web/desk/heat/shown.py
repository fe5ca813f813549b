"""A layer as the page draws it: colours by classes, numbers beside them, words of the legend."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from otklik.insight.heatmap.queries import Layer
from otklik.insight.heatmap.rules import Class, Spot, changes_of, classes_of, level_of
from otklik.insight.heatmap.vocabulary import Shade, View
from otklik.language.wording import counted, number
from otklik.web.desk.heat.overlays import Mark

Geo = dict[str, Any]
CASES = ("обращение", "обращения", "обращений")
WHOLE = (Shade.COUNT, Shade.OPEN, Shade.OVERDUE)
EMPTY = "—"


def classes_for(spots: Sequence[Spot], shade: Shade) -> list[Class]:
    values = [spot.value(shade) for spot in spots]
    if shade == Shade.CHANGE:
        return changes_of(values)
    return classes_of(values, whole=shade in WHOLE)


def figure(value: float | None, shade: Shade) -> str:
    """«12», «3,4», «+5», «12 %»; a dash where it is not known."""
    if value is None:
        return EMPTY
    if shade == Shade.OVERDUE_SHARE:
        return f"{number(100 * value, 0)}\u00a0%"
    if shade == Shade.PER_1000:
        return number(value, 1)
    if shade == Shade.CHANGE and value:
        return f"{'+' if value > 0 else '−'}{number(abs(value))}"
    return number(value)


def legend_of(classes: Sequence[Class], shade: Shade) -> list[Geo]:
    """`{level, label}` from the least to the most; a change has its «no change» in the middle."""
    if not classes:
        return []
    if shade == Shade.CHANGE:
        return _legend_of_change(classes)
    found: list[Geo] = [{"level": 0, "label": "нет"}]
    for one, after in zip(classes, [*classes[1:], None], strict=True):
        found.append({"level": one.level, "label": _edges(one, after, shade)})
    return found


def _legend_of_change(classes: Sequence[Class]) -> list[Geo]:
    edge = int(classes[-1].low)
    few = "1" if edge == 2 else f"1–{edge - 1}"
    return [
        {"level": -2, "label": f"меньше на {edge} и больше"},
        {"level": -1, "label": f"меньше на {few}"},
        {"level": 0, "label": "столько же"},
        {"level": 1, "label": f"больше на {few}"},
        {"level": 2, "label": f"больше на {edge} и больше"},
    ]


def _edges(one: Class, after: Class | None, shade: Shade) -> str:
    low = figure(one.low, shade)
    if shade not in WHOLE:
        return f"от {low}" if after is None else f"от {low} до {figure(after.low, shade)}"
    if after is None:
        return low if one.low <= 5 and one.level == one.low else f"{low} и больше"
    last = after.low - 1
    return low if last == one.low else f"{low}–{figure(last, shade)}"


def drawn(layer: Layer, shade: Shade, classes: Sequence[Class]) -> Geo:
    """`areas` and `features` of the map component; places without a boundary become points."""
    shapes = [(spot, _feature(spot, shade, classes)) for spot in layer.spots]
    areas = [one for spot, one in shapes if _is_area(spot)]
    points = [one for spot, one in shapes if not _is_area(spot) and one["geometry"]]
    labels = [
        {**one, "geometry": _point(spot)} for spot, one in shapes if _is_area(spot) and spot.centre
    ]
    if layer.view in (View.DISTRICTS, View.PLACES):
        points = [one for one in points if one["properties"]["value"] not in ("0", EMPTY)]
    return {
        "areas": _collection(areas),
        "features": _collection(points),
        "labels": _collection(labels),
        "sized": True,
        "named": layer.view in (View.DISTRICTS, View.PLACES),
        "diverging": shade == Shade.CHANGE,
    }


def _feature(spot: Spot, shade: Shade, classes: Sequence[Class]) -> Geo:
    value = spot.value(shade)
    return {
        "type": "Feature",
        "geometry": spot.geometry or _point(spot),
        "properties": {
            "key": spot.key,
            "title": spot.name,
            "short": spot.short or spot.name,
            "text": said(spot),
            "level": level_of(value, classes),
            "value": figure(value, shade),
            "count": spot.count,
            "late": bool(spot.overdue),
            "url": list_url(spot.query) if spot.count else "",
        },
    }


def said(spot: Spot) -> str:
    """«12 обращений, из них просрочено 3; на 1000 жителей 4,5; к прошлому периоду +2»."""
    parts = [counted(spot.count, CASES)]
    if spot.overdue:
        parts[0] += f", из них просрочено {spot.overdue}"
    if spot.per_1000 is not None:
        parts.append(f"на\u00a01000 жителей {number(spot.per_1000, 1)}")
    if spot.change is not None:
        parts.append(f"к прошлому периоду {figure(spot.change, Shade.CHANGE)}")
    return "; ".join(parts)


def marks_of(marks: Sequence[Mark]) -> Geo:
    return _collection(
        [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [mark.lon, mark.lat]},
                "properties": {"title": mark.title, "text": mark.text, "url": mark.url},
            }
            for mark in marks
        ]
    )


def list_url(query: str, **more: str) -> str:
    if not query:
        return ""
    tail = f"&{urlencode(more)}" if more else ""
    return f"{_list_page()}?{query}{tail}"


@cache
def _list_page() -> str:
    """Hundreds of links of one map share it."""
    return reverse("desk:appeals")


def _is_area(spot: Spot) -> bool:
    return (spot.geometry or {}).get("type") in ("Polygon", "MultiPolygon")


def _point(spot: Spot) -> Geo | None:
    if spot.centre is None:
        return None
    return {"type": "Point", "coordinates": list(spot.centre)}


def _collection(features: list[Geo]) -> Geo:
    return {"type": "FeatureCollection", "features": features}
