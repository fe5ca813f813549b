"""Queues of the one who assigns: to appoint, handed back, not received, passed at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from otklik.base import clock
from otklik.base.errors import OtklikError
from otklik.casework.teamwork import actions, queries
from otklik.casework.teamwork.models import HandBack
from otklik.casework.teamwork.rules import in_words
from otklik.directory.organisation.queries import bodies
from otklik.directory.organisation.vocabulary import Permission
from otklik.language.masking import for_work
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.teamwork.panel import reaction_of
from otklik.web.desk.teamwork.steps import number
from otklik.web.look.toasts import toast

PAGE = 100
PERIOD = timedelta(days=30)
TABS = (
    ("", "Назначить исполнителя", "unassigned"),
    ("returned", "Возвращено исполнителями", "handed_back"),
    ("unconfirmed", "Не приняты в работу", "not_received"),
    ("urgent", "Передано срочно", "urgent"),
)


@require_GET
@desk(Permission.ASSIGN)
def coordination(request: DeskRequest) -> HttpResponse:
    tab = request.GET.get("tab", "")
    tab = tab if tab in {key for key, _, _ in TABS} else ""
    counts = queries.coordination_counts(request.access, request.municipality)
    home = reverse("desk:coordination")
    context = {
        "tab": tab,
        "tabs": [
            {
                "label": label,
                "url": f"{home}?tab={key}" if key else home,
                "active": key == tab,
                "count": getattr(counts, name),
            }
            for key, label, name in TABS
        ],
        **_ROWS[tab](request),
    }
    return render(request, "desk/teamwork/coordination.html", context)


@require_POST
@desk(Permission.ASSIGN)
def verdict(request: DeskRequest, pk: int) -> HttpResponse:
    """Accept or decline an assignment handed back."""
    try:
        if request.POST.get("decision") == "accept":
            found: HandBack = actions.accept_hand_back(
                access=request.access,
                hand_back_id=pk,
                body_id=number(request, "body"),
                reason=request.POST.get("reason", ""),
            )
        else:
            found = actions.decline_hand_back(
                access=request.access, hand_back_id=pk, reason=request.POST.get("reason", "")
            )
    except OtklikError as error:
        toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
    else:
        toast(request, f"Решено: {found.get_state_display()}")
    return redirect(f"{reverse('desk:coordination')}?tab=returned")


def _unassigned(request: DeskRequest) -> dict[str, Any]:
    now = clock.now()
    personal = request.access.may(Permission.VIEW_PERSONAL)
    rows = list(queries.waiting_for_executor(request.access)[: PAGE + 1])
    return {
        "rows": [
            {
                "case": case,
                "summary": case.summary if personal else for_work(case.summary).text,
                "waits": in_words(now - case.queued_at),  # type: ignore[attr-defined]
            }
            for case in rows[:PAGE]
        ],
        "more": len(rows) > PAGE,
        "times": _times(request),
    }


def _times(request: DeskRequest) -> dict[str, Any] | None:
    """How long cases of the last thirty days waited for an executor."""
    found = queries.waiting_times(request.access, clock.now() - PERIOD)
    if found is None:
        return None
    return {
        "amount": found.amount,
        "middle": in_words(found.middle),
        "longest": in_words(found.longest),
    }


def _returned(request: DeskRequest) -> dict[str, Any]:
    rows = list(queries.handed_back(request.access)[: PAGE + 1])
    return {
        "rows": rows[:PAGE],
        "more": len(rows) > PAGE,
        "bodies": list(bodies(request.municipality.pk)),
    }


def _unconfirmed(request: DeskRequest) -> dict[str, Any]:
    now = clock.now()
    before = queries.receipt_deadline(request.municipality, now)
    rows = list(queries.not_received(request.access, before)[: PAGE + 1])
    return {
        "rows": [{"one": one, "waits": in_words(now - one.assigned_at)} for one in rows[:PAGE]],
        "more": len(rows) > PAGE,
    }


def _urgent(request: DeskRequest) -> dict[str, Any]:
    now = clock.now()
    rows = list(queries.urgent_passes(request.access)[: PAGE + 1])
    return {
        "rows": [
            {
                "one": one,
                "reaction": reaction_of(one.assignment, one),
                "waits": in_words(now - one.urgent_at) if one.urgent_at else "",
            }
            for one in rows[:PAGE]
        ],
        "more": len(rows) > PAGE,
    }


_ROWS = {"": _unassigned, "returned": _returned, "unconfirmed": _unconfirmed, "urgent": _urgent}
