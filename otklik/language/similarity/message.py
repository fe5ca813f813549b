"""What is known of a message when it is compared with another."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

NEIGHBOURS = 10
"""Houses whose numbers differ by no more stand next to one another."""
NEAR_METRES = 250.0
FAR_METRES = 700.0
_METRES_OF_DEGREE = 111_320.0
_NUMBER = re.compile(r"\d{1,4}")


@dataclass(frozen=True, slots=True)
class Place:
    """Names or ids, compared as given, empty if unknown; `accuracy` of the point in metres."""

    settlement: str = ""
    street: str = ""
    house: str = ""
    lat: float | None = None
    lon: float | None = None
    accuracy: float = 0.0


@dataclass(frozen=True, slots=True)
class Message:
    """`topic`: any stable label; `street_name` helps where `place.street` is an id."""

    text: str
    at: datetime
    place: Place = field(default_factory=Place)
    topic: str = ""
    street_name: str = ""
    settlement_name: str = ""


class Nearness(StrEnum):
    HOUSE = "house"
    NEAR = "near"
    STREET = "street"
    FAR = "far"
    SETTLEMENT = "settlement"
    OTHER_STREET = "other_street"
    OTHER_SETTLEMENT = "other_settlement"
    UNKNOWN = "unknown"


def metres(first: Place, second: Place) -> float | None:
    """Between the two points, less their inaccuracy; None without both points."""
    if first.lat is None or first.lon is None or second.lat is None or second.lon is None:
        return None
    north = (first.lat - second.lat) * _METRES_OF_DEGREE
    turn = math.cos(math.radians((first.lat + second.lat) / 2))
    east = (first.lon - second.lon) * _METRES_OF_DEGREE * turn
    return max(math.hypot(north, east) - first.accuracy - second.accuracy, 0.0)


def nearness(first: Place, second: Place) -> Nearness:
    """How near two places are, by point where both have one, else by address."""
    if first.settlement != second.settlement and first.settlement and second.settlement:
        return Nearness.OTHER_SETTLEMENT
    street = bool(first.street) and first.street == second.street
    if street and first.house and first.house == second.house:
        return Nearness.HOUSE
    apart = metres(first, second)
    if apart is not None and apart <= NEAR_METRES:
        return Nearness.NEAR
    if apart is not None and (apart > FAR_METRES or not street):
        return Nearness.FAR if street else Nearness.OTHER_STREET
    return _by_address(first, second, street)


def _by_address(first: Place, second: Place, same_street: bool) -> Nearness:
    if same_street:
        return _along(first.house, second.house)
    if first.street and second.street:
        return Nearness.OTHER_STREET
    known = first.settlement and second.settlement
    return Nearness.SETTLEMENT if known else Nearness.UNKNOWN


def _along(first: str, second: str) -> Nearness:
    one, other = _NUMBER.search(first), _NUMBER.search(second)
    if one is None or other is None:
        return Nearness.STREET
    apart = abs(int(one.group(0)) - int(other.group(0)))
    return Nearness.NEAR if apart <= NEIGHBOURS else Nearness.FAR
