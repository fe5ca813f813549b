"""The routes of approval, of answers and of proposals: steps in order, each asking for a right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from otklik.casework.replies.queries import PROPOSAL, PROPOSAL_STEPS, SUBJECT
from otklik.directory.approvals.actions import set_route
from otklik.directory.approvals.queries import route_of
from otklik.directory.approvals.rules import DEFAULT_STEPS
from otklik.directory.organisation.queries import roles_with_grants
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.frame import DeskRequest, render
from otklik.web.desk.settings.people.guard import crumbs, done
from otklik.web.desk.settings.workflow.guard import setting_up
from otklik.web.look.toasts import toast

RIGHTS = (Permission.APPROVE, Permission.SIGN)


@dataclass(frozen=True)
class Route:
    """What is approved, in the words of the page."""

    subject: str
    tab: str
    name: str
    begins: str
    ends: str
    usual: tuple[dict[str, str], ...]


ROUTES = {
    SUBJECT: Route(
        SUBJECT,
        "Ответы",
        "Согласование ответа",
        "Исполнитель готовит проект и отправляет на согласование.",
        "Подписанный ответ уходит заявителю.",
        DEFAULT_STEPS,
    ),
    PROPOSAL: Route(
        PROPOSAL,
        "Предложения и проекты актов",
        "Решение по предложению",
        "Исполнитель готовит предложение или проект акта и отправляет руководителю.",
        "Решение и его обоснование видит исполнитель.",
        PROPOSAL_STEPS,
    ),
}


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
    route = ROUTES.get(request.GET.get("for", ""), ROUTES[SUBJECT])
    present = route_of(request.municipality.pk, route.subject, route.usual)
    form = RouteForm(request.POST if request.method == "POST" else None)
    rows = StepFormSet(request.POST or None, prefix="step", initial=present)
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        steps = [row.cleaned_data for row in rows.forms if row.cleaned_data.get("label")]
        if done(form, lambda: _save(request, route, steps)):
            toast(request, "Маршрут сохранён: по нему пойдут новые согласования")
            return redirect(f"{reverse('desk:approval')}?for={route.subject}")
    context = {
        "form": form,
        "rows": rows,
        "words": _in_words(request, present),
        "route": route,
        "tabs": [
            {"label": each.tab, "url": f"?for={each.subject}", "active": each == route}
            for each in ROUTES.values()
        ],
    }
    trail = crumbs(("Согласование", ""))
    return render(request, "desk/settings/workflow/approval.html", context, crumbs=trail)


def _save(request: DeskRequest, route: Route, steps: list[dict[str, str]]) -> None:
    set_route(access=request.access, subject=route.subject, name=route.name, steps=steps)


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
