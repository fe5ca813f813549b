"""What the centre is: its form, who runs it, by which act."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from otklik.base import clock
from otklik.directory.organisation.queries import (
    municipality_by_slug,
    regulation_facts,
    regulation_in_force,
)
from otklik.web.portal.page import render


def about(request: HttpRequest, slug: str) -> HttpResponse:
    found = municipality_by_slug(slug)
    facts = [
        ("Форма", found.get_centre_form_kind_display() or found.centre_form),
        ("Учреждение", found.operator.name if found.operator else ""),
        ("Правовое основание", found.legal_basis),
        ("Создан", f"{found.established_on:%d.%m.%Y}" if found.established_on else ""),
    ]
    context = {
        "facts": [(label, value) for label, value in facts if value],
        "act": regulation_in_force(found.pk, clock.today(found.tz)),
        "aim": regulation_facts(found).centre.aim,
    }
    return render(request, "portal/about.html", context, centre=found)
