"""The log of missed terms by participant, and how soon cases are looked at."""

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
from otklik.casework.control.queries.discipline import Participant, discipline
from otklik.casework.control.queries.reaction import Reaction, reactions
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.reports.actions import discipline_file
from otklik.language.wording import NBSP, period_figures
from otklik.web.desk.appeals.unnamed import unnamed
from otklik.web.desk.control.views import sections
from otklik.web.desk.frame import DeskRequest, desk, render

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DAY = {"type": "date"}


class PeriodForm(forms.Form):
    since = forms.DateField(label="С", widget=forms.DateInput(_DAY, format="%Y-%m-%d"))
    until = forms.DateField(label="По", widget=forms.DateInput(_DAY, format="%Y-%m-%d"))


@require_GET
@desk(Permission.CONTROL)
def log(request: DeskRequest) -> HttpResponse:
    since, until = _period(request)
    body = request.GET.get("body", "")
    found = discipline(
        request.access,
        since=since,
        until=until,
        now=clock.now(),
        body_id=int(body) if body.isdecimal() else None,
    )
    period = {"since": since, "until": until}
    context = {
        "sections": sections("discipline"),
        "form": PeriodForm(initial=period),
        "bodies": [_participant(one, period) for one in found.bodies],
        "people": [_participant(one, {}) for one in found.people],
        "breaches": found.breaches,
        "more": found.more,
        "one_body": body,
        "file_url": f"{reverse('desk:discipline_file')}?{urlencode(period)}",
        "reset_url": f"?{urlencode(period)}",
    }
    return render(request, "desk/control/discipline.html", context)


@require_GET
@desk(Permission.CONTROL)
def file(request: DeskRequest) -> HttpResponse:
    since, until = _period(request)
    content = discipline_file(access=request.access, since=since, until=until)
    response = HttpResponse(content, content_type=XLSX)
    name = f"Журнал нарушений сроков за {period_figures(since, until)}.xlsx"
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


@require_GET
@desk(Permission.CONTROL)
def reaction(request: DeskRequest) -> HttpResponse:
    since, until = _period(request)
    found = reactions(request.access, since=since, until=until, now=clock.now())
    context = {
        "sections": sections("reaction"),
        "form": PeriodForm(initial={"since": since, "until": until}),
        "lines": [_line(one) for one in found.lines],
        "total": _line(found.total),
        "waiting": [
            (unnamed(request.access, one.appeal), span_words(one.waits)) for one in found.waiting
        ],
        "waiting_count": found.waiting_count,
    }
    return render(request, "desk/control/reaction.html", context)


def span_words(span: timedelta | None) -> str:
    """«35 мин», «4 ч», «2 дн. 5 ч»."""
    if span is None:
        return "—"
    minutes = int(span.total_seconds()) // 60
    days, rest = divmod(minutes, 24 * 60)
    hours = rest // 60
    if days:
        return f"{days}{NBSP}дн." + (f" {hours}{NBSP}ч" if hours else "")
    if hours:
        return f"{hours}{NBSP}ч"
    return f"{minutes}{NBSP}мин"


def _line(one: Reaction) -> dict[str, Any]:
    return {
        "name": one.name,
        "count": one.count,
        "first": span_words(one.first),
        "waited": span_words(one.waited),
        "longest": span_words(one.longest),
    }


def _participant(one: Participant, period: dict[str, date]) -> dict[str, Any]:
    own = {**period, "body": one.key} if period and one.key else {}
    return {"one": one, "url": f"?{urlencode(own)}" if own else ""}


def _period(request: DeskRequest) -> tuple[date, date]:
    """What was asked, else the last thirty days."""
    today = clock.today(request.municipality.tz)
    if "since" not in request.GET:
        return today - timedelta(days=30), today
    form = PeriodForm(request.GET)
    if not form.is_valid():
        raise Refused("Период указан неверно.", "Выберите обе даты.")
    since, until = form.cleaned_data["since"], form.cleaned_data["until"]
    if until < since:
        raise Refused("Конец периода раньше начала.", "Поменяйте даты местами.")
    return since, until
