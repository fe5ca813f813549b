"""What the fields of lists and cards offer: keys and names, without the rest of the records."""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple, cast

from otklik.casework.classification.queries import topics_offered
from otklik.directory.organisation.queries import bodies
from otklik.directory.territory.models import settlement_name
from otklik.directory.territory.queries import settlements
from otklik.web.desk.frame import DeskRequest

_KEPT = "_bodies_offered"


class Offered(NamedTuple):
    """One choice, and a pair for the tag «options»."""

    pk: int
    name: str

    def __str__(self) -> str:
        return self.name


def bodies_once(request: DeskRequest) -> list[Offered]:
    """Active bodies in the centre's own order; read once for the whole page."""
    kept = vars(request)
    if _KEPT not in kept:
        rows = bodies(request.municipality.pk).values_list("pk", "short_name", "name")
        kept[_KEPT] = [Offered(pk, short or name) for pk, short, name in rows]
    return cast("list[Offered]", kept[_KEPT])


def settlements_offered(municipality_id: int) -> list[Offered]:
    """In the centre's own order."""
    rows = settlements(municipality_id).values_list("pk", "kind", "name")
    return [Offered(pk, settlement_name(kind, name)) for pk, kind, name in rows]


def topics_by_group(municipality_id: int) -> list[tuple[str, list[Offered]]]:
    """Topics under the names of their groups."""
    rows = topics_offered(municipality_id).values_list("group", "pk", "name")[:2000]
    return [
        (group or "Прочее", [Offered(pk, name) for _, pk, name in inside])
        for group, inside in groupby(rows, key=lambda row: row[0])
    ]
