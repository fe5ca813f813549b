"""Contested cases: what waits, what was decided and why."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from otklik.base.errors import OtklikError
from otklik.casework.appeals.queries import visible_to
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.ratings import actions, queries
from otklik.insight.ratings.models import Contest
from otklik.insight.ratings.vocabulary import ContestState, System
from otklik.language.wording import period_words
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.ratings.asking import first_crumb
from otklik.web.look.toasts import toast

SHOWN = 100
SHAPES = {
    ContestState.WAITING: "wait",
    ContestState.EXCLUDED: "done",
    ContestState.KEPT: "closed",
}


@require_GET
@desk()
def contests(request: DeskRequest) -> HttpResponse:
    found = list(queries.contests_of(request.access)[:SHOWN])
    numbers: dict[int, str] = {}
    if request.access.may(Permission.VIEW_APPEALS):
        seen = visible_to(request.access).filter(pk__in={one.appeal_id for one in found})
        numbers = dict(seen.values_list("pk", "number"))
    rows = [_row(request, one, numbers) for one in found]
    context = {
        "waiting": [row for row in rows if row["one"].state == ContestState.WAITING],
        "decided": [row for row in rows if row["one"].state != ContestState.WAITING],
    }
    crumbs = [first_crumb(request), ("Оспоренный учёт", "")]
    return render(request, "desk/ratings/contests.html", context, crumbs=crumbs)


@require_POST
@desk()
def decision(request: DeskRequest, pk: int) -> HttpResponse:
    exclude = request.POST.get("decision") == "exclude"
    try:
        actions.decide_contest(
            access=request.access,
            contest_id=pk,
            exclude=exclude,
            reason=request.POST.get("reason", ""),
        )
    except OtklikError as error:
        toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
    else:
        toast(request, "Вопрос исключён из расчёта" if exclude else "Учёт оставлен")
    return redirect("desk:rating_contests")


def _row(request: DeskRequest, one: Contest, numbers: dict[int, str]) -> dict[str, Any]:
    snapshot = one.snapshot
    return {
        "one": one,
        "number": numbers.get(one.appeal_id, ""),
        "period": period_words(snapshot.since, snapshot.until),
        "shape": SHAPES[ContestState(one.state)],
        "may_decide": queries.may_head(request.access, System(snapshot.system).channel),
    }
