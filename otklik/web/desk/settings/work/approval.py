"""The route of approval of an answer: steps in order, each asking for a right."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect

from otklik.casework.replies.queries import SUBJECT
from otklik.directory.approvals.actions import set_route
from otklik.directory.approvals.queries import route_of
from otklik.directory.organisation.queries import roles_with_grants
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.frame import DeskRequest, render
from otklik.web.desk.settings.people.guard import crumbs, done
from otklik.web.desk.settings.work.guard import setting_up
from otklik.web.look.toasts import toast

RIGHTS = (Permission.APPROVE, Permission.SIGN)


class StepForm(forms.Form):
    label = forms.CharField(label="Название шага", max_length=200, required=False)
    permission = forms.ChoiceField(
        label="Чьё решение", choices=[(right.value, right.label) for right in RIGHTS]
    )


class RouteForm(forms.Form):
    """Carries refusals that concern the route as a whole."""


StepFormSet = forms.formset_factory(StepForm, extra=2, max_num=8, absolute_max=8)


@setting_up
def approval(request: DeskRequest) -> HttpResponse:
    present = route_of(request.municipality.pk, SUBJECT)
    form = RouteForm(request.POST if request.method == "POST" else None)
    rows = StepFormSet(request.POST or None, prefix="step", initial=present)
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        steps = [row.cleaned_data for row in rows.forms if row.cleaned_data.get("label")]
        if done(form, lambda: _save(request, steps)):
            toast(request, "Маршрут сохранён: по нему пойдут новые согласования")
            return redirect("desk:approval")
    context = {"form": form, "rows": rows, "words": _in_words(request, present)}
    trail = crumbs(("Согласование", ""))
    return render(request, "desk/settings/work/approval.html", context, crumbs=trail)


def _save(request: DeskRequest, steps: list[dict[str, str]]) -> None:
    set_route(access=request.access, subject=SUBJECT, name="Согласование ответа", steps=steps)


def _in_words(request: DeskRequest, steps: list[dict[str, str]]) -> list[dict[str, Any]]:
    """Each step with the roles that may take it."""
    roles: dict[str, list[str]] = {}
    for role in roles_with_grants(request.municipality.pk):
        for grant in role.grants.all():
            roles.setdefault(grant.permission, []).append(role.label)
    return [
        {
            "label": step["label"],
            "right": Permission(step["permission"]).label,
            "roles": roles.get(step["permission"], []),
        }
        for step in steps
    ]
