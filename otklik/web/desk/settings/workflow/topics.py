"""Topics on offer, what the suggestions have learnt from, and the threshold of filing alone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from otklik.casework.classification import queries
from otklik.casework.classification.actions import THRESHOLD, ask_to_learn, set_threshold
from otklik.web.desk.frame import DeskRequest, render
from otklik.web.desk.settings.people.guard import crumbs, done
from otklik.web.desk.settings.workflow.guard import setting_up
from otklik.web.look.toasts import toast


class ThresholdForm(forms.Form):
    percent = forms.IntegerField(
        label="Ставить тему без человека при уверенности от, %",
        required=False,
        help_text="От 50 до 100. Пусто — тему всегда определяет человек.",
    )


@setting_up
def topics(request: DeskRequest) -> HttpResponse:
    return _page(request, ThresholdForm(initial=_initial(request)))


@require_POST
@setting_up
def learning(request: DeskRequest) -> HttpResponse:
    ask_to_learn(access=request.access)
    toast(request, "Обучение поставлено в очередь. Обновите страницу через минуту")
    return redirect("desk:topics")


@require_POST
@setting_up
def threshold(request: DeskRequest) -> HttpResponse:
    form = ThresholdForm(request.POST)
    if form.is_valid():
        percent = form.cleaned_data["percent"]
        share = None if percent is None else percent / 100
        if done(form, lambda: set_threshold(access=request.access, share=share)):
            toast(request, "Порог сохранён")
            return redirect("desk:topics")
    return _page(request, form)


def _page(request: DeskRequest, form: ThresholdForm) -> HttpResponse:
    place = request.municipality.pk
    counts = queries.labelled_counts(place)
    groups = _groups(place, counts)
    model = queries.model_in_force(place)
    context = {
        "groups": groups,
        "labelled": sum(counts.values()),
        "number": sum(len(rows) for _, _, rows in groups),
        "model": model,
        "accuracy": model.card.get("accuracy") if model else None,
        "form": form,
    }
    trail = crumbs(("Темы", ""))
    return render(request, "desk/settings/workflow/topics.html", context, crumbs=trail)


def _groups(place: int, counts: dict[int, int]) -> list[tuple[str, int, list[tuple[Any, int]]]]:
    """(group, cases in it, its topics with theirs), in alphabetical order."""
    groups: dict[str, list[tuple[Any, int]]] = {}
    for topic in queries.topics_offered(place).select_related("edition"):
        groups.setdefault(topic.group or "Без группы", []).append((topic, counts.get(topic.pk, 0)))
    return [(name, sum(n for _, n in rows), rows) for name, rows in groups.items()]


def _initial(request: DeskRequest) -> dict[str, int]:
    share = request.municipality.settings.get(THRESHOLD)
    return {} if share is None else {"percent": round(float(share) * 100)}
