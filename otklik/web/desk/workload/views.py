"""Occupancy: blocks, their bodies, their people; what comes in four weeks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.shortcuts import render as plain_render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from otklik.base.errors import NotFound, OtklikError
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.workload import actions, queries
from otklik.insight.workload.queries import BlockLoad, BodyLoad, Occupancy
from otklik.insight.workload.rules.level import MINIMUM, OVER, Load
from otklik.insight.workload.vocabulary import Level
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.workload.shown import (
    SHAPES,
    block_line,
    body_line,
    chart,
    line,
    person_line,
    rows_url,
)
from otklik.web.look.toasts import toast

SHOWN = 30


class TimeForm(forms.Form):
    number = forms.CharField(label="Номер обращения", max_length=40)
    minutes = forms.IntegerField(label="Минут", min_value=1, max_value=24 * 60)


@require_GET
@desk()
def workload(request: DeskRequest) -> HttpResponse:
    found = queries.occupancy(request.access)
    block, body = _chosen(request, found)
    load: Load = body.load if body else block.load if block else found.total
    inside = [body] if body else block.bodies if block else None
    whose: dict[str, Any] = {
        "body": body.pk if body else None,
        "block": block.pk if block else None,
    }
    coming = queries.ahead(request.access, found, load, inside)
    level = _level(load, coming.share)
    every = bool(request.GET.get("all"))
    bodies = block.bodies if block else found.bodies
    context = {
        "found": found,
        "sector": block,
        "body": body,
        "whole": line("Всего", load, **whose),
        "coming": coming,
        "coming_level": level,
        "coming_shape": SHAPES[level],
        "expected": round(coming.forecast.expected),
        "chart": chart(coming, **whose),
        "blocks": [] if block or body else [block_line(one) for one in found.blocks],
        "bodies": [] if body else [body_line(one) for one in _cut(bodies, every)],
        "more": 0 if body or every else max(0, len(bodies) - SHOWN),
        "people": _people(body) if body else [],
        "groups": body.groups[:12] if body else [],
        "may_set": request.access.may(Permission.SET_UP),
        "may_propose": request.access.may(Permission.ANALYTICS),
        "time_form": TimeForm() if request.access.may(Permission.DRAFT) else None,
        "notes": _notes(request),
        "overdue_url": rows_url("overdue", **whose),
    }
    crumbs = [("Занятость", reverse("desk:workload"))]
    crumbs.append((body.name if body else block.name if block else "", ""))
    return render(
        request,
        "desk/workload/workload.html",
        context,
        crumbs=crumbs if body or block else None,
    )


@require_GET
@desk()
def hint(request: DeskRequest) -> HttpResponse:
    """A line for the first page, asked for after it is shown; empty where nothing is to be said."""
    if not queries.may_count(request.access):
        return HttpResponse("")
    found = queries.occupancy(request.access)
    told = [one for one in found.bodies if one.load.share is not None and not one.load.few]
    over = [one for one in told if (one.load.share or 0) > OVER]
    context = {
        "whole": line("", found.total),
        "over": [body_line(one) for one in over[:3]],
        "own": len(found.bodies) == 1 and found.bodies[0].own_only,
        "shown": bool(told),
    }
    return _fragment(request, "desk/workload/_hint.html", context)


@require_POST
@desk(Permission.DRAFT)
def time(request: DeskRequest) -> HttpResponse:
    """Note time spent on a case."""
    form = TimeForm(request.POST)
    if not form.is_valid():
        toast(request, "Укажите номер обращения и минуты, от 1 до 1440.", level=messages.ERROR)
        return redirect("desk:workload")
    try:
        note = actions.note_time(access=request.access, **form.cleaned_data)
    except OtklikError as error:
        toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
    else:
        toast(request, f"Отмечено: {note.appeal.number}, {note.minutes} мин")
    return redirect("desk:workload")


def _fragment(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return plain_render(request, template, context)


def _chosen(request: DeskRequest, found: Occupancy) -> tuple[BlockLoad | None, BodyLoad | None]:
    """What the address asks for; NotFound for what is beyond reach, as for what there is not."""
    block, body = request.GET.get("block", ""), request.GET.get("body", "")
    if body:
        one = found.body(int(body)) if body.isdecimal() else None
        if one is None:
            raise NotFound("Занятость этого органа вам не доступна.", "Вернитесь к списку.")
        return None, one
    if block:
        many = found.block(int(block)) if block.isdecimal() else None
        if many is None:
            raise NotFound("Занятость этого блока вам не доступна.", "Вернитесь к списку.")
        return many, None
    return None, None


def _cut(bodies: Any, every: bool) -> Any:
    return bodies if every else bodies[:SHOWN]


def _people(body: BodyLoad) -> list[dict[str, Any]]:
    rows = [person_line(body, one) for one in body.people]
    if body.whole.given or body.whole.waiting:
        rows.append(
            {
                **line("Не названо исполнителя", body.whole, body=body.pk, person="none"),
                "nobody": True,
            }
        )
    return rows


def _level(load: Load, share: float | None) -> Level:
    """The word of a level expected, by the same bounds."""
    if share is None:
        return Level.FEW
    return replace(load, given=max(load.given, MINIMUM), effort=share, hours=1.0).level


def _notes(request: DeskRequest) -> list[Any]:
    if not request.access.may(Permission.DRAFT):
        return []
    return list(queries.own_notes(request.access, limit=5))
