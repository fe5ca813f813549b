"""Functions of the centre: what acts lay on it, who answers, how often."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from otklik.base import clock
from otklik.base.errors import NotFound
from otklik.coordination.tasks import actions, queries
from otklik.coordination.tasks.models import CentreFunction
from otklik.coordination.tasks.vocabulary import Recurrence
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.settings.people.guard import done
from otklik.web.desk.tasks.lists import tabs
from otklik.web.look.toasts import toast


class FunctionForm(forms.Form):
    name = forms.CharField(label="Что делает центр", max_length=300)
    act = forms.CharField(
        label="Каким актом возложено", max_length=300, help_text="Вид, дата и номер документа."
    )
    clause = forms.CharField(
        label="Пункт положения",
        max_length=30,
        required=False,
        help_text="Если функция из положения: 2.4.7. Её увидит контролёр в исполнении положения.",
    )
    owner_role = forms.ChoiceField(label="Кто отвечает")
    recurrence = forms.ChoiceField(
        label="Периодичность",
        choices=Recurrence.choices,
        help_text="По повторяющейся функции в начале каждого периода появляется поручение.",
    )
    is_active = forms.BooleanField(label="Действует", required=False, initial=True)

    def __init__(self, place: Municipality, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._roles = {str(role.pk): role for role in place.roles.all()}
        field = cast(forms.ChoiceField, self.fields["owner_role"])
        field.choices = [("", "выберите роль"), *((k, str(r)) for k, r in self._roles.items())]

    def function(self) -> dict[str, Any]:
        """Arguments of `save_function`, of a valid form."""
        values = dict(self.cleaned_data)
        role = self._roles[values.pop("owner_role")]
        return {**values, "owner_role": role, "recurrence": Recurrence(values["recurrence"])}


@desk()
def functions(request: DeskRequest) -> HttpResponse:
    form = FunctionForm(request.municipality, request.POST or None)
    keeps = _keeps(request)
    if request.method == "POST" and form.is_valid() and done(form, lambda: _save(request, form)):
        toast(request, f"Функция «{form.cleaned_data['name']}» внесена")
        return redirect("desk:functions")
    counts = queries.counts(request.access, clock.today(request.municipality.tz))
    context = {
        "tabs": tabs(request, "functions", counts),
        "rows": queries.functions(request.municipality.pk),
        "form": form if keeps else None,
        "keeps": keeps,
    }
    return render(request, "desk/tasks/functions.html", context)


@desk()
def function(request: DeskRequest, pk: int) -> HttpResponse:
    found = CentreFunction.objects.filter(municipality=request.municipality, pk=pk).first()
    if found is None or not _keeps(request):
        raise NotFound("Такой функции нет или менять её вам нельзя.", "Вернитесь к списку функций.")
    form = FunctionForm(request.municipality, request.POST or None, initial=_initial(found))
    if (
        request.method == "POST"
        and form.is_valid()
        and done(form, lambda: _save(request, form, found))
    ):
        toast(request, f"Функция «{form.cleaned_data['name']}» сохранена")
        return redirect("desk:functions")
    trail = [
        ("Поручения", reverse("desk:tasks")),
        ("Функции центра", reverse("desk:functions")),
        (str(found), ""),
    ]
    context = {"form": form, "function": found}
    return render(request, "desk/tasks/function.html", context, crumbs=trail)


def _save(request: DeskRequest, form: FunctionForm, found: CentreFunction | None = None) -> None:
    actions.save_function(access=request.access, function=found, **form.function())


def _keeps(request: DeskRequest) -> bool:
    access = request.access
    return access.allows(Permission.ORGANISE) or access.allows(Permission.INSTRUCT)


def _initial(found: CentreFunction) -> dict[str, Any]:
    names = ("name", "act", "clause", "recurrence", "is_active")
    return {**{n: getattr(found, n) for n in names}, "owner_role": str(found.owner_role_id)}
