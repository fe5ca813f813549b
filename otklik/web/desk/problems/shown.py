"""Shapes of states, and steps that tell a refusal on the page they came from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from otklik.base.errors import OtklikError
from otklik.casework.problems.models import Spike
from otklik.casework.problems.rules import spike_told
from otklik.casework.problems.vocabulary import CaseState, ProblemState, RowState
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.frame import DeskRequest, desk
from otklik.web.look.toasts import toast

SHAPES: dict[str, str] = {
    ProblemState.PROPOSED: "new",
    ProblemState.CONFIRMED: "work",
    ProblemState.SOLVED: "done",
    ProblemState.DISMISSED: "off",
}
CASE_SHAPES: dict[str, str] = {CaseState.PROPOSED: "new", CaseState.JOINED: "work"}
ROW_SHAPES: dict[str, str] = {
    RowState.WAITING: "wait",
    RowState.SUBMITTED: "review",
    RowState.SIGNED: "work",
    RowState.QUEUED: "done",
    RowState.REFUSED: "warn",
}
Step = Callable[[DeskRequest, int], str]


def step(view: Step) -> Callable[..., HttpResponse]:
    """POST only, back to the problem; a refusal becomes a message there."""

    def guarded(request: DeskRequest, /, pk: int) -> HttpResponse:
        try:
            toast(request, view(request, pk))
        except OtklikError as error:
            toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
        return redirect("desk:problem", pk)

    return require_POST(desk(Permission.VIEW_APPEALS)(guarded))


def chosen(request: DeskRequest) -> list[int]:
    """Cases whose boxes are ticked."""
    raw = request.POST.getlist("case") or request.GET.getlist("case")
    return [int(one) for one in raw if one.isdecimal()]


def spike_rows(found: list[Spike]) -> list[dict[str, Any]]:
    return [
        {
            "what": f"{one.topic.name}, {one.settlement}",
            "day": one.day,
            "told": spike_told(one.count, one.usual, one.day),
            "url": f"/desk/appeals/?topic={one.topic_id}&settlement={one.settlement_id}"
            f"&since={one.day}&until={one.day}",
        }
        for one in found
    ]
