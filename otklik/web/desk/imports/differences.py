"""Differences between our cases and their messages in other systems, one decision a row."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from otklik.base.errors import OtklikError, Refused
from otklik.casework.intake import actions, queries
from otklik.casework.intake.models import Difference
from otklik.casework.intake.vocabulary import Decision, DifferenceKind
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.appeals.unnamed import unnamed
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.imports.tabs import tabs
from otklik.web.look.toasts import toast

SHOWN = 100
ACTS = {
    DifferenceKind.CLOSED_THERE: ("Закрыть и у нас", Permission.SEND),
    DifferenceKind.OPEN_THERE: ("Вернуть в работу", Permission.ASSIGN),
    DifferenceKind.LAW59: ("Перевести в обращение", Permission.CONVERT),
}
HINTS = {
    DifferenceKind.CLOSED_THERE: "Там ответ уже дан. Начатый у нас ответ останется черновиком.",
    DifferenceKind.OPEN_THERE: "У нас дело закрыто, а там ждут ответа. Если ответ есть, "
    "разместите его там и оставьте как у нас.",
    DifferenceKind.LAW59: "После перевода действует срок закона; уведомьте заявителя.",
}


@desk(Permission.IMPORT)
def differences(request: DeskRequest) -> HttpResponse:
    """Those that wait; with `?decided=1` those decided, newest first."""
    decided = request.GET.get("decided") == "1"
    found = queries.differences(request.access).filter(decided_at__isnull=not decided)
    rows = list(found[: SHOWN + 1])
    home = reverse("imports:differences")
    context = {
        "tabs": tabs(request, "differences"),
        "rows": [_row(request, one) for one in rows[:SHOWN]],
        "more": len(rows) > SHOWN,
        "decided": decided,
        "views": [
            {"label": "Ждут решения", "url": home, "active": not decided},
            {"label": "Решённые", "url": f"{home}?decided=1", "active": decided},
        ],
    }
    return render(request, "desk/imports/differences.html", context)


@require_POST
@desk(Permission.IMPORT)
def decision(request: DeskRequest, pk: int) -> HttpResponse:
    said = request.POST.get("decision", "")
    try:
        if said not in (Decision.AS_THERE, Decision.AS_HERE):
            raise Refused("Не выбрано, что сделать.", "Нажмите одну из двух кнопок.")
        actions.decide_difference(
            access=request.access,
            difference_id=pk,
            decision=Decision(said),
            note=request.POST.get("note", ""),
        )
    except OtklikError as error:
        toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
    else:
        toast(request, f"Решено: {Decision(said).label}")
    return redirect("imports:differences")


def _row(request: DeskRequest, one: Difference) -> dict[str, Any]:
    kind = DifferenceKind(one.kind)
    label, right = ACTS[kind]
    return {
        "one": one,
        "case": unnamed(request.access, one.appeal),
        "act": label if request.access.may(right) else "",
        "hint": HINTS[kind],
    }
