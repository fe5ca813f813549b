"""The map for everybody: squares of half a kilometre, rounded numbers, nothing of any case."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from otklik.base import clock
from otklik.directory.organisation.queries import municipality_by_slug
from otklik.directory.territory.queries import base_map
from otklik.insight.heatmap.queries import public_cells
from otklik.insight.heatmap.rules import FEWEST_SHOWN, PublicCell, Quarter, quarters_before
from otklik.web.look.mapdata import picture_of
from otklik.web.portal.page import render

YEAR, OFFERED = 4, 4
"""Quarters in «Год», and single ones offered beside it."""
SHOWN = 30


@require_GET
def public_map(request: HttpRequest, slug: str) -> HttpResponse:
    """Quarters let out once and for all, or the sum of four: no other period, no filter.

    A period or a condition chosen freely would tell a single case by the difference of two.
    """
    centre = municipality_by_slug(slug)
    offered = quarters_before(clock.today(centre.tz))[:OFFERED]
    by_name = {f"{one.since:%Y-%m}": one for one in offered}
    chosen = by_name.get(request.GET.get("quarter", ""))
    cells, known = public_cells(centre.pk, [chosen] if chosen else offered[:YEAR])
    drawn = base_map(centre.pk)
    here = reverse("portal:map", args=[slug])
    context = {
        "cells": cells[:SHOWN],
        "more": max(len(cells) - SHOWN, 0),
        "fewest": FEWEST_SHOWN,
        "period": _said(known, chosen),
        "periods": [
            {"label": "Год", "url": here, "active": chosen is None},
            *(
                {"label": one.label, "url": f"{here}?quarter={name}", "active": one == chosen}
                for name, one in by_name.items()
            ),
        ],
        "has_map": drawn is not None and bool(cells),
        "map_data": {
            **picture_of(drawn.layers if drawn else {}, drawn.bounds if drawn else []),
            "features": {"type": "FeatureCollection", "features": _points(cells)},
            "cluster": True,
        },
    }
    return render(request, "portal/map.html", context, centre=centre)


def _said(known: list[Quarter], chosen: Quarter | None) -> str:
    if chosen is not None or len(known) == 1:
        return (chosen or known[0]).label
    return f"{known[-1].label} — {known[0].label}" if known else "за этот период"


def _points(cells: list[PublicCell]) -> list[dict[str, Any]]:
    return [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [cell.lon, cell.lat]},
            "properties": {
                "id": place,
                "title": cell.topic,
                "text": f"{cell.place}: не меньше {cell.count}",
                "count": cell.count,
                "value": str(cell.count),
            },
        }
        for place, cell in enumerate(cells)
    ]
