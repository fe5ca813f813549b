"""The summary analysis: a table in chosen dimensions, every number the way to its cases."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from otklik.base import clock
from otklik.base.errors import OtklikError
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.cuts import actions, queries
from otklik.insight.cuts.models import SavedCut
from otklik.insight.cuts.queries import Grown
from otklik.insight.cuts.rules import LEAST, Request
from otklik.insight.cuts.rules.indicators import BY_MEASURE
from otklik.insight.cuts.vocabulary import Counted, Dimension, Measure
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.insight.asking import Asked, FilterForm, asked, rows_url
from otklik.web.desk.insight.tables import chart_of, table_of
from otklik.web.look.toasts import toast

GROWN = 8
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SummaryForm(FilterForm):
    rows = forms.ChoiceField(label="Строки", choices=Dimension.choices)
    columns = forms.ChoiceField(
        label="Столбцы", choices=[("", "без столбцов"), *Dimension.choices], required=False
    )
    measure = forms.ChoiceField(label="Показатель", choices=Measure.choices)
    counted = forms.ChoiceField(label="Считаются", choices=Counted.choices)


@require_GET
@desk(Permission.ANALYTICS)
def summary(request: DeskRequest) -> HttpResponse:
    cut_asked, measure, asking = _asked(request)
    found = queries.cut(request.access, cut_asked, now=clock.now())
    form = SummaryForm(request, {**asking.wanted.pairs(), **asking.more})
    context = {
        **asking.context(form),
        "table": table_of(found, measure),
        "chart": chart_of(found, measure),
        "measure": measure,
        "indicator": BY_MEASURE[measure].slug,
        "counted": cut_asked.counted,
        "grown": _growth(request, cut_asked, asking),
        "saved": [_saved(cut) for cut in queries.saved_cuts(request.access)],
        "query": asking.query(),
        "file_url": f"{reverse('desk:summary_file')}?{asking.query()}",
        "hidden": [*asking.more.items(), *asking.wanted.pairs().items()],
    }
    return render(request, "desk/insight/summary.html", context)


@require_GET
@desk(Permission.ANALYTICS)
def file(request: DeskRequest) -> HttpResponse:
    cut_asked, measure, asking = _asked(request)
    found = queries.cut(request.access, cut_asked, now=clock.now())
    response = HttpResponse(queries.as_xlsx(found, measure), content_type=XLSX)
    name = f"svodka-{asking.wanted.since}-{asking.wanted.until}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
@desk(Permission.ANALYTICS)
def save(request: DeskRequest) -> HttpResponse:
    """Keep the cut whose words the form carries; back to the same cut."""
    request.GET = request.POST
    cut_asked, measure, asking = _asked(request)
    try:
        saved = actions.save_cut(
            access=request.access,
            name=request.POST.get("name", ""),
            request=cut_asked,
            measure=measure,
        )
    except OtklikError as error:
        toast(request, f"{error} {error.mend}", level=messages.ERROR)
    else:
        toast(request, f"Разрез «{saved.name}» сохранён")
    return redirect(f"{reverse('desk:summary')}?{asking.query()}")


@require_POST
@desk(Permission.ANALYTICS)
def forget(request: DeskRequest, pk: int) -> HttpResponse:
    actions.forget_cut(access=request.access, cut_id=pk)
    toast(request, "Разрез удалён")
    return redirect("desk:summary")


def _asked(request: DeskRequest) -> tuple[Request, Measure, Asked]:
    """What cannot be read falls back to the usual cut: topics, received, appeals."""
    words = request.GET
    rows = _chosen(Dimension, words.get("rows"), Dimension.TOPIC)
    columns = words.get("columns", "")
    measure = _chosen(Measure, words.get("measure"), Measure.RECEIVED)
    counted = _chosen(Counted, words.get("counted"), Counted.APPEALS)
    second = Dimension(columns) if columns in Dimension.values and columns != rows else None
    more = {"rows": rows, "columns": second or "", "measure": measure, "counted": counted}
    asking = asked(request, {name: str(value) for name, value in more.items()})
    wanted = Request(rows=rows, columns=second, filter=asking.wanted, counted=counted)
    return wanted, measure, asking


def _chosen(words: Any, given: str | None, usual: Any) -> Any:
    return words(given) if given in words.values else usual


def _growth(request: DeskRequest, cut_asked: Request, asking: Asked) -> list[dict[str, Any]]:
    """What grew by topic; within one topic, where and with whom it grew."""
    wanted = cut_asked.filter
    dimensions = [Dimension.TOPIC]
    if wanted.topic:
        dimensions = [Dimension.SETTLEMENT, Dimension.BODY]
    now = clock.now()
    found = [
        row
        for dimension in dimensions
        for row in queries.growth(
            request.access, dimension, wanted, now=now, counted=cut_asked.counted
        )
        if row.change.difference > 0 and row.change.now >= LEAST
    ]
    found.sort(key=lambda row: -row.change.deviations)
    return [_grown(row, asking, cut_asked.counted) for row in found[:GROWN]]


def _grown(row: Grown, asking: Asked, counted: Counted) -> dict[str, Any]:
    factors = ""
    if row.dimension == Dimension.TOPIC and row.rows and row.key:
        factors = f"?{replace(asking, wanted=row.rows).query(rows=Dimension.SETTLEMENT)}"
    return {"row": row, "url": rows_url(row.rows, counted), "factors": factors}


def _saved(cut: SavedCut) -> dict[str, Any]:
    more = {
        "rows": cut.rows,
        "columns": cut.columns,
        "measure": cut.measure,
        "counted": cut.counted,
    }
    query = urlencode({**more, **cut.filter})
    return {"cut": cut, "url": f"{reverse('desk:summary')}?{query}"}
