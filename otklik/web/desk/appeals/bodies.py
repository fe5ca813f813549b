"""The bodies of the municipality, which several parts of one card offer."""

from __future__ import annotations

from typing import cast

from otklik.directory.organisation.models import Body
from otklik.directory.organisation.queries import bodies
from otklik.web.desk.frame import DeskRequest

_KEPT = "_bodies_offered"


def bodies_once(request: DeskRequest) -> list[Body]:
    """Active bodies in the centre's own order; read once for the whole page."""
    kept = vars(request)
    if _KEPT not in kept:
        kept[_KEPT] = list(bodies(request.municipality.pk))
    return cast("list[Body]", kept[_KEPT])
