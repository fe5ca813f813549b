"""Chosen cases of a list into a problem: a known one or a new one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from otklik.base.errors import OtklikError
from otklik.casework.appeals.queries import visible_to
from otklik.casework.problems import actions, queries
from otklik.directory.organisation.vocabulary import Permission
from otklik.language.wording import counted
from otklik.web.desk.appeals.unnamed import unnamed
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.problems.shown import chosen
from otklik.web.look.toasts import toast

MOST = 200
_CASES = ("обращение", "обращения", "обращений")


@desk(Permission.VIEW_APPEALS)
def joining(request: DeskRequest) -> HttpResponse:
    ids = chosen(request)[:MOST]
    if request.method == "POST":
        done = _join(request, ids)
        if done is not None:
            return done
    cases = visible_to(request.access).filter(pk__in=ids).order_by("pk")
    context = {
        "cases": [unnamed(request.access, case) for case in cases.defer("search")],
        "problems": list(queries.open_problems(request.access)[:100]),
        "may_keep": queries.may_keep(request.access),
    }
    trail = [("Обращения", reverse("desk:appeals")), ("В проблему", "")]
    return render(request, "desk/problems/joining.html", context, crumbs=trail)


def _join(request: DeskRequest, ids: list[int]) -> HttpResponse | None:
    """None when it is refused: the page is shown again with what was chosen."""
    target = request.POST.get("problem", "")
    try:
        if target.isdecimal():
            joined = actions.join(access=request.access, problem_id=int(target), appeal_ids=ids)
            toast(request, f"Присоединено: {counted(len(joined), _CASES)}")
            return redirect("desk:problem", int(target))
        found = actions.open_problem(access=request.access, appeal_ids=ids)
    except OtklikError as error:
        toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
        return None
    toast(request, f"Заведена проблема {found.number}")
    return redirect("desk:problem", found.pk)
