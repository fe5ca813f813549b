"""Whom the program tells of terms, when, and when it keeps quiet."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from otklik.base import clock
from otklik.base.errors import OtklikError
from otklik.casework.control import actions
from otklik.casework.control.actions.steps import NewStep, quiet_of
from otklik.casework.control.queries.steps import steps_of
from otklik.casework.control.vocabulary import Addressee, Side, StepUnit
from otklik.directory.organisation.queries import composition, roles_with_grants
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.look.toasts import toast

_CLOCK = forms.TimeInput({"type": "time"}, format="%H:%M")


class StepForm(forms.Form):
    amount = forms.IntegerField(label="Число", min_value=0, max_value=60, initial=1)
    unit = forms.ChoiceField(label="Чего", choices=StepUnit.choices)
    side = forms.ChoiceField(label="Когда", choices=Side.choices)
    addressee = forms.ChoiceField(label="Кому", choices=Addressee.choices)
    role = forms.ChoiceField(label="Роль", required=False)
    person = forms.ChoiceField(label="Сотрудник", required=False)

    def __init__(self, request: DeskRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = request.municipality.pk
        staff = composition(here, clock.today(request.municipality.tz))
        people = {one.account_id: str(one.account) for one in staff}
        self._choices("role", [(one.pk, one.label) for one in roles_with_grants(here)])
        self._choices("person", list(people.items()))

    def _choices(self, name: str, choices: list[tuple[int, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *choices]

    def step(self) -> NewStep:
        given = self.cleaned_data
        role, person = given["role"], given["person"]
        return NewStep(
            side=given["side"],
            amount=given["amount"],
            unit=given["unit"],
            addressee=given["addressee"],
            role_id=int(role) if role else None,
            account_id=int(person) if person else None,
        )


class QuietForm(forms.Form):
    digest_at = forms.TimeField(label="Утренняя сводка в", widget=_CLOCK)
    quiet_from = forms.TimeField(label="Не беспокоить с", widget=_CLOCK)
    quiet_until = forms.TimeField(label="до", widget=_CLOCK)
    at_night = forms.BooleanField(label="Беспокоить и в это время", required=False)
    on_days_off = forms.BooleanField(label="Беспокоить в выходные", required=False)


@desk(Permission.SET_UP)
def escalation(request: DeskRequest) -> HttpResponse:
    """Both forms post here; what is refused is shown as it was typed."""
    which = request.POST.get("form", "") if request.method == "POST" else ""
    quiet = quiet_of(request.municipality.pk)
    kept = {name: getattr(quiet, name) for name in QuietForm.base_fields}
    step = StepForm(request, request.POST if which == "step" else None)
    hours = QuietForm(request.POST if which == "quiet" else None, initial=kept)
    if _saved(request, which, step, hours):
        return redirect("desk:escalation")
    context = {"steps": steps_of(request.access), "step": step, "hours": hours}
    trail = [("Настройки", reverse("desk:settings")), ("Напоминания", "")]
    return render(request, "desk/control/escalation.html", context, crumbs=trail)


@require_POST
@desk(Permission.SET_UP)
def drop(request: DeskRequest, pk: int) -> HttpResponse:
    try:
        actions.drop_step(access=request.access, step_id=pk)
    except OtklikError as error:
        toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
    else:
        toast(request, "Ступень снята")
    return redirect("desk:escalation")


def _saved(request: DeskRequest, which: str, step: StepForm, hours: QuietForm) -> bool:
    form: forms.Form = step if which == "step" else hours
    if not which or not form.is_valid():
        return False
    try:
        if form is step:
            actions.save_step(access=request.access, new=step.step())
        else:
            actions.set_quiet(access=request.access, **hours.cleaned_data)
    except OtklikError as error:
        form.add_error(None, f"{error.message} {error.mend}".strip())
        return False
    toast(request, "Сохранено")
    return True
