"""The first pages: which centre, what can be done, how data are handled."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from otklik.base import clock
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Status
from otklik.casework.consultations.queries import any_public
from otklik.casework.reception.queries import hosts_of
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.queries import municipality_by_slug
from otklik.exchange.signin.queries import citizens_door
from otklik.web.portal.page import render
from otklik.web.portal.pos import pos_of

FEW = 5


def home(request: HttpRequest) -> HttpResponse:
    centres = list(Municipality.objects.order_by("short_name")[:200])
    if len(centres) == 1:
        return redirect("portal:centre", centres[0].slug)
    return render(request, "portal/home.html", {"centres": centres})


def centre(request: HttpRequest, slug: str) -> HttpResponse:
    found = municipality_by_slug(slug)
    year = clock.today(found.tz).year
    counts = Appeal.objects.filter(municipality=found, received_at__year=year).aggregate(
        received=Count("pk"), answered=Count("pk", filter=Q(status=Status.ANSWERED))
    )
    shown = {name: count if count >= FEW else None for name, count in counts.items()}
    context = {
        "counts": shown,
        "year": year,
        "receives": hosts_of(found.pk).exists(),
        "identifies": citizens_door(found.pk) is not None,
        "pos": pos_of(found) is not None,
        "consults": any_public(found.pk),
    }
    return render(request, "portal/centre.html", context, centre=found)


def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/privacy.html")


def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/accessibility.html")
