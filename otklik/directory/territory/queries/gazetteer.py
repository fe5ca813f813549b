"""The gazetteer that texts are searched with, lists of places, the base map."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from django.db.models import Max, QuerySet

from otklik.directory.territory.models import BaseMap, House, Landmark, Settlement, Street
from otklik.language.places import Gazetteer, LandmarkName, SettlementName, StreetName


def settlements(municipality_id: int) -> QuerySet[Settlement]:
    """Settlements in the centre's own order, without their boundaries."""
    return Settlement.objects.filter(municipality_id=municipality_id).defer("boundary")


def gazetteer(municipality_id: int) -> Gazetteer:
    """The municipality's index of names; rebuilt when its gazetteer has grown or shrunk."""
    return _built(municipality_id, _edition(municipality_id))


def base_map(municipality_id: int) -> BaseMap | None:
    return BaseMap.objects.filter(municipality_id=municipality_id).first()


def _edition(municipality_id: int) -> tuple[int, ...]:
    """What changes when rows come or go: a key for the process's own copy of the index."""
    streets = Street.objects.filter(settlement__municipality_id=municipality_id)
    newest = streets.aggregate(last=Max("pk"), house=Max("houses__pk"))
    return (
        Settlement.objects.filter(municipality_id=municipality_id).count(),
        newest["last"] or 0,
        newest["house"] or 0,
        Landmark.objects.filter(municipality_id=municipality_id).count(),
    )


@lru_cache(maxsize=16)
def _built(municipality_id: int, edition: tuple[int, ...]) -> Gazetteer:
    houses: dict[int, dict[str, tuple[float, float]]] = defaultdict(dict)
    rows = House.objects.filter(street__settlement__municipality_id=municipality_id)
    for street, number, lat, lon in rows.values_list("street_id", "number", "lat", "lon"):
        houses[street][number] = (lat, lon)
    streets = Street.objects.filter(settlement__municipality_id=municipality_id)
    return Gazetteer(
        settlements=[
            SettlementName(id=s.pk, name=s.name, kind=s.get_kind_display(), lat=s.lat, lon=s.lon)
            for s in settlements(municipality_id)
        ],
        streets=[
            StreetName(id=pk, settlement_id=settlement, name=name, kind=kind, houses=houses[pk])
            for pk, settlement, name, kind in streets.values_list(
                "pk", "settlement_id", "name", "kind"
            )
        ],
        landmarks=[
            LandmarkName(
                id=landmark.pk,
                settlement_id=landmark.settlement_id,
                name=landmark.name,
                aliases=tuple(landmark.aliases),
                lat=landmark.lat,
                lon=landmark.lon,
            )
            for landmark in Landmark.objects.filter(municipality_id=municipality_id)
        ],
    )
