"""The first page: what this person must do or know today, read in two minutes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from otklik.base import clock
from otklik.casework.appeals import queries
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.casework.deadlines.queries import control_counts
from otklik.casework.problems.queries import spikes_of
from otklik.casework.replies.queries import in_state, waiting_for_decision
from otklik.casework.replies.vocabulary import ReplyStatus
from otklik.coordination.tasks.queries import counts as task_counts
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.channels.queries import to_carry, troubled
from otklik.exchange.notifications.actions import mark_read
from otklik.exchange.notifications.queries import recent
from otklik.web.desk.appeals.listing import row_of
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.problems.shown import spike_rows
from otklik.web.desk.today.week import week

CAP = 2000


@desk()
def today(request: DeskRequest) -> HttpResponse:
    context = {
        "tiles": _tiles(request),
        "work": _work(request),
        "week": week(request.access, clock.today(request.municipality.tz))
        if request.access.may(Permission.ANALYTICS)
        else None,
        "notices": recent(request.access, limit=6),
        **_spikes(request),
        "today": clock.now(),
    }
    return render(request, "desk/today/today.html", context)


def _spikes(request: DeskRequest) -> dict[str, Any]:
    """Days that stood out, for those who control or analyse: one query."""
    if not any(request.access.may(one) for one in (Permission.CONTROL, Permission.ANALYTICS)):
        return {}
    today = clock.today(request.municipality.tz)
    return {"spikes": spike_rows(list(spikes_of(request.access, on=today, limit=5)))}


@desk()
def notices(request: DeskRequest) -> HttpResponse:
    if request.method == "POST":
        mark_read(access=request.access)
        return redirect("desk:notices")
    return render(
        request, "desk/today/notices.html", {"notices": recent(request.access, limit=100)}
    )


def _tiles(request: DeskRequest) -> list[dict[str, Any]]:
    """Numbers of the work at hand, each a link to its rows; only what this person may do."""
    access, found = request.access, []
    if access.may(Permission.CONTROL):
        counts = control_counts(access, now=clock.now())
        control = reverse("desk:control")
        found += [
            _tile("Просрочено", counts.overdue, f"{control}?urgency=overdue", "danger"),
            _tile("Срок сегодня", counts.today, f"{control}?urgency=today", "warn"),
            _tile("Срок на неделе", counts.week, f"{control}?urgency=week", ""),
        ]
    if access.may(Permission.ASSIGN):
        found.append(
            _listed(request, "Назначить исполнителя", AppealFilter(unassigned=True), "warn")
        )
    if access.may(Permission.CLASSIFY):
        found.append(
            _listed(request, "Определить тему", AppealFilter(no_topic=True, open=True), "")
        )
    if access.may(Permission.APPROVE) or access.may(Permission.SIGN):
        waiting = waiting_for_decision(access).count()
        found.append(_tile("Ждут моего решения", waiting, reverse("desk:replies"), "warn"))
    if access.may(Permission.SEND):
        found += _sending(request)
    return found + _tasks(request)


def _tasks(request: DeskRequest) -> list[dict[str, Any]]:
    """Tasks of this person and those he watches; nothing where there are none: one query."""
    counts = task_counts(request.access, clock.today(request.municipality.tz))
    base = reverse("desk:tasks")
    mine = "danger" if counts["mine_overdue"] else "warn"
    wanted = (
        ("Мои поручения", counts["mine"], f"{base}?view=mine", mine),
        ("Поручения просрочены", counts["overdue"], f"{base}?view=all&state=overdue", "danger"),
    )
    return [_tile(*one) for one in wanted if one[1]]


def _sending(request: DeskRequest) -> list[dict[str, Any]]:
    access = request.access
    signed = in_state(access, ReplyStatus.SIGNED).count()
    carry = reverse("desk:carry")
    return [
        _tile("Отправить", signed, f"{reverse('desk:replies')}?tab=signed", "warn"),
        _tile("Перенести в систему", to_carry(access).count(), carry, ""),
        _tile("Не доставлено", troubled(access).count(), carry, "danger"),
    ]


def _listed(request: DeskRequest, label: str, wanted: AppealFilter, tone: str) -> dict[str, Any]:
    count, capped = queries.count(queries.matching(request.access, wanted), cap=CAP)
    tile = _tile(label, count, f"{reverse('desk:appeals')}?{wanted.query()}", tone)
    return {**tile, "hint": "и больше" if capped else ""}


def _tile(label: str, count: int, url: str, tone: str) -> dict[str, Any]:
    return {"label": label, "count": count, "url": url, "tone": tone if count else "ok", "hint": ""}


def _work(request: DeskRequest) -> list[dict[str, Any]]:
    """The open cases nearest to their term that this person sees."""
    soon = AppealFilter(
        open=True, due_until=clock.today(request.municipality.tz) + timedelta(days=3)
    )
    found = queries.matching(request.access, soon).select_related(
        "topic", "executor_body", "settlement", "applicant"
    )
    return [
        row_of(appeal, request) for appeal in found.defer("search").order_by("due_at", "pk")[:12]
    ]
