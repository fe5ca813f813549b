"""Who receives, when, and who is received out of turn."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from otklik.base.errors import OtklikError
from otklik.casework.reception import actions, queries
from otklik.casework.reception.vocabulary import Week, Weekday
from otklik.directory.organisation.queries import bodies
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.reception.days import tabs
from otklik.web.look.toasts import toast

_DAY = {"type": "date"}
_TIME = {"type": "time"}


class HostForm(forms.Form):
    name = forms.CharField(label="Фамилия, имя, отчество", max_length=300)
    position = forms.CharField(label="Должность", required=False, max_length=300)
    body = forms.ChoiceField(label="Орган", required=False)
    place = forms.CharField(label="Где принимает", max_length=300)
    phone = forms.CharField(label="Телефон для записи", required=False, max_length=50)
    horizon_days = forms.IntegerField(
        label="На сколько дней вперёд записывать", min_value=1, max_value=180, initial=30
    )
    is_active = forms.BooleanField(label="Ведёт приём", required=False, initial=True)

    def __init__(self, request: DeskRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["body"]
        assert isinstance(field, forms.ChoiceField)
        own = [(body.pk, str(body)) for body in bodies(request.municipality.pk)]
        field.choices = [("", "не указан"), *own]

    def host(self) -> actions.NewHost:
        given = dict(self.cleaned_data)
        body = given.pop("body")
        return actions.NewHost(**given, body_id=int(body) if body else None)


class HoursForm(forms.Form):
    weekday = forms.TypedChoiceField(
        label="День недели", required=False, coerce=int, empty_value=None,
        choices=[("", "—"), *Weekday.choices],
    )  # fmt: skip
    week = forms.TypedChoiceField(label="Какая неделя", coerce=int, choices=Week.choices)
    on = forms.DateField(label="или одна дата", required=False, widget=forms.DateInput(_DAY))
    opens = forms.TimeField(label="С", widget=forms.TimeInput(_TIME))
    closes = forms.TimeField(label="до", widget=forms.TimeInput(_TIME))
    slot_minutes = forms.IntegerField(label="Минут на одного", min_value=5, initial=20)
    until = forms.DateField(
        label="Действует по", required=False, widget=forms.DateInput(_DAY),
        help_text="Пусто — без срока.",
    )  # fmt: skip


class ClosureForm(forms.Form):
    since = forms.DateField(label="С", widget=forms.DateInput(_DAY))
    until = forms.DateField(label="по", widget=forms.DateInput(_DAY))
    reason = forms.CharField(label="Причина", required=False, max_length=300)


class CategoryForm(forms.Form):
    label = forms.CharField(label="Кто принимается вне очереди", max_length=300)
    article = forms.CharField(label="Основание (статья)", max_length=300)
    note = forms.CharField(label="Примечание", required=False, max_length=300)
    is_active = forms.BooleanField(label="Применяется", required=False, initial=True)


@desk(Permission.RECEIVE)
def schedule(request: DeskRequest) -> HttpResponse:
    form = HostForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.save_host(access=request.access, new=form.host())
        except OtklikError as error:
            form.add_error(None, f"{error.message} {error.mend}".strip())
        else:
            toast(request, "Добавлено. Теперь укажите дни и часы")
            return redirect("desk:reception_host", made.pk)
    hosts = queries.hosts_for(request.access).prefetch_related("hours")
    context = {"tabs": tabs("reception_schedule"), "form": form, "hosts": hosts}
    return render(request, "desk/reception/schedule.html", context)


@desk(Permission.RECEIVE)
def host(request: DeskRequest, pk: int) -> HttpResponse:
    found = queries.host_of(request.access, pk)
    start = {name: getattr(found, name) for name in HostForm.base_fields if name != "body"}
    start["body"] = found.body_id or ""
    form = HostForm(request, request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_host(access=request.access, new=form.host(), host_id=pk)
        except OtklikError as error:
            form.add_error(None, f"{error.message} {error.mend}".strip())
        else:
            toast(request, "Сохранено")
            return redirect("desk:reception_host", pk)
    context = {"host": found, "form": form, "hours_form": HoursForm(), "away_form": ClosureForm()}
    trail = [("Приём", reverse("desk:reception")),
             ("График", reverse("desk:reception_schedule")), (found.name, "")]  # fmt: skip
    return render(request, "desk/reception/host.html", context, crumbs=trail)


@require_POST
@desk(Permission.RECEIVE)
def hours(request: DeskRequest, pk: int) -> HttpResponse:
    form = HoursForm(request.POST)
    if not form.is_valid():
        return _wrong(request, form, pk)
    return _step(
        request, pk, "Часы добавлены", actions.open_hours,
        host_id=pk, new=actions.NewHours(**form.cleaned_data),
    )  # fmt: skip


@require_POST
@desk(Permission.RECEIVE)
def closure(request: DeskRequest, pk: int) -> HttpResponse:
    form = ClosureForm(request.POST)
    if not form.is_valid():
        return _wrong(request, form, pk)
    try:
        left = actions.close_days(access=request.access, host_id=pk, **form.cleaned_data)
    except OtklikError as error:
        toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
    else:
        numbers = ", ".join(visit.number for visit in left)
        toast(request, f"Дни закрыты. Перенесите записи: {numbers}" if left else "Дни закрыты")
    return redirect("desk:reception_host", pk)


@require_POST
@desk(Permission.RECEIVE)
def removal(request: DeskRequest, pk: int) -> HttpResponse:
    back = request.POST.get("host", "")
    if not back.isdecimal():
        return redirect("desk:reception_schedule")
    return _step(request, int(back), "Строка снята", actions.drop_hours, hours_id=pk)


@desk(Permission.RECEIVE)
def categories(request: DeskRequest) -> HttpResponse:
    form = CategoryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.keep_category(access=request.access, **form.cleaned_data)
        except OtklikError as error:
            form.add_error(None, f"{error.message} {error.mend}".strip())
        else:
            toast(request, "Сохранено")
            return redirect("desk:reception_categories")
    context = {
        "tabs": tabs("reception_categories"),
        "form": form,
        "rows": queries.categories_kept(request.municipality.pk),
        "keeps": request.access.allows(Permission.RECEIVE),
    }
    return render(request, "desk/reception/categories.html", context)


def _wrong(request: DeskRequest, form: forms.Form, pk: int) -> HttpResponse:
    field, errors = next(iter(form.errors.items()))
    label = form.fields[field].label if field in form.fields else ""
    toast(request, f"{label}: {errors[0]}".strip(": "), level=messages.ERROR)
    return redirect("desk:reception_host", pk)


def _step(request: DeskRequest, pk: int, said: str, verb: Any, **given: Any) -> HttpResponse:
    try:
        verb(access=request.access, **given)
    except OtklikError as error:
        toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
    else:
        toast(request, said)
    return redirect("desk:reception_host", pk)
