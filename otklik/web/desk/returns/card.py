"""One report: filled by its body, accepted or returned by the head."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from otklik.base import clock
from otklik.base.errors import NotFound, OtklikError
from otklik.coordination.returns import actions, queries
from otklik.coordination.returns.models import Return
from otklik.coordination.returns.rules import Field
from otklik.coordination.returns.vocabulary import TO_DO, FieldKind, ReturnState
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.returns.lists import overdue_by, shape_of
from otklik.web.look.toasts import toast

SPARE_ROWS = 3


@desk()
def report(request: DeskRequest, pk: int) -> HttpResponse:
    today = clock.today(request.municipality.tz)
    found = queries.return_of(request.access, today, pk)
    error, typed = "", None
    if request.method == "POST":
        typed = typed_in(request, found)
        verb = actions.hand_in if request.POST.get("step") == "hand_in" else actions.save_draft
        try:
            verb(access=request.access, return_id=pk, typed=typed)
        except NotFound:
            raise
        except OtklikError as refusal:
            error = f"{refusal.message} {refusal.mend}".strip()
        else:
            handed = verb is actions.hand_in
            toast(request, "Отчёт сдан" if handed else "Сохранено, отчёт ещё не сдан")
            return redirect("desk:return", pk)
    open_here = found.state in TO_DO
    fills = open_here and queries.may_fill(request.access, found, today)
    counted = queries.figures(found.body, found.since, found.until) if open_here else found.counted
    decides = queries.may_decide(request.access)
    context = {
        "report": found,
        "state": shape_of(found),
        "late": overdue_by(found, today),
        "sections": _sections(found, typed, counted),
        "fills": fills,
        "accepts": decides and found.state == ReturnState.SUBMITTED,
        "returns": decides and found.state in (ReturnState.SUBMITTED, ReturnState.ACCEPTED),
        "error": error,
        "versions": [
            {"at": one.handed_at, "title": f"Редакция {one.number} сдана", "actor": one.handed_by}
            for one in found.versions.defer("values")
        ],
    }
    trail = [("Отчёты", reverse("desk:returns")), (str(found), "")]
    status = 422 if error else 200
    return render(request, "desk/returns/report.html", context, crumbs=trail, status=status)


@require_POST
@desk()
def decision(request: DeskRequest, pk: int) -> HttpResponse:
    """Accept, or return with the remark."""
    try:
        if request.POST.get("decision") == "accept":
            actions.accept(access=request.access, return_id=pk)
            toast(request, "Отчёт принят")
        else:
            remark = request.POST.get("remark", "")
            actions.send_back(access=request.access, return_id=pk, remark=remark)
            toast(request, "Отчёт возвращён")
    except NotFound:
        raise
    except OtklikError as error:
        toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
    return redirect("desk:return", pk)


def typed_in(request: DeskRequest, found: Return) -> dict[str, Any]:
    """Fields as typed; cells of a table come row by row under one name."""
    typed: dict[str, Any] = {}
    for one in found.parts():
        if one.kind != FieldKind.TABLE:
            typed[one.key] = request.POST.get(one.key, "")
            continue
        cells, width = request.POST.getlist(one.key), len(one.options)
        typed[one.key] = [cells[at : at + width] for at in range(0, len(cells), width)]
    return typed


def _sections(
    found: Return, typed: Mapping[str, Any] | None, counted: Mapping[str, int]
) -> list[tuple[str, list[dict[str, Any]]]]:
    """Fields under the headings of the form, in its order."""
    values = found.values if typed is None else typed
    sections: dict[str, list[dict[str, Any]]] = {}
    for one in found.parts():
        sections.setdefault(one.section, []).append(_field(one, values, counted))
    return list(sections.items())


def _field(one: Field, values: Mapping[str, Any], counted: Mapping[str, int]) -> dict[str, Any]:
    figure = counted.get(one.counted) if one.counted else None
    value = values.get(one.key)
    if one.kind == FieldKind.TABLE:
        spare = [[""] * len(one.options) for _ in range(SPARE_ROWS)]
        return {"field": one, "rows": value or [], "inputs": [*(value or []), *spare]}
    shown = figure if value is None else value
    text = "" if shown is None else str(shown).replace(".", ",") if _is_number(shown) else shown
    differs = figure is not None and value is not None and str(value) != str(figure)
    return {"field": one, "value": text, "figure": figure, "differs": differs}


def _is_number(value: object) -> bool:
    return isinstance(value, int | float)
