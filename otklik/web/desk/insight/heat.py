"""The heat map: settlements by number or per 1,000 residents, and cells of the grid."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from otklik.base import clock
from otklik.directory.organisation.vocabulary import Permission
from otklik.directory.territory.queries import base_map, settlements
from otklik.insight.heatmap.queries import heat_cells, settlement_counts
from otklik.insight.heatmap.rules import Box
from otklik.language.wording import counted, number
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.insight.asking import FilterForm, asked
from otklik.web.look.mapdata import picture_of

GRAINS = (("10", "крупные"), ("12", "средние"), ("14", "мелкие"))
SHADES = (("count", "число"), ("per_1000", "на 1000 жителей"))
SHOWN = 30
MARGIN = 0.1
Geo = dict[str, Any]


class MapForm(FilterForm):
    shade = forms.ChoiceField(label="Заливка", choices=SHADES)
    grain = forms.ChoiceField(label="Ячейки", choices=GRAINS)


@require_GET
@desk(Permission.ANALYTICS)
def heat(request: DeskRequest) -> HttpResponse:
    shade = _one_of(SHADES, request.GET.get("shade", ""), "count")
    grain = _one_of(GRAINS, request.GET.get("grain", ""), "12")
    asking = asked(request, {"shade": shade, "grain": grain})
    drawn = base_map(request.municipality.pk)
    now = clock.now()
    box = _box(request, drawn.bounds if drawn else [])
    places = settlement_counts(request.access, asking.wanted, now=now)
    cells = heat_cells(request.access, asking.wanted, box=box, zoom=int(grain), now=now)
    form = MapForm(request, {**asking.wanted.pairs(), **asking.more})
    bounds = [box.west, box.south, box.east, box.north]
    context = {
        **asking.context(form),
        "map_data": {
            **picture_of(drawn.layers if drawn else {}, bounds),
            **layers_of(places["features"], cells["features"], shade),
        },
        "places": _rows(places["features"]),
        "cells": [_middle(row) for row in _rows(cells["features"])[:SHOWN]],
        "more_cells": max(len(cells["features"]) - SHOWN, 0),
        "no_place": places["properties"]["no_place"],
        "no_place_url": _url(places["properties"]["no_place_query"]),
    }
    return render(request, "desk/insight/map.html", context)


def layers_of(places: list[Geo], cells: list[Geo], shade: str) -> Geo:
    """Polygons of settlements with a level from 0 to 5; points of cells weighed by their number."""
    most = max((place["properties"][shade] or 0 for place in places), default=0)
    fullest = max((cell["properties"]["count"] for cell in cells), default=0)
    areas = [
        {**place, "properties": _area(place["properties"], shade, most)}
        for place in places
        if (place["geometry"] or {}).get("type") in ("Polygon", "MultiPolygon")
    ]
    points = [
        {**cell, "properties": _point(place, cell["properties"], fullest)}
        for place, cell in enumerate(cells)
    ]
    return {"areas": _collection(areas), "features": _collection(points), "heat": True}


def level(value: float | None, most: float) -> int:
    """Fifths of the largest number; 0 only for nothing."""
    return min(5, 1 + int(5 * value / most)) if value and most else 0


def _area(said: Geo, shade: str, most: float) -> Geo:
    text = cases(said["count"])
    if said["per_1000"] is not None:
        text += f", {number(said['per_1000'], 1)} на\u00a01000 жителей"
    return {
        "title": said["name"],
        "text": text,
        "level": level(said[shade], most),
        "url": _url(said["query"]),
    }


def _point(place: int, said: Geo, fullest: int) -> Geo:
    return {
        "id": place,
        "title": cases(said["count"]),
        "text": f"просрочено {said['overdue']}" if said["overdue"] else "",
        "tone": "danger" if said["overdue"] else "",
        "weight": said["count"] / fullest,
        "url": _url(said["query"]),
    }


def cases(count: int) -> str:
    return counted(count, ("обращение", "обращения", "обращений"))


def _rows(features: list[Geo]) -> list[Geo]:
    rows = [
        {**one["properties"], "url": _url(one["properties"]["query"]), "geometry": one["geometry"]}
        for one in features
        if one["properties"]["count"]
    ]
    return sorted(rows, key=lambda row: -row["count"])


def _middle(row: Geo) -> Geo:
    lon, lat = row["geometry"]["coordinates"]
    return {**row, "middle": f"{number(lat, 4)}; {number(lon, 4)}"}


def _box(request: DeskRequest, bounds: list[float]) -> Box:
    """The bounds of the base map, else of the settlements, else of the country."""
    if len(bounds) == 4:
        return Box(west=bounds[0], south=bounds[1], east=bounds[2], north=bounds[3])
    known = [
        (place.lon, place.lat)
        for place in settlements(request.municipality.pk)
        if place.lon is not None and place.lat is not None
    ]
    if not known:
        return Box(west=19.0, south=41.0, east=180.0, north=82.0)
    lons, lats = [lon for lon, _ in known], [lat for _, lat in known]
    return Box(
        west=min(lons) - MARGIN,
        south=min(lats) - MARGIN,
        east=max(lons) + MARGIN,
        north=max(lats) + MARGIN,
    )


def _one_of(choices: tuple[tuple[str, str], ...], given: str, usual: str) -> str:
    return given if given in dict(choices) else usual


def _url(query: str) -> str:
    return f"{reverse('desk:appeals')}?{query}" if query else ""


def _collection(features: list[Geo]) -> Geo:
    return {"type": "FeatureCollection", "features": features}
