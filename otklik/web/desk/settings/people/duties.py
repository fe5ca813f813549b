"""Employees by direction of a block, and their job descriptions."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from otklik.base import clock
from otklik.base.errors import Forbidden, NotFound, OtklikError, Refused
from otklik.base.given import day_given
from otklik.directory.organisation import actions, queries
from otklik.directory.organisation.actions.duties import JOB_DESCRIPTION
from otklik.directory.organisation.models import Block
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.attachments.queries import files_of
from otklik.web.desk.appeals.files import serve
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.look.toasts import toast


@require_GET
@desk()
def duties(request: DeskRequest) -> HttpResponse:
    """Directions without an employee first, then job descriptions not yet brought up to date."""
    place, today = request.municipality, clock.today(request.municipality.tz)
    _may_look(request, today)
    described = queries.described(request.access, today)
    files = {one.subject_id: one for one in files_of(JOB_DESCRIPTION, [a.pk for a in described])}
    rows = queries.directions(request.access, today)
    due_on = day_given(place.settings.get("directions_due_on", ""))
    context = {
        "directions": rows,
        "empty": sum(one.holder is None for one in rows),
        "late": due_on is not None and due_on < today,
        "due_on": due_on,
        "described": [
            (one, getattr(one, "job_description", None), files.get(one.pk)) for one in described
        ],
        "outstanding": sum(not hasattr(one, "job_description") for one in described),
        "people": queries.people(place.pk, today).filter(is_active=True).prefetch_related(None),
        "led": set(queries.led_blocks(request.access, today).values_list("pk", flat=True)),
        "organises": request.access.allows(Permission.ORGANISE),
        "today": today,
    }
    trail = [("Состав", reverse("desk:composition")), ("Закрепление сотрудников", "")]
    return render(request, "desk/settings/people/duties.html", context, crumbs=trail)


@require_POST
@desk()
def direction(request: DeskRequest) -> HttpResponse:
    def act() -> str:
        today = clock.today(request.municipality.tz)
        block = queries.own(request.access, Block, _number(request, "block"))
        people = queries.people(request.municipality.pk, today)
        account = people.filter(pk=_number(request, "account"), is_active=True).first()
        if account is None:
            raise Refused("Не выбран сотрудник.", "Выберите его из списка.")
        actions.hold_direction(
            access=request.access, block=block, direction=request.POST.get("direction", ""),
            account=account, on=today,
        )  # fmt: skip
        return f"Закреплено: {account.short_name}"

    return _done(request, act)


@require_POST
@desk()
def directions_due(request: DeskRequest) -> HttpResponse:
    def act() -> str:
        due_on = day_given(request.POST.get("due_on", ""))
        actions.set_directions_due(access=request.access, due_on=due_on)
        return "Срок закрепления сохранён"

    return _done(request, act)


@require_POST
@desk()
def job_description(request: DeskRequest, pk: int) -> HttpResponse:
    def act() -> str:
        updated_on = day_given(request.POST.get("updated_on", ""))
        if updated_on is None:
            raise Refused("Не указана дата инструкции.", "Выберите день в календаре.")
        file = request.FILES.get("file")
        actions.mark_job_description(
            access=request.access,
            appointment=queries.appointment_of(request.access, pk),
            updated_on=updated_on,
            note=request.POST.get("note", ""),
            file=(file.name or "инструкция", file.read()) if file else None,
            on=clock.today(request.municipality.tz),
        )
        return "Отмечено"

    return _done(request, act)


@require_GET
@desk()
def job_description_file(request: DeskRequest, pk: int) -> HttpResponse:
    today = clock.today(request.municipality.tz)
    seen = {one.pk for one in queries.described(request.access, today)}
    kept = files_of(JOB_DESCRIPTION, [pk]).last() if pk in seen else None
    if kept is None:
        raise NotFound("Файла инструкции нет.", "Вернитесь к закреплению сотрудников.")
    return serve(kept)


def _may_look(request: DeskRequest, today: date) -> None:
    access = request.access
    if access.allows(Permission.ORGANISE) or access.allows(Permission.CONTROL):
        return
    if not queries.led_blocks(access, today).exists():
        raise Forbidden(
            "Закрепление видят ответственные за блоки и руководитель центра.",
            "Обратитесь к ответственному за ваш блок.",
        )


def _done(request: DeskRequest, act: Any) -> HttpResponse:
    try:
        said = act()
    except OtklikError as error:
        toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
    else:
        toast(request, said)
    return redirect("desk:duties")


def _number(request: DeskRequest, name: str) -> int:
    raw = request.POST.get(name, "")
    if not raw.isdecimal():
        raise Refused("Ничего не выбрано.", "Выберите вариант из списка.")
    return int(raw)
