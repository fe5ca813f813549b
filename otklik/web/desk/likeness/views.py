"""Cases alike, with reasons: read when the card stands already."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render as draw
from django.urls import reverse
from django.views.decorators.http import require_GET

from otklik.casework.likeness.queries import alike, compared
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.frame import DeskRequest, desk, render


@require_GET
@desk(Permission.VIEW_APPEALS)
def kindred(request: DeskRequest, pk: int) -> HttpResponse:
    """Visible cases of the same incident or with the same words: three queries.

    Without scripts a page of its own.
    """
    case = compared(request.access, pk)
    found = alike(request.access, case)
    context = {
        "incidents": [one for one in found if one.verdict.same],
        "letters": [one for one in found if not one.verdict.same],
    }
    if request.headers.get("HX-Request"):
        return draw(request, "desk/likeness/_kindred.html", context)
    crumbs = [(str(case), reverse("desk:appeal", args=[pk])), ("Похожие обращения", "")]
    return render(request, "desk/likeness/kindred.html", context, crumbs=crumbs)
