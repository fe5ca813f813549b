"""Reports: all of them for the head, for a body its own."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from otklik.base import clock
from otklik.coordination.returns import queries
from otklik.coordination.returns.models import Return
from otklik.coordination.returns.vocabulary import TO_DO, ReturnState
from otklik.web.desk.frame import DeskRequest, desk, render

SHAPES = {
    ReturnState.DUE: "wait",
    ReturnState.SUBMITTED: "review",
    ReturnState.RETURNED: "warn",
    ReturnState.ACCEPTED: "done",
}
SHOWN = [
    ("", "все"),
    ("todo", "не сданы"),
    ("overdue", "просрочены"),
    ("submitted", "ждут проверки"),
    ("accepted", "приняты"),
]


@require_GET
@desk()
def returns(request: DeskRequest) -> HttpResponse:
    today = clock.today(request.municipality.tz)
    state = request.GET.get("state", "")
    found = queries.listed(request.access, today, state)
    rows, following = queries.page(found, request.GET.get("page", ""))
    decides = queries.may_decide(request.access)
    context = {
        "tabs": tabs("returns") if decides else [],
        "counts": queries.counts(request.access, today),
        "states": [(label, f"?state={value}", value == state) for value, label in SHOWN],
        "rows": [(row, shape_of(row), overdue_by(row, today)) for row in rows],
        "next_url": f"?{urlencode({'state': state, 'page': following})}" if following else "",
        "first_url": f"?{urlencode({'state': state})}" if request.GET.get("page") else "",
        "empty_text": "Задайте форму: отчёты органов за прошедший период появятся сразу."
        if decides
        else "Отчёты вашего органа появятся, когда руководитель задаст форму и пройдёт её период.",
    }
    return render(request, "desk/returns/returns.html", context)


def tabs(active: str) -> list[dict[str, Any]]:
    pairs = (("returns", "Отчёты органов"), ("return_forms", "Формы и своды"))
    return [
        {"label": label, "url": reverse(f"desk:{name}"), "active": name == active}
        for name, label in pairs
    ]


def shape_of(row: Return) -> tuple[str, str]:
    return SHAPES[ReturnState(row.state)], row.get_state_display()


def overdue_by(row: Return, today: date) -> int:
    """Days a report is late: now, or when it was first handed in."""
    until = today if row.state in TO_DO and not row.handed_on else row.handed_on or today
    return max(0, (until - row.due_on).days)
