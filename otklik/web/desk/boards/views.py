"""The control point: the current picture on one screen, for a desk and for a wall."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render as plain_render
from django.urls import reverse
from django.views.decorators.http import require_GET

from otklik.base import clock
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.boards.shown import board_of
from otklik.web.desk.frame import DeskRequest, desk, render


@require_GET
@desk(Permission.ANALYTICS)
def board(request: DeskRequest) -> HttpResponse:
    """`wall=1` fills a wall display; `part=1` is what the page asks again every minute."""
    wall = request.GET.get("wall") == "1"
    address = reverse("desk:board")
    context = {
        "board": board_of(request, clock.now()),
        "wall": wall,
        "place": request.municipality,
        "place_name": request.municipality.short_name,
        "poll_url": f"{address}?part=1{'&wall=1' if wall else ''}",
        "wall_url": f"{address}?wall=1",
        "board_url": address,
    }
    if request.GET.get("part") == "1":
        return plain_render(request, "desk/boards/_board.html", context)
    if wall:
        return plain_render(request, "desk/boards/wall.html", context)
    return render(request, "desk/boards/board.html", context)
