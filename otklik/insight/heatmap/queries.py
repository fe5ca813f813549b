"""The heat map: cases in cells of a grid, and by settlement."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Avg, BigIntegerField, Count, F, QuerySet
from django.db.models.functions import Cast, Floor

from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.directory.organisation.rules import Access
from otklik.directory.territory.models import Settlement
from otklik.insight.cuts.queries import cut, facts_of, labels_of, overdue
from otklik.insight.cuts.rules import Head, Request
from otklik.insight.cuts.vocabulary import Counted, Dimension, Measure
from otklik.insight.facts.models import QuestionFact
from otklik.insight.heatmap.rules import FEWEST_SHOWN, Box, Grid, masked, per_thousand, public_grid

MOST_CELLS = 3000
"""Cells one answer carries at most, the fullest first."""

GeoJson = dict[str, Any]


def heat_cells(
    access: Access,
    wanted: AppealFilter,
    *,
    box: Box,
    zoom: int,
    now: datetime,
    counted: Counted = Counted.APPEALS,
) -> GeoJson:
    """Points of the box clustered by grid cells in one query, as a FeatureCollection.

    A feature stands in the middle of its cases and carries `count`, `overdue`
    and `query`, the query string of the list of its cases.
    """
    grid = Grid.at(zoom, (box.south + box.north) / 2)
    inside = facts_of(access, wanted, counted, now).filter(
        lon__gte=box.west, lon__lt=box.east, lat__gte=box.south, lat__lt=box.north
    )
    cells = _cells(inside, grid, now)
    return _collection([_cell_feature(cell, grid, box, wanted) for cell in cells])


def settlement_counts(
    access: Access,
    wanted: AppealFilter,
    *,
    now: datetime,
    measure: Measure = Measure.RECEIVED,
) -> GeoJson:
    """Every settlement of the municipality with its number and its number per 1,000 residents.

    The geometry is the boundary, else the point, else null. At most five
    queries. Cases without a place are in `properties.no_place`.
    """
    asked = Request(rows=Dimension.SETTLEMENT, filter=wanted, only=measure)
    counts = cut(access, asked, now=now)
    heads = {head.key: head for head in counts.rows}
    places = Settlement.objects.filter(municipality_id=access.municipality_id)
    features = [_settlement_feature(place, heads.get(place.pk), measure) for place in places]
    found = _collection(features)
    lost = heads.get(None)
    found["properties"] = {
        "measure": measure.value,
        "label": measure.label,
        "no_place": lost.total.value(measure) if lost else 0,
        "no_place_query": lost.total.query(measure) if lost else "",
    }
    return found


@dataclass(frozen=True, kw_only=True)
class PublicCell:
    """Cases of one topic in one square; `count` is rounded down, the point is the square's own."""

    place: str
    topic: str
    count: int
    lat: float
    lon: float


def public_cells(municipality_id: int, since: date, until: date) -> list[PublicCell]:
    """What everybody may see of the map, the most first: no case, no address, no small number.

    At most four queries. Squares stand on a fixed grid and say nothing of the points in them.
    """
    facts = QuestionFact.objects.filter(
        municipality_id=municipality_id,
        is_first=True,
        received_on__range=(since, until),
        lat__isnull=False,
        lon__isnull=False,
        topic_id__isnull=False,
    )
    middle = facts.aggregate(lat=Avg("lat"))["lat"]
    if middle is None:
        return []
    grid = public_grid(round(middle))
    rows = (
        facts.order_by()
        .values(
            "settlement_id",
            "topic_id",
            column=Cast(Floor(F("lon") / grid.width), BigIntegerField()),
            row=Cast(Floor(F("lat") / grid.height), BigIntegerField()),
        )
        .annotate(count=Count("pk"))
        .filter(count__gte=FEWEST_SHOWN)
        .order_by("-count", "column", "row", "topic_id")[:MOST_CELLS]
    )
    found = list(rows)
    topics = labels_of(Dimension.TOPIC, [row["topic_id"] for row in found])
    places = labels_of(Dimension.SETTLEMENT, [row["settlement_id"] for row in found])
    return [
        PublicCell(
            place=places[row["settlement_id"]],
            topic=topics[row["topic_id"]],
            count=masked(row["count"]),
            lat=round((row["row"] + 0.5) * grid.height, 3),
            lon=round((row["column"] + 0.5) * grid.width, 3),
        )
        for row in found
    ]


def _cells(facts: QuerySet[QuestionFact], grid: Grid, now: datetime) -> list[dict[str, Any]]:
    found = (
        facts.order_by()
        .values(
            column=Cast(Floor(F("lon") / grid.width), BigIntegerField()),
            row=Cast(Floor(F("lat") / grid.height), BigIntegerField()),
        )
        .annotate(
            count=Count("pk"),
            late=Count("pk", filter=overdue(now)),
            middle_lat=Avg("lat"),
            middle_lon=Avg("lon"),
        )
        .order_by("-count", "column", "row")[:MOST_CELLS]
    )
    return [dict(cell) for cell in found]


def _cell_feature(cell: dict[str, Any], grid: Grid, box: Box, wanted: AppealFilter) -> GeoJson:
    edges = grid.cell(cell["column"], cell["row"])
    shown = Box(
        west=max(edges.west, box.west),
        south=max(edges.south, box.south),
        east=min(edges.east, box.east),
        north=min(edges.north, box.north),
    )
    return {
        "type": "Feature",
        "geometry": {
            "type": "Point",
            "coordinates": [round(cell["middle_lon"], 6), round(cell["middle_lat"], 6)],
        },
        "properties": {
            "count": cell["count"],
            "overdue": cell["late"],
            "query": replace(wanted, bbox=str(shown)).query(),
        },
    }


def _settlement_feature(place: Settlement, head: Head | None, measure: Measure) -> GeoJson:
    count = head.total.value(measure) if head else 0
    change = head.change() if head else None
    return {
        "type": "Feature",
        "id": place.pk,
        "geometry": place.boundary or _point(place),
        "properties": {
            "name": str(place),
            "count": count,
            "per_1000": per_thousand(count, place.population),
            "population": place.population,
            "difference": change.difference if change else None,
            "query": head.total.query(measure) if head else "",
        },
    }


def _point(place: Settlement) -> GeoJson | None:
    if place.lat is None or place.lon is None:
        return None
    return {"type": "Point", "coordinates": [place.lon, place.lat]}


def _collection(features: list[GeoJson]) -> GeoJson:
    return {"type": "FeatureCollection", "features": features}
