"""Files of a cut, live and frozen."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from otklik.base import clock
from otklik.directory.organisation.vocabulary import Permission
from otklik.directory.territory.queries import settlements
from otklik.insight.cuts import queries, writers
from otklik.insight.cuts.rules import Printed
from otklik.insight.cuts.vocabulary import Picture, SupplyForm
from otklik.web.desk.attached import attached
from otklik.web.desk.cuts.reading import asking_of
from otklik.web.desk.frame import DeskRequest, desk


@require_GET
@desk(Permission.ANALYTICS)
def file(request: DeskRequest) -> HttpResponse:
    """The cut of this address in the asked kind of file, a workbook by default."""
    form = writers.form_named(request.GET.get("form") or SupplyForm.XLSX)
    asking = asking_of(request)
    now = clock.now()
    table = queries.printed_cut(request.access, asking.view, now=now)
    wanted = asking.view.request.filter
    name = f"svodka-{wanted.since}-{wanted.until}"
    return answer(request, table, form, name=name, made_at=now, picture=asking.view.picture)


def answer(
    request: DeskRequest,
    table: Printed,
    form: SupplyForm,
    *,
    name: str,
    made_at: datetime,
    picture: Picture = Picture.BARS,
) -> HttpResponse:
    """The file as an attachment. Raises Refused where this kind cannot hold the table."""
    place = request.municipality
    content = writers.write(
        table,
        form,
        made_at=made_at.astimezone(place.tz),
        organisation=place.name,
        centre=place.centre_name or "Муниципальный центр управления",
        picture=picture,
        places=_places(place.pk) if form == SupplyForm.GEOJSON else None,
    )
    return attached(content, f"{name}.{form}", writers.TYPES[form])


def _places(municipality_id: int) -> dict[str, object]:
    """Geometries of settlements by key: the boundary, else the point."""
    found: dict[str, object] = {}
    for place in settlements(municipality_id):
        if place.boundary:
            found[str(place.pk)] = place.boundary
        elif place.lat is not None and place.lon is not None:
            found[str(place.pk)] = {"type": "Point", "coordinates": [place.lon, place.lat]}
    return found
