"""Messages told by hand as parts of incidents, and how well they are put together again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path

from otklik.language.similarity import Message, Place, same_incident

HERE = Path(__file__).parent
KNOWN = HERE / "incidents.txt"
HELD_OUT = HERE / "incidents_heldout.txt"
_NOTHING = "?"


@dataclass(frozen=True)
class Told:
    """One message and the incident it tells of."""

    incident: str
    message: Message


@dataclass(frozen=True)
class Score:
    """Of pairs of messages: `precision` of those called one incident, `recall` of those that
    are, 0–1."""

    precision: float
    recall: float
    pairs: int

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def read(path: Path) -> list[Told]:
    """Blocks `= key title | settlement | street | time` of lines `hours place | text`."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("="):
            title, settlement, street, begun = (part.strip() for part in line[1:].split("|"))
            key, first = title.split()[0], datetime.fromisoformat(begun)
        elif line and not line.startswith("#"):
            where, text = (part.strip() for part in line.split("|", 1))
            hours, spot = where.split()
            place = _place(settlement, street, spot)
            at = first + timedelta(hours=float(hours))
            found.append(Told(key, Message(text=text, at=at, place=place)))
    return found


def _place(settlement: str, street: str, spot: str) -> Place:
    spot, _, point = spot.partition("@")
    lat, lon = (float(part) for part in point.split(",")) if point else (None, None)
    if "/" in spot:
        street, spot = spot.split("/")
    house = "" if spot == _NOTHING else spot
    street = "" if street == _NOTHING else street
    return Place(settlement=settlement, street=street, house=house, lat=lat, lon=lon)


def score(told: list[Told], *, least: float = 0.5) -> Score:
    """Every pair is weighed; one of at least this probability is called one incident."""
    hits = called = real = 0
    for first, second, probability in _weighed(told):
        same, one = first.incident == second.incident, probability >= least
        hits, called, real = hits + (same and one), called + one, real + same
    return Score(hits / called if called else 0.0, hits / real if real else 0.0, real)


def mistakes(told: list[Told], *, least: float = 0.5) -> Iterator[tuple[Told, Told, float]]:
    for first, second, probability in _weighed(told):
        if (first.incident == second.incident) != (probability >= least):
            yield first, second, probability


def _weighed(
    told: list[Told], weigh: Callable[[Message, Message], float] | None = None
) -> Iterator[tuple[Told, Told, float]]:
    for first, second in combinations(told, 2):
        yield (
            first,
            second,
            (
                weigh(first.message, second.message)
                if weigh
                else same_incident(first.message, second.message).probability
            ),
        )
