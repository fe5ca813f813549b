"""The catalogue of indicators: what every number of the analysis means."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from otklik.base import clock
from otklik.directory.organisation.queries import legal_acts
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.look.catalogue import catalogue

SUPPORT = "информационно-аналитическ"
"""By this word of its title the procedure of information-analytical support is found."""

KEEPERS = (Permission.SET_UP, Permission.ORGANISE)


@require_GET
@desk(Permission.ANALYTICS)
def indicators(request: DeskRequest) -> HttpResponse:
    place, today = request.municipality, clock.today(request.municipality.tz)
    orders = legal_acts(place.pk).filter(title__icontains=SUPPORT)
    context = {
        "rooms": catalogue(),
        "orders": [(act, act.in_force_until and act.in_force_until < today) for act in orders],
        "may_keep": any(request.access.may(one) for one in KEEPERS),
    }
    return render(request, "desk/cuts/indicators.html", context)
