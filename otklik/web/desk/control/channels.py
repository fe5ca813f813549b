"""Channels of the centre: their state, their volume and who works on each."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from otklik.base import clock
from otklik.casework.intake.queries.board import channel_board
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.control.views import sections
from otklik.web.desk.frame import DeskRequest, desk, render

DAYS = 30


@require_GET
@desk(Permission.CONTROL)
def channels(request: DeskRequest) -> HttpResponse:
    context = {
        "sections": sections("control_channels"),
        "lines": channel_board(request.access, now=clock.now(), days=DAYS),
        "days": DAYS,
        "sets_up": request.access.may(Permission.SET_UP),
    }
    return render(request, "desk/control/channels.html", context)
