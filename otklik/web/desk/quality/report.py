"""The report on errors in answers and missed terms for a period."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from otklik.base import clock
from otklik.base.errors import Refused
from otklik.casework.quality.queries import BodyLine, ErrorReport, KindLine, error_report
from otklik.casework.quality.vocabulary import FindingState, Sort
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.reports.actions import error_file
from otklik.language.wording import period_figures
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.quality.registers import SHAPES, TITLES

SHOWN = 100
KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_DAY = {"type": "date"}


class PeriodForm(forms.Form):
    since = forms.DateField(label="С", widget=forms.DateInput(_DAY, format="%Y-%m-%d"))
    until = forms.DateField(label="По", widget=forms.DateInput(_DAY, format="%Y-%m-%d"))


@require_GET
@desk(Permission.QUALITY)
def report(request: DeskRequest) -> HttpResponse:
    since, until = _period(request)
    found = error_report(request.access, since, until)
    period = urlencode({"since": since, "until": until})
    context = {
        "form": PeriodForm(initial={"since": since, "until": until}),
        "period": period_figures(since, until),
        "tiles": _tiles(found, since, until),
        "bodies": [_body(line, since, until) for line in found.bodies],
        "kinds": [_kind(line, since, until) for line in found.kinds],
        "rows": [(one, SHAPES[FindingState(one.state)]) for one in found.rows[:SHOWN]],
        "rest": max(0, len(found.rows) - SHOWN),
        "advice": found.advice[:SHOWN],
        "files": [
            (ending.upper(), f"{reverse('desk:quality_report_file', args=[ending])}?{period}")
            for ending in KINDS
        ],
    }
    trail = [("Качество", reverse("desk:quality")), ("Отчёт", "")]
    return render(request, "desk/quality/report.html", context, crumbs=trail)


@require_GET
@desk(Permission.QUALITY)
def file(request: DeskRequest, ending: str) -> HttpResponse:
    since, until = _period(request)
    content = error_file(access=request.access, since=since, until=until, ending=ending)
    response = HttpResponse(content, content_type=KINDS[ending])
    name = f"Отчёт об ошибках и нарушениях сроков за {period_figures(since, until)}.{ending}"
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


def _period(request: DeskRequest) -> tuple[date, date]:
    """What was asked, else the month so far."""
    today = clock.today(request.municipality.tz)
    if "since" not in request.GET:
        return (today - timedelta(days=30)), today
    form = PeriodForm(request.GET)
    if not form.is_valid():
        raise Refused("Период указан неверно.", "Выберите обе даты.")
    since, until = form.cleaned_data["since"], form.cleaned_data["until"]
    if until < since:
        raise Refused("Конец периода раньше начала.", "Поменяйте даты местами.")
    return since, until


def _rows_url(sort: str, since: date, until: date, **more: Any) -> str:
    asked = {"sort": sort, "since": since, "until": until, **more}
    return f"{reverse('desk:quality')}?{urlencode(asked)}"


def _tiles(found: ErrorReport, since: date, until: date) -> list[dict[str, Any]]:
    return [
        {"label": TITLES[sort], "count": found.total(sort), "url": _rows_url(sort, since, until)}
        for sort in Sort
    ]


def _body(line: BodyLine, since: date, until: date) -> dict[str, Any]:
    own = {"body": line.body_id} if line.body_id else {}
    cells = ((Sort.FAULT, line.faults), (Sort.LATE, line.late), (Sort.CONFLICT, line.conflicts))
    return {
        "name": line.name,
        "cells": [(count, _rows_url(sort, since, until, **own)) for sort, count in cells],
    }


def _kind(line: KindLine, since: date, until: date) -> dict[str, Any]:
    return {
        "sort": TITLES[Sort(line.sort)],
        "label": line.label,
        "count": line.count,
        "url": _rows_url(line.sort, since, until, kind=line.kind),
        "unmended": line.unmended,
        "unmended_url": _rows_url(line.sort, since, until, kind=line.kind, state="open"),
    }
