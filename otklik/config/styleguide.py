"""The page of samples, shown in development and demonstration only."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from otklik.base import clock
from otklik.web.look.styleguide import context


def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component; `?door=desk|portal|bare` chooses whose page it is."""
    door = request.GET.get("door", "desk")
    return render(request, "look/styleguide.html", context(clock.now(), door))
