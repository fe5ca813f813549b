"""Problems by state, spikes, and how problems are proposed."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from otklik.base import clock
from otklik.base.errors import OtklikError
from otklik.casework.problems import actions, queries
from otklik.casework.problems.rules import LEAST, MOST_LEAST
from otklik.casework.problems.vocabulary import ProblemState
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.problems.shown import SHAPES, spike_rows
from otklik.web.look.toasts import toast

TABS = (
    (ProblemState.PROPOSED, "Предложены"),
    (ProblemState.CONFIRMED, "Подтверждены"),
    (ProblemState.SOLVED, "Решены"),
    (ProblemState.DISMISSED, "Отклонены"),
)


class OptionsForm(forms.Form):
    least = forms.IntegerField(
        label="Обращений не меньше", min_value=2, max_value=MOST_LEAST, initial=LEAST
    )
    window_hours = forms.IntegerField(label="За сколько часов", min_value=1, max_value=336)
    joins_alone = forms.BooleanField(
        label="Новые обращения входят в подтверждённую проблему сами", required=False
    )


@desk(Permission.VIEW_APPEALS)
def problems(request: DeskRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    state = state if state in ProblemState.values else ProblemState.PROPOSED
    page = queries.page(request.access, state, cursor=request.GET.get("page", ""))
    today = clock.today(request.municipality.tz)
    context = {
        "tabs": _tabs(queries.counts(request.access), state),
        "rows": [(one, SHAPES[one.state]) for one in page.rows],
        "next_url": f"?{urlencode({'state': state, 'page': page.after})}" if page.after else "",
        "first_url": f"?{urlencode({'state': state})}",
        "spikes": spike_rows(list(queries.spikes_of(request.access, on=today))),
        "form": _options(request) if request.access.may(Permission.SET_UP) else None,
    }
    return render(request, "desk/problems/list.html", context)


@require_POST
@desk(Permission.SET_UP)
def options(request: DeskRequest) -> HttpResponse:
    form = OptionsForm(request.POST)
    if not form.is_valid():
        wrong = "; ".join(
            f"{form[name].label}: {errors[0]}" for name, errors in form.errors.items()
        )
        toast(request, f"Не сохранено. {wrong}", level=messages.ERROR)
        return redirect("desk:problems")
    try:
        actions.set_options(access=request.access, **form.cleaned_data)
    except OtklikError as error:
        toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
    else:
        toast(request, "Сохранено: следующие обращения сравнят по-новому")
    return redirect("desk:problems")


def _options(request: DeskRequest) -> OptionsForm:
    kept = queries.options_of(request.municipality.pk)
    names = ("least", "window_hours", "joins_alone")
    return OptionsForm(initial={name: getattr(kept, name) for name in names})


def _tabs(counts: dict[str, int], state: str) -> list[dict[str, Any]]:
    base = reverse("desk:problems")
    return [
        {
            "label": label,
            "url": f"{base}?state={one}",
            "active": one == state,
            "count": counts[one],
        }
        for one, label in TABS
    ]
