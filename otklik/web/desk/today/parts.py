"""Parts of the first page that take longer to count: asked for after the page is shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render as plain_render
from django.urls import reverse
from django.views.decorators.http import require_GET

from otklik.base import clock
from otklik.base.errors import NotFound
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.growth.queries import growth_report
from otklik.insight.growth.rules.wording import explanation, headline, verdict
from otklik.insight.ratings.queries import kept, snapshots_of
from otklik.insight.ratings.queries.snapshots import WORKING
from otklik.insight.ratings.vocabulary import SnapshotState, Subject
from otklik.insight.reports.queries import notes_of
from otklik.insight.reports.vocabulary import NoteStatus
from otklik.insight.workload.queries import may_count
from otklik.web.desk.cuts.pinning import pinned
from otklik.web.desk.frame import DeskRequest, desk

DAYS = 7
FACTORS = 3
PLACES = 3
PAPERS = 5
SOON = timedelta(days=10)


@require_GET
@desk()
def part(request: DeskRequest, name: str) -> HttpResponse:
    """One part; empty where there is nothing to say. NotFound for a part there is not."""
    making = _PARTS.get(name)
    if making is None:
        raise NotFound("Такой части у страницы нет.", "Вернитесь на страницу «Сегодня».")
    context = making(request)
    if not context:
        return HttpResponse("")
    return plain_render(request, f"desk/today/_{name}.html", context)


def offered(access: Access) -> list[dict[str, str]]:
    """Parts this person is shown, with where to go without scripts."""
    found = []
    if access.may(Permission.ANALYTICS):
        found.append(_offer("pinned", "Закреплённые разрезы", "desk:summary"))
        found.append(_offer("growth", "Причины роста", "desk:growth"))
    if may_count(access):
        found.append(
            {
                "url": reverse("desk:workload_hint"),
                "label": "Занятость",
                "page": reverse("desk:workload"),
            }
        )
    if any(access.may(right) for right in WORKING):
        page = "desk:rating" if access.may(Permission.ANALYTICS) else "desk:rating_snapshots"
        found.append(_offer("rating", "Рейтинг", page))
    if access.may(Permission.REPORT):
        found.append(_offer("papers", "Документы", "desk:reports"))
    return found


def _offer(name: str, label: str, page: str) -> dict[str, str]:
    return {"url": reverse("desk:today_part", args=[name]), "label": label, "page": reverse(page)}


def _pinned(request: DeskRequest) -> dict[str, Any]:
    """Cuts one has pinned to the board, counted with one's own right."""
    found = pinned(request)
    return {"pinned": found} if found else {}


def _growth(request: DeskRequest) -> dict[str, Any]:
    """What grew in seven whole days and why, in sentences with their rows."""
    until = clock.today(request.municipality.tz) - timedelta(days=1)
    wanted = AppealFilter(since=until - timedelta(days=DAYS - 1), until=until)
    report = growth_report(request.access, wanted, now=clock.now())
    if not report.now and not report.then:
        return {}
    return {
        "headline": headline(report),
        "verdict": verdict(report) if not report.factors else "",
        "factors": [
            {
                "sentence": explanation(report, factor),
                "url": f"{reverse('desk:appeals')}?{factor.rows.query()}",
            }
            for factor in report.factors[:FACTORS]
        ],
        "url": reverse("desk:growth"),
    }


def _rating(request: DeskRequest) -> dict[str, Any]:
    """The place of one's own bodies in the last published rating; for the whole, both its ends."""
    last = (
        snapshots_of(request.access)
        .filter(state=SnapshotState.PUBLISHED, subject=Subject.BODY)
        .first()
    )
    if last is None:
        return {}
    found = kept(request.access, last)
    placed = [row for row in found.rows if row.place is not None]
    own = [row for row in placed if row.subject_id in found.own]
    shown = own[:PLACES] or (_ends(placed) if found.whole else [])
    if not shown:
        return {}
    names = Body.objects.in_bulk([row.subject_id for row in shown])
    return {
        "snapshot": last,
        "own": bool(own),
        "many": len(placed),
        "rows": [{"name": str(names.get(row.subject_id, "")), "row": row} for row in shown],
        "url": reverse("desk:rating_snapshot", args=[last.pk]),
    }


def _ends(placed: list[Any]) -> list[Any]:
    """The first and the last."""
    return placed if len(placed) <= 2 * PLACES else [*placed[:PLACES], *placed[-PLACES:]]


def _papers(request: DeskRequest) -> dict[str, Any]:
    """Papers to be signed or handed over, the nearest term first."""
    today = clock.today(request.municipality.tz)
    waiting = notes_of(request.access).exclude(status=NoteStatus.HANDED_OVER)
    dated = list(waiting.filter(due_on__lte=today + SOON).order_by("due_on", "pk")[:PAPERS])
    if not dated:
        dated = list(waiting.filter(status=NoteStatus.DRAFT).order_by("-created_at")[:2])
    if not dated:
        return {}
    return {
        "rows": [
            {
                "note": note,
                "url": reverse("desk:note", args=[note.pk]),
                "late": note.due_on is not None and note.due_on < today,
            }
            for note in dated
        ],
        "url": reverse("desk:reports"),
    }


_PARTS: dict[str, Callable[[DeskRequest], dict[str, Any]]] = {
    "pinned": _pinned,
    "growth": _growth,
    "rating": _rating,
    "papers": _papers,
}
