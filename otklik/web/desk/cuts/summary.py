"""The summary analysis: a table in chosen dimensions, every number the way to its cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from otklik.base import clock
from otklik.base.errors import OtklikError, Refused
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.cuts import actions, queries
from otklik.insight.cuts.models import SavedCut
from otklik.insight.cuts.queries import Grown
from otklik.insight.cuts.rules import LEAST, Cut, Sheet, Slice, View, sheet_of
from otklik.insight.cuts.rules.indicators import BY_MEASURE
from otklik.insight.cuts.vocabulary import (
    Against,
    Counted,
    Dimension,
    Picture,
    Rolling,
    SupplyForm,
)
from otklik.web.desk.cuts.charts import chart_of
from otklik.web.desk.cuts.forms import SaveForm
from otklik.web.desk.cuts.reading import Asking, asking_of, bar_of, form_of
from otklik.web.desk.cuts.tables import compared_label, table_of
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.insight.asking import slice_url
from otklik.web.look.toasts import toast

GROWN = 8
FILES = (
    (SupplyForm.XLSX, "XLSX", "file-spreadsheet"),
    (SupplyForm.DOCX, "DOCX", "file-text"),
    (SupplyForm.PDF, "PDF", "file-text"),
    (SupplyForm.CSV, "CSV", "table"),
    (SupplyForm.PNG, "Диаграмма PNG", "photo"),
)


@require_GET
@desk(Permission.ANALYTICS)
def summary(request: DeskRequest) -> HttpResponse:
    asking = asking_of(request)
    view, form = asking.view, form_of(request, asking)
    shown: dict[str, Any] = {}
    try:
        found = queries.cut(request.access, view.request, now=clock.now())
    except Refused as refused:
        shown["problem"] = refused
    else:
        sheet = sheet_of(found, view)
        shown = _shown(sheet, asking, found.before is not None and not found.comparable)
        shown["grown"] = _growth(request, asking, found)
    context = {
        **bar_of(asking, form),
        "view": view,
        "counted": view.request.counted,
        "meanings": [BY_MEASURE[one].slug for one in view.measures],
        "measures": [{"label": one.label, "slug": BY_MEASURE[one].slug} for one in view.measures],
        "saved": [_saved(cut, asking) for cut in queries.readable(request.access)],
        "save_form": SaveForm(),
        "hidden": view.pairs(),
        **shown,
    }
    return render(request, "desk/cuts/summary.html", context)


@require_POST
@desk(Permission.ANALYTICS)
def save(request: DeskRequest) -> HttpResponse:
    """Keep the cut whose words the form carries; back to the same cut."""
    asking = asking_of(request, request.POST)
    rolling = request.POST.get("rolling", "")
    try:
        saved = actions.save_cut(
            access=request.access,
            name=request.POST.get("name", ""),
            request=asking.view.request,
            measure=asking.view.first,
            view=asking.view,
            rolling=Rolling(rolling) if rolling in Rolling.values else Rolling.FIXED,
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


def _shown(sheet: Sheet, asking: Asking, nothing_before: bool) -> dict[str, Any]:
    file = reverse("desk:summary_file")
    query = asking.query()
    files = [*FILES]
    if asking.view.request.rows == Dimension.SETTLEMENT:
        files.append((SupplyForm.GEOJSON, "Слой карты GeoJSON", "map-2"))
    return {
        "table": table_of(sheet, asking.query),
        "chart": chart_of(sheet),
        "heat": asking.view.picture == Picture.HEAT,
        "against": compared_label(asking.view.request.against),
        "nothing_before": nothing_before,
        "files": [
            {"url": f"{file}?{query}&form={form}", "label": label, "icon": icon}
            for form, label, icon in files
        ],
    }


def _growth(request: DeskRequest, asking: Asking, shown: Cut) -> list[dict[str, Any]]:
    """What grew by topic; within one topic, where and with whom it grew."""
    asked = asking.view.request
    if asked.also:
        return []
    dimensions = [Dimension.TOPIC]
    if asked.filter.topic:
        dimensions = [Dimension.SETTLEMENT, Dimension.BODY]
    found = [
        row
        for dimension in dimensions
        for row in _changes(request, dimension, shown)
        if row.change.difference > 0 and row.change.now >= LEAST
    ]
    found.sort(key=lambda row: -row.change.deviations)
    return [_grown(row, asking.view, asked.counted) for row in found[:GROWN]]


def _changes(request: DeskRequest, dimension: Dimension, shown: Cut) -> Sequence[Grown]:
    """Of what is shown, where it is this very dimension against the period before."""
    asked = shown.request
    if asked.rows == dimension and asked.compare and asked.against == Against.PREVIOUS:
        return queries.grown_in(shown)
    return queries.growth(
        request.access, dimension, asked.filter, now=clock.now(), counted=asked.counted
    )


def _grown(row: Grown, view: View, counted: Counted) -> dict[str, Any]:
    factors, url = "", ""
    if row.rows is not None:
        url = slice_url(Slice(filter=row.rows), counted)
    if row.dimension == Dimension.TOPIC and row.rows and row.key:
        narrowed = replace(view.request, filter=row.rows, rows=Dimension.SETTLEMENT)
        factors = f"?{replace(view, request=narrowed).query()}"
    return {"row": row, "url": url, "factors": factors}


def _saved(cut: SavedCut, asking: Asking) -> dict[str, Any]:
    view = queries.view_of(cut, asking.today)
    return {"cut": cut, "url": f"{reverse('desk:summary')}?{view.query()}"}
