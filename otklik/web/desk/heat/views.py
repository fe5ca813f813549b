"""The heat map: a layer of places, cells or points, the same in a table, frames of the playback."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from otklik.base.errors import Refused
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.directory.organisation.vocabulary import Permission
from otklik.directory.territory.models import Settlement
from otklik.directory.territory.rules import FINEST
from otklik.insight.cuts.queries import facts_of
from otklik.insight.cuts.vocabulary import Counted
from otklik.insight.heatmap.queries import Layer, playback_of
from otklik.insight.heatmap.rules import Spot, classes_of
from otklik.insight.heatmap.vocabulary import PEOPLED, Shade, View
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.heat.asking import MapAsked, map_asked
from otklik.web.desk.heat.overlays import OVERLAYS
from otklik.web.desk.heat.shown import (
    classes_for,
    drawn,
    figure,
    legend_of,
    list_url,
    marks_of,
)
from otklik.web.look.mapdata import picture_of

SHOWN = 100
"""Rows of the table; the file holds all of them."""
HEADS = {View.DISTRICTS: "Территория", View.PLACES: "Населённый пункт", View.HEXAGONS: "Ячейка",
         View.POINTS: "Точка"}  # fmt: skip
COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("count", "Обращений", "heat-count"),
    ("per_1000", "На 1000 жителей", "heat-per-1000"),
    ("change", "К прошлому периоду", "heat-change"),
    ("open", "В работе", ""),
    ("overdue", "Просрочено", ""),
    ("overdue_share", "Доля просроченных", "heat-overdue-share"),
)
LEVELS = {str(level) for level in range(FINEST + 1)}
Shown = dict[str, Any]


@require_GET
@desk(Permission.ANALYTICS)
def heat(request: DeskRequest) -> HttpResponse:
    asking = map_asked(request)
    layer = asking.layer(request)
    classes = classes_for(layer.spots, asking.shade)
    form = asking.form(request)
    order = _order(request.GET.get("sort", ""))
    rows = [spot for spot in layer.spots if spot.count or spot.before]
    rows = sorted(rows, key=lambda spot: _rank(spot, order))
    context = {
        **asking.asked.context(form),
        "asking": asking,
        "layer": layer,
        "map_data": _map_data(request, asking, layer, classes),
        "legend": legend_of(classes, asking.shade),
        "columns": _columns(asking, order),
        "rows": [_row(spot, asking) for spot in rows[:SHOWN]],
        "more_rows": max(len(rows) - SHOWN, 0),
        "views": _tabs(asking),
        "layers": _layers(asking, layer.topics),
        "nowhere_url": list_url(layer.nowhere_query),
        "hidden": _hidden(asking),
        "wall_url": f"{reverse('desk:wall')}?{asking.asked.query()}",
        "screens_url": reverse("desk:map_screens"),
        "supply_url": f"{reverse('desk:map_supply')}?{asking.asked.query()}",
        "peopled": asking.view in PEOPLED,
    }
    return render(request, "desk/heat/map.html", context)


@require_GET
@desk(Permission.ANALYTICS)
def frames(request: DeskRequest) -> JsonResponse:
    """All frames at once: `{step, frames: [[label, list_query]…], keys, counts}`.

    `counts` of every key are pairs place, number one after another; `classes` are common to all
    frames, so that a colour means the same throughout.
    """
    asking = map_asked(request)
    level = _level(request, asking)
    found = playback_of(
        request.access, asking.wanted, view=asking.view, level=level, now=asking.now
    )
    numbers = [number for one in found.counts.values() for number in one.values()]
    classes = classes_of(numbers)
    return JsonResponse(
        {
            "step": found.step.label,
            "frames": [
                [frame.label, _frame_query(asking.wanted, frame.since, frame.until)]
                for frame in found.frames
            ],
            "classes": [one.low for one in classes],
            "levels": [one.level for one in classes],
            "legend": legend_of(classes, Shade.COUNT),
            "keys": list(found.counts),
            "counts": [
                [number for pair in sorted(one.items()) for number in pair]
                for one in found.counts.values()
            ],
            "list": reverse("desk:appeals"),
        },
        json_dumps_params={"separators": (",", ":"), "ensure_ascii": False},
    )


@require_GET
@desk(Permission.ANALYTICS)
def selection(request: DeskRequest) -> HttpResponse:
    """The list of what was chosen on the map or in the table; with `count` only how many."""
    asking = map_asked(request)
    wanted = asking.wanted
    chosen = [key for key in request.GET.getlist("choose") if key]
    if chosen:
        wanted = _chosen(request, asking, chosen)
    elif not wanted.area:
        raise Refused(
            "Ничего не выбрано.",
            "Отметьте строки таблицы или места на карте, либо обведите место на карте.",
        )
    if "count" not in request.GET:
        return redirect(list_url(wanted.query()))
    facts = facts_of(request.access, wanted, Counted.APPEALS, asking.now)
    return JsonResponse({"count": facts.count(), "url": list_url(wanted.query())})


def _chosen(request: DeskRequest, asking: MapAsked, chosen: list[str]) -> AppealFilter:
    if asking.view in (View.HEXAGONS, View.POINTS):
        level = request.GET.get("level", "") or asking.level
        return AppealFilter.parse({**asking.wanted.pairs(), "cells": f"{level}:{';'.join(chosen)}"})
    numbers = [int(key) for key in chosen if key.isdecimal() and len(key) < 18]
    if asking.view == View.DISTRICTS:
        places = Settlement.objects.filter(municipality_id=request.municipality.pk)
        offices = [key or None for key in numbers]
        found = places.filter(territorial_body_id__in=[key for key in offices if key])
        if None in offices:
            found = found | places.filter(territorial_body_id__isnull=True)
        numbers = list(found.order_by("pk").values_list("pk", flat=True))
    if not numbers:
        raise Refused("Места указаны неверно.", "Выберите их на карте заново.")
    keys = ",".join(map(str, numbers))
    return AppealFilter.parse({**asking.wanted.pairs(), "settlement": "", "places": keys})


def _level(request: DeskRequest, asking: MapAsked) -> int:
    """Of the layer the page shows: points may have been put together more coarsely."""
    given = request.GET.get("level", "")
    return int(given) if given in LEVELS else asking.level


def _map_data(request: DeskRequest, asking: MapAsked, layer: Layer, classes: Any) -> dict[str, Any]:
    overlays = {
        one.slug: {"label": one.label, "marks": marks_of(one.read(request.access))}
        for one in OVERLAYS
        if one.slug in asking.overlays
    }
    query = asking.asked.query()
    return {
        **picture_of(asking.base.layers if asking.base else {}, asking.bounds),
        **drawn(layer, asking.shade, classes),
        "overlays": overlays,
        "view": layer.view.value,
        "hexes": layer.level,
        "heat": layer.view == View.POINTS and asking.shade == Shade.COUNT,
        "cluster": layer.view == View.POINTS,
        "framesUrl": f"{reverse('desk:map_frames')}?{query}&level={layer.level}",
        "selectUrl": f"{reverse('desk:map_selection')}?{query}&level={layer.level}",
    }


def _row(spot: Spot, asking: MapAsked) -> Shown:
    shades = [Shade(name) for name, _, _ in COLUMNS if _fits(name, asking)]
    url = list_url(spot.query) if spot.count else ""
    links = {
        Shade.COUNT: url,
        Shade.OPEN: list_url(spot.query, open="1") if spot.open else "",
        Shade.OVERDUE: list_url(spot.query, overdue="1") if spot.overdue else "",
    }
    cells = [
        {"text": figure(spot.value(shade), shade), "url": links.get(shade, "")} for shade in shades
    ]
    return {"key": spot.key, "name": spot.name, "count": spot.count, "cells": cells}


def _fits(column: str, asking: MapAsked) -> bool:
    return column != Shade.PER_1000 or asking.view in PEOPLED


def _columns(asking: MapAsked, order: tuple[str, bool]) -> list[Shown]:
    heads: list[Shown] = [{"label": "Выбрать", "min": True}]
    heads.append(_head(asking, "name", HEADS[asking.view], order, num=False))
    for name, label, slug in COLUMNS:
        if _fits(name, asking):
            heads.append({**_head(asking, name, label, order), "indicator": slug})
    return heads


def _head(
    asking: MapAsked, name: str, label: str, order: tuple[str, bool], *, num: bool = True
) -> Shown:
    column, down = order
    chosen = column == name
    after = name if chosen and down else f"-{name}"
    if name == "name" and not (chosen and not down):
        after = "name"
    return {
        "label": label,
        "num": num,
        "sort_url": f"?{asking.asked.query(sort=after)}#table",
        "sorted": ("desc" if down else "asc") if chosen else "",
    }


def _order(given: str) -> tuple[str, bool]:
    """Column and whether the greatest come first."""
    name = given.removeprefix("-")
    if name == "name" or name in {column for column, _, _ in COLUMNS}:
        return name, given.startswith("-")
    return "count", True


def _rank(spot: Spot, order: tuple[str, bool]) -> tuple[bool, Any, str]:
    """Unknown values stand last whichever way."""
    column, down = order
    if column == "name":
        return False, [-ord(sign) for sign in spot.name] if down else spot.name, ""
    value = spot.value(Shade(column))
    return value is None, (-(value or 0) if down else value or 0), spot.name


def _tabs(asking: MapAsked) -> list[Shown]:
    return [
        {
            "label": view.label.capitalize(),
            "url": f"?{asking.asked.query(view=view.value)}",
            "active": view == asking.view,
        }
        for view in View
    ]


def _layers(asking: MapAsked, groups: Sequence[str]) -> list[Shown]:
    """One click to the usual layers: all, in work, overdue, the most frequent groups of topics."""
    bare = replace(asking.wanted, open=False, overdue=False, status="", topic_group="")
    offered = [
        ("Все", bare),
        ("В работе", replace(bare, open=True)),
        ("Просрочено", replace(bare, overdue=True)),
        ("С ответом", replace(bare, status="answered")),
        *((group, replace(bare, topic_group=group)) for group in groups),
    ]
    return [
        {
            "label": label,
            "url": f"?{urlencode({**asking.asked.more, **wanted.pairs()})}",
            "active": wanted == asking.wanted,
        }
        for label, wanted in offered
    ]


def _hidden(asking: MapAsked) -> list[tuple[str, str]]:
    return [*asking.asked.more.items(), *asking.wanted.pairs().items()]


def _frame_query(wanted: AppealFilter, since: Any, until: Any) -> str:
    return replace(wanted, since=since, until=until).query()
