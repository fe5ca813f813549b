"""The term, the signature, the delivery of a paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from otklik.base.errors import OtklikError
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.reports import actions
from otklik.insight.reports.vocabulary import Way
from otklik.web.desk.frame import DeskRequest, desk
from otklik.web.look.toasts import toast

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class TermsForm(forms.Form):
    due_on = forms.DateField(label="Передать до", widget=_DAY, required=False)
    recipient = forms.CharField(label="Кому", max_length=300, required=False)


class DeliveryForm(forms.Form):
    to = forms.CharField(label="Кому передано", max_length=300)
    on = forms.DateField(label="Когда", widget=_DAY, required=False)
    way = forms.ChoiceField(label="Как", choices=Way.choices, required=False)
    letter = forms.CharField(
        label="Номер и дата письма",
        max_length=300,
        required=False,
        help_text="Для сайта — адрес страницы.",
    )


@require_POST
@desk(Permission.REPORT)
def signature(request: DeskRequest, pk: int) -> HttpResponse:
    return _step(request, pk, "Подписание отмечено", actions.sign)


@require_POST
@desk(Permission.REPORT)
def terms(request: DeskRequest, pk: int) -> HttpResponse:
    form = TermsForm(request.POST)
    if not form.is_valid():
        return _wrong(request, pk, form)
    return _step(request, pk, "Срок и адресат сохранены", actions.set_terms, **form.cleaned_data)


@require_POST
@desk(Permission.REPORT)
def delivery(request: DeskRequest, pk: int) -> HttpResponse:
    form = DeliveryForm(request.POST)
    if not form.is_valid():
        return _wrong(request, pk, form)
    given = actions.Delivery(**form.cleaned_data)
    return _step(request, pk, "Передача отмечена", actions.hand_over, delivery=given)


def _step(request: DeskRequest, pk: int, said: str, verb: Any, **given: Any) -> HttpResponse:
    try:
        verb(access=request.access, note_id=pk, **given)
    except OtklikError as error:
        toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
    else:
        toast(request, said)
    return redirect("desk:note", pk)


def _wrong(request: DeskRequest, pk: int, form: forms.Form) -> HttpResponse:
    said = "; ".join(
        f"{form.fields[name].label}: {' '.join(str(one) for one in errors)}"
        for name, errors in form.errors.items()
    )
    toast(request, f"Не сохранено. {said}", level=messages.ERROR)
    return redirect("desk:note", pk)
