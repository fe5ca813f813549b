"""The map for everybody: squares of half a kilometre, rounded numbers, nothing of any case."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from otklik.base import clock
from otklik.directory.organisation.queries import municipality_by_slug
from otklik.directory.territory.queries import base_map
from otklik.insight.heatmap.queries import PublicCell, public_cells
from otklik.insight.heatmap.rules import FEWEST_SHOWN
from otklik.language.wording import period_words
from otklik.web.look.mapdata import picture_of
from otklik.web.portal.page import render

PERIODS = {1: "Прошлый месяц", 3: "Три месяца", 12: "Год"}
USUAL = 12
SHOWN = 30


@require_GET
def public_map(request: HttpRequest, slug: str) -> HttpResponse:
    """Whole past months only: a period moved by a day would tell one case by the difference."""
    centre = municipality_by_slug(slug)
    asked = request.GET.get("months", "")
    months = int(asked) if asked.isdecimal() and int(asked) in PERIODS else USUAL
    since, until = whole_months(clock.today(centre.tz), months)
    cells = public_cells(centre.pk, since, until)
    drawn = base_map(centre.pk)
    here = reverse("portal:map", args=[slug])
    context = {
        "cells": cells[:SHOWN],
        "more": max(len(cells) - SHOWN, 0),
        "fewest": FEWEST_SHOWN,
        "period": period_words(since, until),
        "periods": [
            {"label": label, "url": f"{here}?months={count}", "active": count == months}
            for count, label in PERIODS.items()
        ],
        "has_map": drawn is not None and bool(cells),
        "map_data": {
            **picture_of(drawn.layers if drawn else {}, drawn.bounds if drawn else []),
            "features": {"type": "FeatureCollection", "features": _points(cells)},
        },
    }
    return render(request, "portal/map.html", context, centre=centre)


def whole_months(today: date, months: int) -> tuple[date, date]:
    """First and last day of so many whole months before this one."""
    until = today.replace(day=1) - timedelta(days=1)
    place = until.year * 12 + until.month - months
    return date(place // 12, place % 12 + 1, 1), until


def _points(cells: list[PublicCell]) -> list[dict[str, Any]]:
    return [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [cell.lon, cell.lat]},
            "properties": {
                "id": place,
                "title": cell.topic,
                "text": f"{cell.place}: не меньше {cell.count}",
            },
        }
        for place, cell in enumerate(cells)
    ]
