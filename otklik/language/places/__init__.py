"""Finding the place a text speaks of, against a municipality's own gazetteer."""

from otklik.language.places.index import Gazetteer
from otklik.language.places.model import LandmarkName, PlaceFound, SettlementName, StreetName
from otklik.language.places.search import find_place

__all__ = [
    "Gazetteer",
    "LandmarkName",
    "PlaceFound",
    "SettlementName",
    "StreetName",
    "find_place",
]
