"""Calling back: whom to ring and when, and what came of each try."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import make_aware
from django.views.decorators.http import require_GET, require_POST

from otklik.base import clock
from otklik.base.errors import OtklikError, Refused
from otklik.casework.calls import queries
from otklik.casework.calls.actions import ask_call_back, note_attempt
from otklik.casework.calls.models import CallBack
from otklik.casework.calls.rules import MOST
from otklik.casework.calls.vocabulary import CallBackState, CallResult
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record_read
from otklik.web.desk.appeals.steps import step
from otklik.web.desk.appeals.unnamed import sees_person, unnamed
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.look.toasts import toast

SHOWN = 100


@require_GET
@desk(Permission.REGISTER)
def calls(request: DeskRequest) -> HttpResponse:
    """Calls to make, the soonest first; with `?done=1` those that are over."""
    done = request.GET.get("done") == "1"
    found = queries.call_backs(request.access)
    found = (
        found.exclude(state=CallBackState.WAITING).order_by("-closed_at", "-pk")
        if done
        else found.filter(state=CallBackState.WAITING)
    )
    rows = [_row(request, one) for one in found[: SHOWN + 1]]
    seen = [row["one"].appeal_id for row in rows[:SHOWN] if row["phone"]]
    if seen:
        record_read(
            seen,
            actor=request.access.actor,
            municipality_id=request.access.municipality_id,
            purpose="обратные звонки",
        )
    home = reverse("desk:calls")
    context = {
        "tabs": [
            {"label": "Перезвонить", "url": home, "active": not done},
            {"label": "Закрытые", "url": f"{home}?done=1", "active": done},
        ],
        "rows": rows[:SHOWN],
        "more": len(rows) > SHOWN,
        "done": done,
        "results": CallResult.choices,
        "imports": request.access.may(Permission.IMPORT),
    }
    return render(request, "desk/calls/calls.html", context)


@require_POST
@desk(Permission.REGISTER)
def attempt(request: DeskRequest, pk: int) -> HttpResponse:
    try:
        told = request.POST.get("result", "")
        if told not in CallResult.values:
            raise Refused("Не отмечено, чем кончился звонок.", "Выберите итог.")
        task = note_attempt(
            access=request.access,
            call_back_id=pk,
            result=CallResult(told),
            note=request.POST.get("note", ""),
            next_at=_moment(request, "next_at"),
            give_up=bool(request.POST.get("give_up")),
        )
    except OtklikError as error:
        toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
    else:
        toast(request, f"Записано: {CallResult(told).label}. {_then(request, task)}")
    return redirect("desk:calls")


@step
def ask(request: DeskRequest, pk: int) -> str:
    """From the card of a case."""
    task = ask_call_back(
        access=request.access,
        appeal_id=pk,
        phone=request.POST.get("phone", ""),
        next_at=_moment(request, "next_at"),
        about=request.POST.get("about", ""),
    )
    return f"Перезвонить: {_local(request, task.next_at)}"


def _row(request: DeskRequest, one: CallBack) -> dict[str, Any]:
    known = sees_person(request.access, one.appeal)
    return {
        "one": one,
        "case": unnamed(request.access, one.appeal),
        "phone": one.phone if known else "",
        "late": one.state == CallBackState.WAITING and one.next_at < clock.now(),
        "enough": one.tries >= MOST,
    }


def _then(request: DeskRequest, task: CallBack) -> str:
    if task.state == CallBackState.WAITING:
        return f"Следующая попытка: {_local(request, task.next_at)}"
    return "Задача закрыта"


def _local(request: DeskRequest, moment: datetime) -> str:
    return f"{moment.astimezone(request.municipality.tz):%d.%m.%Y, %H:%M}"


def _moment(request: DeskRequest, name: str) -> datetime | None:
    raw = request.POST.get(name, "").strip()
    try:
        found = parse_datetime(raw) if raw else None
    except ValueError:
        found = None
    if raw and found is None:
        raise Refused("Время записано неверно.", "Например: 05.03.2026 14:30.")
    return make_aware(found, request.municipality.tz) if found else None
