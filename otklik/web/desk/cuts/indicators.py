"""The catalogue of indicators: what every number of the analysis means."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.look.catalogue import catalogue


@require_GET
@desk(Permission.ANALYTICS)
def indicators(request: DeskRequest) -> HttpResponse:
    return render(request, "desk/cuts/indicators.html", {"rooms": catalogue()})
