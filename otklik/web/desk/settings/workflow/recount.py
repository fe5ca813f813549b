"""What a changed calendar or rule moves, and the recount of all running terms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from otklik.casework.appeals.queries import visible_to
from otklik.casework.deadlines.actions.recounting import start_recount
from otklik.casework.deadlines.models import Recount
from otklik.casework.deadlines.queries.recounting import last_recount, preview_of_now
from otklik.casework.deadlines.rules.recounting import Preview
from otklik.casework.deadlines.vocabulary import DeadlineKind, RecountState
from otklik.web.desk.frame import DeskRequest, render
from otklik.web.desk.settings.people.guard import crumbs, done
from otklik.web.desk.settings.workflow.guard import setting_up


class RecountForm(forms.Form):
    reason = forms.CharField(
        label="Основание",
        max_length=500,
        help_text="Что изменилось: акт, его дата и номер. Останется в истории каждого срока.",
    )
    by_rules = forms.BooleanField(
        label="Заново выбрать и правила",
        required=False,
        help_text="Нужно, если исправлено правило срока: обращение берёт правило, "
        "действовавшее в день поступления.",
    )


@setting_up
def recount(request: DeskRequest) -> HttpResponse:
    form = RecountForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and done(form, lambda: start_recount(access=request.access, **form.cleaned_data))
    ):
        return redirect("desk:recount")
    run = last_recount(request.municipality.pk)
    working = run is not None and run.state == RecountState.RUNNING
    by_rules = bool(request.GET.get("by_rules"))
    seen = None if working else preview_of_now(request.access, by_rules=by_rules)
    context = {
        "form": form,
        "run": run,
        "working": working,
        "by_rules": by_rules,
        "preview": told(request, seen) if seen else None,
        "progress_url": reverse("desk:recount_progress"),
    }
    trail = crumbs(("Сроки", "terms"), ("Пересчёт", ""))
    return render(request, "desk/settings/workflow/recount.html", context, crumbs=trail)


@setting_up
def progress(request: DeskRequest) -> HttpResponse:
    """The bar alone, asked for by itself every two seconds."""
    run = last_recount(request.municipality.pk) or Recount()
    context = {
        "run": run,
        "working": run.state == RecountState.RUNNING,
        "progress_url": request.path,
    }
    return render(request, "desk/settings/workflow/_recount.html", context)


def told(request: DeskRequest, seen: Preview) -> dict[str, Any]:
    """A preview as the page shows it, with the numbers of the cases in its sample."""
    cases = visible_to(request.access).filter(pk__in=[move.appeal_id for move in seen.sample])
    numbers = dict(cases.values_list("pk", "number"))
    sample = [
        {"move": move, "number": numbers[move.appeal_id], "kind": DeadlineKind(move.kind).label}
        for move in seen.sample
        if move.appeal_id in numbers
    ]
    return {"seen": seen, "sample": sample}
