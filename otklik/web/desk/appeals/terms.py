"""The terms of a case drawn day by day, each with its sentence."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from otklik.casework.appeals import queries
from otklik.casework.deadlines.models import Deadline
from otklik.casework.deadlines.queries import deadlines_of
from otklik.casework.deadlines.queries.planning import pauses_of
from otklik.casework.deadlines.rules import Rule
from otklik.casework.deadlines.rules.line import line_of, weeks
from otklik.directory.calendars.queries import calendar_for
from otklik.directory.calendars.rules import ProductionCalendar
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.frame import DeskRequest, desk, render


@desk(Permission.VIEW_APPEALS)
def terms(request: DeskRequest, pk: int) -> HttpResponse:
    case = queries.card(request.access, pk)
    calendar = calendar_for(case.municipality_id)
    drawn = [_drawn(deadline, calendar) for deadline in deadlines_of(case.pk)]
    return render(
        request,
        "desk/appeals/terms.html",
        {"case": case, "drawn": drawn},
        crumbs=[
            ("Обращения", reverse("desk:appeals")),
            (str(case), reverse("desk:appeal", args=[case.pk])),
            ("Сроки", ""),
        ],
    )


def _drawn(deadline: Deadline, calendar: ProductionCalendar) -> dict[str, Any]:
    marks = line_of(
        Rule.restored(deadline.rule),
        deadline.starts_at,
        deadline.legal_due_at,
        deadline.due_at,
        calendar,
        pauses_of(deadline),
    )
    return {"deadline": deadline, "weeks": weeks(marks), "first": marks[0] if marks else None}
