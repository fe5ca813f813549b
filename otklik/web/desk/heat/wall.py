"""The map on a wall: large figures, layers in turn, fresh within seconds, by link or by session."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from otklik.base import clock
from otklik.base.errors import Forbidden
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.queries import access_of
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.directory.territory.queries import base_map
from otklik.insight.heatmap.actions import digest_of, note_screen
from otklik.insight.heatmap.models import Screen
from otklik.insight.heatmap.queries import (
    Layer,
    layer_of,
    places_for,
    pulse_of,
    screen_by,
)
from otklik.insight.heatmap.vocabulary import Shade, View
from otklik.language.wording import counted, number
from otklik.web.desk.frame import DeskRequest, desk
from otklik.web.desk.heat.shown import CASES, classes_for, drawn, legend_of
from otklik.web.look.mapdata import picture_of

DAYS = 30
TOP = 5
SECONDS, TURN = 5, 20
"""Between two questions for news; of one layer."""
WARN_DAYS = 7
GONE = "Ссылка экрана больше не действует."


@require_GET
@desk(Permission.ANALYTICS)
def wall(request: DeskRequest) -> HttpResponse:
    """In the session of who looks: ends with it, and says so."""
    return _page(request, request.municipality, reverse("desk:wall_data"))


@require_GET
@desk(Permission.ANALYTICS)
def data(request: DeskRequest) -> HttpResponse:
    return _answer(request, request.access, request.municipality, "")


@require_GET
def by_key(request: HttpRequest, key: str) -> HttpResponse:
    """Without a session: by the link that was made for this screen."""
    screen = _screen(key)
    return _page(request, screen.municipality, reverse("desk:wall_data_by_key", args=[key]))


@require_GET
def data_by_key(request: HttpRequest, key: str) -> HttpResponse:
    screen = screen_by(digest_of(key), clock.now())
    if screen is None:
        return JsonResponse({"gone": GONE}, status=410)
    now, place = clock.now(), screen.municipality
    note_screen(screen=screen, now=now)
    access = access_of(screen.account, place.pk, clock.today(place.tz))
    left = screen.until - now
    note = ""
    if left < timedelta(days=WARN_DAYS):
        note = f"Ссылка экрана действует до {screen.until.astimezone(place.tz):%d.%m.%Y %H:%M}"
    try:
        return _answer(request, access, place, note)
    except Forbidden:
        return JsonResponse({"gone": "У того, кто разрешил экран, больше нет права."}, status=410)


def _screen(key: str) -> Screen:
    screen = screen_by(digest_of(key), clock.now())
    if screen is None:
        raise Forbidden(GONE, "Попросите новую на странице «Карта — экраны».")
    return screen


def _page(request: HttpRequest, place: Municipality, data_url: str) -> HttpResponse:
    drawn_base = base_map(place.pk)
    bounds = list(drawn_base.bounds) if drawn_base else []
    context = {
        "place": place,
        "place_name": place.short_name,
        "back_url": reverse("desk:map"),
        "wall_data": {
            **picture_of(drawn_base.layers if drawn_base else {}, bounds),
            "url": data_url,
            "seconds": SECONDS,
            "turn": TURN,
        },
    }
    answer = render(request, "desk/heat/wall.html", context)
    answer["Referrer-Policy"] = "no-referrer"
    answer["Cache-Control"] = "no-store"
    return answer


def _answer(request: HttpRequest, access: Access, place: Municipality, note: str) -> HttpResponse:
    """The same answer has the same tag: nothing is sent and nothing drawn anew."""
    said = wall_of(access, place)
    said["note"] = note
    body = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    tag = f'"{hashlib.sha256(body.encode()).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        answer = HttpResponse(status=304)
    else:
        answer = HttpResponse(body, content_type="application/json; charset=utf-8")
    answer["ETag"] = tag
    answer["Cache-Control"] = "no-cache, private"
    return answer


def wall_of(access: Access, place: Municipality) -> dict[str, Any]:
    """Figures, and layers to show in turn; nothing of a single case."""
    now, today = clock.now(), clock.today(place.tz)
    period = AppealFilter(since=today - timedelta(days=DAYS - 1), until=today)
    places = places_for(access, View.PLACES)

    def layer(**more: Any) -> Layer:
        wanted = replace(period, **more)
        return layer_of(access, wanted, view=View.PLACES, level=0, now=now, places=places)

    pulse, whole = pulse_of(access, period, today=today, now=now), layer()
    turns = [
        _turn("Все обращения", whole, Shade.COUNT),
        _turn("Просрочено", layer(overdue=True), Shade.COUNT),
        _turn("На 1000 жителей", whole, Shade.PER_1000),
        *(_turn(group, layer(topic_group=group), Shade.COUNT) for group in whole.topics),
    ]
    return {
        "figures": [
            ["Сегодня поступило", number(pulse.today), ""],
            [f"За {DAYS} дней", number(whole.total), ""],
            ["В работе", number(pulse.open), ""],
            ["Просрочено", number(pulse.overdue), "danger" if pulse.overdue else "ok"],
        ],
        "layers": turns,
    }


def _turn(title: str, layer: Layer, shade: Shade) -> dict[str, Any]:
    classes = classes_for(layer.spots, shade)
    top = sorted(layer.spots, key=lambda spot: -(spot.value(shade) or 0))
    return {
        "title": title,
        "legend": legend_of(classes, shade),
        "top": [[spot.name, counted(spot.count, CASES)] for spot in top[:TOP] if spot.count],
        **_numbers(drawn(layer, shade, classes)),
    }


def _numbers(found: dict[str, Any]) -> dict[str, Any]:
    """Addresses of lists are left out: a screen on a wall opens nothing."""
    for name in ("areas", "features", "labels"):
        for one in found[name]["features"]:
            one["properties"].pop("url", None)
    return found
