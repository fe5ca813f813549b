"""Public discussions, surveys and votes on ПОС: what is on now, how the others ended."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from otklik.casework.consultations.models import Consultation
from otklik.casework.consultations.queries import public_of
from otklik.casework.consultations.rules import share
from otklik.casework.consultations.vocabulary import ConsultationState
from otklik.directory.organisation.queries import municipality_by_slug
from otklik.web.portal.page import render
from otklik.web.portal.pos import pos_of


@require_GET
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Figures and a link to ПОС; no comments and no names."""
    centre = municipality_by_slug(slug)
    now, over = public_of(centre.pk)
    context = {
        "now": [_shown(one) for one in now],
        "over": [_shown(one) for one in over],
        "pos": pos_of(centre),
    }
    return render(request, "portal/consultations.html", context, centre=centre)


def _shown(one: Consultation) -> dict[str, Any]:
    told = one.state == ConsultationState.PUBLISHED
    return {
        "one": one,
        "told": told,
        "options": [
            (option.text, option.votes, share(option.votes, one.participants))
            for option in one.options.all()
        ],
    }
