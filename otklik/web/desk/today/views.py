"""The first page: what this person must do or know today, read in two minutes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from otklik.base import clock
from otklik.casework.appeals import queries
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.casework.problems.queries import spikes_of
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.notifications.actions import mark_read
from otklik.exchange.notifications.queries import recent
from otklik.web.desk.appeals.listing import row_of
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.problems.shown import spike_rows
from otklik.web.desk.today.parts import offered
from otklik.web.desk.today.tiles import tiles
from otklik.web.desk.today.week import week


@desk()
def today(request: DeskRequest) -> HttpResponse:
    context = {
        "tiles": tiles(request),
        "parts": offered(request.access),
        "work": _work(request),
        "week": week(request.access, clock.today(request.municipality.tz), request.municipality.tz)
        if request.access.may(Permission.ANALYTICS)
        else None,
        "notices": recent(request.access, limit=6),
        **_spikes(request),
        "today": clock.now(),
    }
    return render(request, "desk/today/today.html", context)


def _spikes(request: DeskRequest) -> dict[str, Any]:
    """Days that stood out, for those who control or analyse: one query."""
    if not any(request.access.may(one) for one in (Permission.CONTROL, Permission.ANALYTICS)):
        return {}
    today = clock.today(request.municipality.tz)
    return {"spikes": spike_rows(list(spikes_of(request.access, on=today, limit=5)))}


@desk()
def notices(request: DeskRequest) -> HttpResponse:
    if request.method == "POST":
        mark_read(access=request.access)
        return redirect("desk:notices")
    return render(
        request, "desk/today/notices.html", {"notices": recent(request.access, limit=100)}
    )


def _work(request: DeskRequest) -> list[dict[str, Any]]:
    """The open cases nearest to their term that this person sees."""
    soon = AppealFilter(
        open=True, due_until=clock.today(request.municipality.tz) + timedelta(days=3)
    )
    found = queries.matching(request.access, soon).select_related(
        "topic", "executor_body", "settlement", "applicant"
    )
    return [
        row_of(appeal, request) for appeal in found.defer("search").order_by("due_at", "pk")[:12]
    ]
