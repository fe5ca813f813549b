"""How far the suggestions of topics can be trusted, and which model is in force."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from otklik.base import clock
from otklik.base.errors import OtklikError
from otklik.casework.classification.actions import THRESHOLD, promote_anyway
from otklik.casework.classification.queries import accuracy as asked
from otklik.web.desk.frame import DeskRequest, render
from otklik.web.desk.settings.people.guard import crumbs
from otklik.web.desk.settings.workflow.guard import setting_up
from otklik.web.look.toasts import toast

PERIODS = {"30": "месяц", "92": "три месяца", "366": "год"}
_USUAL = "92"


@setting_up
def accuracy(request: DeskRequest) -> HttpResponse:
    chosen = request.GET.get("days", _USUAL)
    days = chosen if chosen in PERIODS else _USUAL
    place = request.municipality.pk
    now = clock.now()
    since = now - timedelta(days=int(days))
    confidence = asked.by_confidence(place, since)
    months = asked.by_month(place, now - timedelta(days=366))
    topics = asked.by_topic(place, since)
    alone = asked.filed_alone(place)
    context = {
        "periods": [
            {"label": label, "url": f"?days={key}", "active": key == days}
            for key, label in PERIODS.items()
        ],
        "whole": asked.whole(confidence),
        "months": months,
        "chart": _chart(months),
        "topics": topics,
        "confidence": asked.in_tens(confidence),
        "thresholds": asked.at_thresholds(confidence),
        "threshold": request.municipality.settings.get(THRESHOLD),
        "confused": asked.confused(place, since),
        "alone": alone,
        "alone_hint": f"исправлено потом: {alone.mended}" if alone.filed else "",
        "versions": list(asked.versions(place)),
    }
    trail = crumbs(("Темы", "topics"), ("Точность подсказок", ""))
    return render(request, "desk/settings/workflow/accuracy.html", context, crumbs=trail)


@require_POST
@setting_up
def promote(request: DeskRequest, pk: int) -> HttpResponse:
    try:
        promote_anyway(access=request.access, version_id=pk)
    except OtklikError as error:
        toast(request, f"{error} {error.mend}", level=messages.ERROR)
    else:
        toast(request, "Модель включена")
    return redirect("desk:accuracy")


def _chart(months: list[asked.Month]) -> dict[str, object]:
    return {
        "legend": {"top": 0},
        "xAxis": {"type": "category", "data": [f"{m.first:%m.%Y}" for m in months]},
        "yAxis": {"type": "value", "min": 0, "max": 100},
        "series": [
            {
                "type": "line",
                "name": "Верна первая, %",
                "data": [round(m.share.share * 100) for m in months],
            },
            {
                "type": "line",
                "name": "Верна одна из трёх, %",
                "data": [round(m.share.share_among * 100) for m in months],
            },
        ],
    }
