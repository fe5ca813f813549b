"""Finding the places a text speaks of, against a municipality's own gazetteer or without one."""

from otklik.language.places.files import load_gazetteer
from otklik.language.places.finding import find_addresses
from otklik.language.places.gazetteer import Gazetteer
from otklik.language.places.model import (
    Accuracy,
    Address,
    Candidate,
    LandmarkName,
    PlaceFound,
    SettlementName,
    StreetName,
)
from otklik.language.places.search import find_place

__all__ = [
    "Accuracy",
    "Address",
    "Candidate",
    "Gazetteer",
    "LandmarkName",
    "PlaceFound",
    "SettlementName",
    "StreetName",
    "find_addresses",
    "find_place",
    "load_gazetteer",
]
