"""The best place a text names: street with house > street > landmark > settlement."""

from __future__ import annotations

from otklik.language.places.finding import find_addresses
from otklik.language.places.gazetteer import Gazetteer
from otklik.language.places.model import Address, PlaceFound

MAX_CHARS = 5000


def find_place(text: str, gazetteer: Gazetteer, *, hint: int | None = None) -> PlaceFound | None:
    """The place with the most certainty, or None. Only the beginning of a long text is read.

    A street that several settlements have and nothing tells apart is no place: None. `hint`: the
    applicant's settlement.
    """
    found = [a for a in find_addresses(text[:MAX_CHARS], gazetteer, hint=hint) if _is_known(a)]
    best = max(found, key=_rank, default=None)
    if best is None:
        return None
    return PlaceFound(
        best.settlement_id,
        best.street_id,
        best.house,
        None if best.street_id else best.landmark_id,
        best.lat,
        best.lon,
        best.confidence,
        best.quote,
        best.span,
    )


def _is_known(address: Address) -> bool:
    return bool(address.street_id or address.landmark_id or address.settlement_id)


def _rank(address: Address) -> tuple[bool, float, bool]:
    return bool(address.street_id), address.confidence, bool(address.landmark_id)
