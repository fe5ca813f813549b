"""One layer of the map: all its spots with what each of them says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import quote_plus

from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.directory.organisation.rules import Access
from otklik.directory.territory.models import Settlement
from otklik.directory.territory.rules import Hexagon, corners, middle, said_hexagons, unpacked
from otklik.insight.heatmap.queries.counting import Asked, Found, Group, asked, by_hexagon, by_place
from otklik.insight.heatmap.rules import Place, Spot, said_place
from otklik.insight.heatmap.vocabulary import View

MOST_SPOTS = 1500
"""Cells and points one layer carries at most, the fullest first."""
POINT_LEVELS = (20, 17, 15)
"""Points are put together more coarsely until they fit."""
ANY = 1
"""Stands for a value until it is known; every condition can be written so."""
ELSEWHERE = "Без территориального органа"
_POLYGONS: dict[str, Callable[[Any], list[Any]]] = {
    "Polygon": lambda said: [said],
    "MultiPolygon": lambda said: said,
}


@dataclass(frozen=True, kw_only=True)
class Layer:
    """`nowhere`: cases that this view cannot show, with the query of their list.

    `hidden`: whether more cells were found than are carried; `level` of cells and points;
    `topics`: the most frequent groups of topics.
    """

    view: View
    spots: Sequence[Spot]
    nowhere: int
    nowhere_query: str
    compared: bool
    level: int = 0
    hidden: bool = False
    topics: Sequence[str] = ()

    @property
    def total(self) -> int:
        return sum(spot.count for spot in self.spots) + self.nowhere


def layer_of(
    access: Access,
    wanted: AppealFilter,
    *,
    view: View,
    level: int,
    now: datetime,
    places: Sequence[Settlement] | None = None,
) -> Layer:
    """Count and place what this person may see: at most three statements.

    `level` is the size of hexagons (`territory.rules.hexagons`); other views leave it aside.
    `places` as given by `places_for`, for several layers at once. Raises Forbidden without the
    right to analysis.
    """
    said = asked(access, wanted, now)
    places = places_for(access, view) if places is None else places
    if view == View.PLACES:
        return _of_places(said, wanted, places)
    if view == View.DISTRICTS:
        return _of_districts(said, wanted, places)
    return _of_hexagons(said, wanted, places, view, level)


def places_for(access: Access, view: View) -> list[Settlement]:
    """Settlements of the municipality, with what this view draws of them."""
    found = Settlement.objects.filter(municipality_id=access.municipality_id)
    if view in (View.DISTRICTS, View.PLACES):
        return list(found.select_related("territorial_body"))
    return list(found.defer("boundary"))


def _of_places(said: Asked, wanted: AppealFilter, places: Iterable[Settlement]) -> Layer:
    found = by_place(said)
    groups = {group.key: group for group in found.groups}
    query = _queries(replace(wanted, places=""), "settlement")
    spots = [
        _spot(
            groups.get(place.pk),
            said,
            key=str(place.pk),
            name=str(place),
            short=place.name,
            population=place.population,
            geometry=place.boundary,
            centre=_centre(place),
            query=query(str(place.pk)),
        )
        for place in places
    ]
    return _layer(View.PLACES, spots, found, said, replace(wanted, no_place=True))


def _of_districts(said: Asked, wanted: AppealFilter, places: Iterable[Settlement]) -> Layer:
    found = by_place(said)
    groups = {group.key: group for group in found.groups}
    query = _queries(wanted, "places")
    members: dict[int | None, list[Settlement]] = {}
    for place in places:
        members.setdefault(place.territorial_body_id, []).append(place)
    spots = []
    for body, inside in members.items():
        keys = ",".join(str(place.pk) for place in inside)
        office = inside[0].territorial_body
        spots.append(
            _spot(
                _summed(groups.get(place.pk) for place in inside),
                said,
                key=str(body or 0),
                name=office.name if office else ELSEWHERE,
                short=str(office) if office else "",
                population=_people(inside),
                geometry=_together(inside),
                centre=_centre(inside[0]),
                query=query(keys),
            )
        )
    return _layer(View.DISTRICTS, spots, found, said, replace(wanted, no_place=True))


def _of_hexagons(
    said: Asked, wanted: AppealFilter, places: Iterable[Settlement], view: View, level: int
) -> Layer:
    found = Found(groups=(), topics=())
    levels = list(POINT_LEVELS if view == View.POINTS else (level,))
    while levels:
        level = levels.pop(0)
        found = by_hexagon(said, level, MOST_SPOTS)
        if len(found.groups) <= MOST_SPOTS:
            break
    cells = [group for group in found.groups if group.key is not None]
    names, query = _namer(places), _queries(wanted, "cells")
    spots = [
        _cell(group, unpacked(level, group.key or 0), said, query, names, view)
        for group in cells[:MOST_SPOTS]
    ]
    layer = _layer(view, spots, found, said, replace(wanted, no_point=True))
    return replace(layer, level=level, hidden=len(cells) > MOST_SPOTS)


def _cell(
    group: Group,
    cell: Hexagon,
    said: Asked,
    query: Callable[[str], str],
    names: Callable[[tuple[float, float]], str],
    view: View,
) -> Spot:
    centre = middle(cell)
    if group.lon is not None and group.lat is not None:
        centre = (group.lon, group.lat) if view == View.POINTS else centre
    ring = [[round(lon, 6), round(lat, 6)] for lon, lat in corners(cell)]
    shape: dict[str, Any] = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    if view == View.POINTS:
        shape = {"type": "Point", "coordinates": [round(centre[0], 6), round(centre[1], 6)]}
    return _spot(
        group,
        said,
        key=str(cell),
        name=names(centre),
        population=None,
        geometry=shape,
        centre=centre,
        query=query(said_hexagons(cell.level, [cell])),
    )


def _queries(wanted: AppealFilter, name: str) -> Callable[[str], str]:
    """Queries that differ in one condition: what a thousand of them share is said once."""
    blank: dict[str, Any] = {name: ANY}
    before, _, after = replace(wanted, **blank).query().partition(f"{name}={ANY}")
    return lambda value: f"{before}{name}={quote_plus(value)}{after}"


def _layer(
    view: View, spots: Sequence[Spot], found: Found, said: Asked, lost: AppealFilter
) -> Layer:
    count = nowhere.count if (nowhere := found.nowhere) else 0
    return Layer(
        view=view,
        spots=sorted(spots, key=lambda spot: (-spot.count, spot.name)),
        nowhere=count,
        nowhere_query=lost.query() if count else "",
        compared=said.compared,
        topics=found.topics,
    )


def _spot(group: Group | None, said: Asked, **given: Any) -> Spot:
    if group is None:
        return Spot(count=0, before=0 if said.compared else None, **given)
    return Spot(
        count=group.count,
        open=group.open,
        overdue=group.overdue,
        before=group.before,
        **given,
    )


def _summed(groups: Iterable[Group | None]) -> Group | None:
    known = [group for group in groups if group is not None]
    if not known:
        return None
    before = [group.before for group in known if group.before is not None]
    return Group(
        key=None,
        count=sum(group.count for group in known),
        open=sum(group.open for group in known),
        overdue=sum(group.overdue for group in known),
        before=sum(before) if before else None,
    )


def _people(places: Sequence[Settlement]) -> int | None:
    """All residents, or nobody knows: a part of them would make the share too great."""
    known = [place.population for place in places if place.population]
    return sum(known) if len(known) == len(places) else None


def _together(places: Iterable[Settlement]) -> dict[str, Any] | None:
    parts: list[Any] = []
    for place in places:
        shape: Mapping[str, Any] = place.boundary or {}
        read = _POLYGONS.get(str(shape.get("type", "")))
        parts += read(shape["coordinates"]) if read else []
    return {"type": "MultiPolygon", "coordinates": parts} if parts else None


def _centre(place: Settlement) -> tuple[float, float] | None:
    return None if place.lon is None or place.lat is None else (place.lon, place.lat)


def _namer(places: Iterable[Settlement]) -> Callable[[tuple[float, float]], str]:
    known = [
        Place(name=str(one), lon=one.lon, lat=one.lat)
        for one in places
        if one.lon is not None and one.lat is not None
    ]
    return lambda point: said_place(point, known)
