"""Cuts frozen on a date: the list, the table, files, the record of supply."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from otklik.base.errors import NotFound, OtklikError
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.cuts import actions, queries, writers
from otklik.insight.cuts.rules import Printed, outward
from otklik.insight.cuts.rules.printed import MAPPED
from otklik.insight.cuts.vocabulary import SupplyForm
from otklik.insight.cuts.writers.paper import said
from otklik.web.desk.cuts.files import answer
from otklik.web.desk.cuts.reading import asking_of
from otklik.web.desk.cuts.tables import LONGEST, WIDEST
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.look.toasts import toast


class SupplyWords(forms.Form):
    to = forms.CharField(label="Кому предоставляется", max_length=300)
    purpose = forms.CharField(
        label="Для чего",
        max_length=500,
        required=False,
        help_text="Например: для схемы территориального планирования.",
    )
    form = forms.ChoiceField(label="В каком виде", choices=SupplyForm.choices)


@desk(Permission.ANALYTICS)
def frozen(request: DeskRequest) -> HttpResponse:
    """The list; POST freezes the cut whose words the form carries."""
    if request.method == "POST":
        asking = asking_of(request, request.POST)
        try:
            made = actions.freeze(
                access=request.access, name=request.POST.get("name", ""), view=asking.view
            )
        except OtklikError as error:
            toast(request, f"{error} {error.mend}", level=messages.ERROR)
            return redirect(f"{reverse('desk:summary')}?{asking.query()}")
        toast(request, f"Срез «{made.name}» снят")
        return redirect("desk:frozen_cut", made.pk)
    context = {"rows": queries.frozen_cuts(request.access)}
    crumbs = [("Сводка", reverse("desk:summary")), ("Срезы на дату", "")]
    return render(request, "desk/cuts/frozen_list.html", context, crumbs=crumbs)


@require_GET
@desk(Permission.ANALYTICS)
def one(request: DeskRequest, pk: int) -> HttpResponse:
    found = queries.frozen_cut(request.access, pk)
    table = queries.numbers_of(found)
    mapped = table.side in MAPPED
    context = {
        "frozen": found,
        "printed": table,
        "table": _table(table),
        "supply": SupplyWords(),
        "supplies": found.supplies.all(),
        "forms": [form for form in SupplyForm if mapped or form != SupplyForm.GEOJSON],
    }
    crumbs = [
        ("Сводка", reverse("desk:summary")),
        ("Срезы на дату", reverse("desk:frozen_cuts")),
        (found.name, ""),
    ]
    return render(request, "desk/cuts/frozen.html", context, crumbs=crumbs)


@require_GET
@desk(Permission.ANALYTICS)
def file(request: DeskRequest, pk: int, ending: str) -> HttpResponse:
    """The kept numbers in full, for those who may see them."""
    form = writers.form_named(ending)
    found = queries.frozen_cut(request.access, pk)
    table = queries.numbers_of(found)
    return answer(request, table, form, name=f"srez-{pk}", made_at=found.made_at)


@require_POST
@desk(Permission.ANALYTICS)
def supply(request: DeskRequest, pk: int) -> HttpResponse:
    form = SupplyWords(request.POST)
    if not form.is_valid():
        toast(request, "Назовите, кому предоставляется срез.", level=messages.ERROR)
        return redirect("desk:frozen_cut", pk)
    given = form.cleaned_data
    try:
        made = actions.supply(
            access=request.access,
            frozen_id=pk,
            to=given["to"],
            purpose=given["purpose"],
            form=SupplyForm(given["form"]),
        )
    except OtklikError as error:
        toast(request, f"{error} {error.mend}", level=messages.ERROR)
    else:
        toast(request, f"Предоставление записано: {made.to}. Файл — в списке ниже.")
    return redirect("desk:frozen_cut", pk)


@require_GET
@desk(Permission.ANALYTICS)
def supplied(request: DeskRequest, pk: int, supply_id: int) -> HttpResponse:
    """The file as it was supplied: small numbers are hidden in it."""
    found = queries.frozen_cut(request.access, pk)
    record = next((one for one in found.supplies.all() if one.pk == supply_id), None)
    if record is None:
        raise NotFound("Такого предоставления нет.", "Обновите страницу среза.")
    table = outward(queries.numbers_of(found))
    name = f"srez-{pk}-{supply_id}"
    return answer(request, table, SupplyForm(record.form), name=name, made_at=found.made_at)


def _table(table: Printed) -> dict[str, Any]:
    columns = table.columns[:WIDEST]

    def cells(row: Any) -> list[str]:
        return [said(value, column) for value, column in zip(row.values, columns, strict=False)]

    heads: list[dict[str, Any]] = [{"label": table.corner}]
    heads += [{"label": column.label, "num": True} for column in columns]
    return {
        "columns": heads,
        "rows": [{"label": row.label, "cells": cells(row)} for row in table.rows[:LONGEST]],
        "bottom": cells(table.bottom),
        "hidden": max(len(table.rows) - LONGEST, 0) + max(len(table.columns) - WIDEST, 0),
    }
