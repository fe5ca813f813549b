"""The rows behind a number of occupancy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from otklik.base import clock
from otklik.base.errors import NotFound
from otklik.casework.appeals.queries import visible_to
from otklik.casework.appeals.vocabulary import AssignmentRole, Status
from otklik.directory.organisation.models import BlockMember
from otklik.insight.cuts.queries import labels_of
from otklik.insight.cuts.vocabulary import Dimension
from otklik.insight.workload import queries
from otklik.insight.workload.queries import Wanted
from otklik.insight.workload.queries.occupancy import window
from otklik.web.desk.appeals.shapes import status_shape
from otklik.web.desk.appeals.unnamed import unnamed
from otklik.web.desk.frame import DeskRequest, desk, render

PAGE = 50
WHAT = {
    "given": "Дано исполнителям",
    "done": "Отвечено",
    "waiting": "В работе",
    "overdue": "Просрочено",
}


@require_GET
@desk()
def rows(request: DeskRequest) -> HttpResponse:
    what = request.GET.get("what", "given")
    if what not in WHAT:
        raise NotFound("Такого числа на странице занятости нет.", "Вернитесь к занятости.")
    since, until = _days(request)
    found = _found(request, what, _wanted(request), since, until)
    page = request.GET.get("page", "")
    start = PAGE * int(page) if page.isdecimal() and len(page) < 6 else 0
    shown = list(found[start : start + PAGE + 1])
    context = {
        "what": WHAT[what],
        "rows": _shown(request, shown[:PAGE]),
        "count": found.count(),
        "since": since,
        "until": until,
        "dated": what in ("given", "done"),
        "next_url": _page(request, start // PAGE + 1) if len(shown) > PAGE else "",
        "first_url": _page(request, 0) if start else "",
    }
    crumbs = [("Занятость", reverse("desk:workload")), (WHAT[what], "")]
    return render(request, "desk/workload/rows.html", context, crumbs=crumbs)


def _days(request: DeskRequest) -> tuple[date, date]:
    """The window of levels, or one week of the picture."""
    since, until = window(clock.today(request.municipality.tz))
    try:
        week = date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        return since, until
    return week, week + timedelta(days=6)


def _wanted(request: DeskRequest) -> Wanted:
    body, block, person = (request.GET.get(name, "") for name in ("body", "block", "person"))
    bodies: Sequence[int] | None = None
    if body.isdecimal():
        bodies = [int(body)]
    elif block.isdecimal():
        members = BlockMember.objects.filter(
            block_id=int(block),
            block__municipality_id=request.access.municipality_id,
            body__isnull=False,
        )
        bodies = sorted(set(members.values_list("body_id", flat=True)))
    return Wanted(
        body_ids=bodies,
        account_id=int(person) if person.isdecimal() else None,
        nobody=person == "none",
    )


def _found(request: DeskRequest, what: str, wanted: Wanted, since: date, until: date) -> Any:
    if what == "given":
        return queries.given_rows(request.access, wanted, since, until)
    if what == "done":
        return queries.done_rows(request.access, wanted, since, until)
    late = clock.now() if what == "overdue" else None
    return queries.waiting_rows(request.access, wanted, late_at=late)


def _shown(request: DeskRequest, parts: Sequence[Any]) -> list[dict[str, Any]]:
    """The case is named only to those who may see it."""
    plain = [_plain(part) for part in parts]
    ids = {one["appeal_id"] for one in plain}
    cases = {
        case.pk: unnamed(request.access, case)
        for case in visible_to(request.access).filter(pk__in=ids).defer("search", "external_hash")
    }
    topics = labels_of(Dimension.TOPIC, [one["topic_id"] for one in plain])
    bodies = labels_of(Dimension.BODY, [one["body_id"] for one in plain])
    return [
        {
            **one,
            "case": cases.get(one["appeal_id"]),
            "topic": topics[one["topic_id"]],
            "body": bodies[one["body_id"]],
            "status": Status(one["state"]).label,
            "shape": status_shape(one["state"]),
        }
        for one in plain
    ]


def _plain(part: Any) -> dict[str, Any]:
    """The same words of a fact of a part, a fact of a question and a living part."""
    question = getattr(part, "question", None)
    case = question.appeal if question is not None else None
    role = getattr(part, "role", AssignmentRole.MAIN)
    return {
        "appeal_id": case.pk if case else part.appeal_id,
        "topic_id": (question.topic_id or case.topic_id) if question and case else part.topic_id,
        "body_id": part.body_id,
        "role": AssignmentRole(role).label,
        "at": getattr(part, "assigned_at", None) or part.answered_at,
        "due_at": part.term if question is not None else part.due_at,
        "state": case.status if case else part.status,
        "open": question is not None,
    }


def _page(request: DeskRequest, page: int) -> str:
    kept = {name: value for name, value in request.GET.items() if name != "page"}
    return f"?{urlencode({**kept, 'page': page} if page else kept)}"
