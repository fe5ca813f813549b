"""The list of assessments, the form of a new one, recommendations on their way."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from otklik.base import clock
from otklik.base.errors import OtklikError
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.assessments import actions, queries
from otklik.insight.assessments.rules import CRITERIA
from otklik.insight.assessments.vocabulary import Kind
from otklik.web.desk.assessments import shapes
from otklik.web.desk.frame import DeskRequest, desk, render

PAGE = 50
_DAY = {"type": "date"}


class NewForm(forms.Form):
    kind = forms.ChoiceField(label="Вид", choices=Kind.choices)
    since = forms.DateField(label="С", widget=forms.DateInput(_DAY))
    until = forms.DateField(label="по", widget=forms.DateInput(_DAY))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in CRITERIA:
            self.fields[one.slug] = forms.IntegerField(
                label=f"Вес: {one.name}",
                help_text=one.said,
                min_value=0,
                max_value=100,
                required=False,
                initial=one.weight,
            )

    @property
    def plain(self) -> list[Any]:
        return [self[name] for name in ("kind", "since", "until")]

    @property
    def weights(self) -> list[Any]:
        return [self[one.slug] for one in CRITERIA]


def tabs(request: DeskRequest, active: str) -> list[dict[str, Any]]:
    pairs = (
        ("assessments", "Оценки"),
        ("assessment_advice", "Рекомендации"),
        ("assessment_parts", "Части получателей"),
    )
    return [
        {"label": label, "url": reverse(f"desk:{name}"), "active": name == active}
        for name, label in pairs
    ]


@require_GET
@desk(Permission.VIEW_APPEALS)
def assessments(request: DeskRequest) -> HttpResponse:
    kind = request.GET.get("kind", "")
    last = request.GET.get("page", "")
    found = queries.listed(request.access, kind).order_by("-pk")
    if last.isdigit():
        found = found.filter(pk__lt=int(last))
    rows = list(found[: PAGE + 1])
    more, rows = len(rows) > PAGE, rows[:PAGE]
    context = {
        "tabs": tabs(request, "assessments"),
        "kinds": [
            {"label": label, "url": f"?kind={value}", "active": value == kind}
            for value, label in [("", "все"), *Kind.choices]
        ],
        "rows": [(one, shapes.state_of(one)) for one in rows],
        "next_url": f"?kind={kind}&page={rows[-1].pk}" if more else "",
        "first_url": f"?kind={kind}" if last else "",
        "makes": queries.may_make(request.access),
    }
    return render(request, "desk/assessments/assessments.html", context)


@desk(Permission.REPORT)
def new(request: DeskRequest) -> HttpResponse:
    """Choose a kind, a period and weights; the numbers are counted at once."""
    since, until = _last_month(clock.today(request.municipality.tz))
    first = {"kind": request.GET.get("kind") or Kind.PROBLEMS, "since": since, "until": until}
    form = NewForm(request.POST or None, initial=first)
    status, error = 200, ""
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            try:
                made = actions.make(
                    access=request.access,
                    kind=Kind(given["kind"]),
                    since=given["since"],
                    until=given["until"],
                    weights={
                        one.slug: given[one.slug] for one in CRITERIA if given[one.slug] is not None
                    },
                )
            except OtklikError as refusal:
                error = f"{refusal.message} {refusal.mend}".strip()
            else:
                return redirect("desk:assessment", made.pk)
    crumbs = [("Оценки", reverse("desk:assessments")), ("Новая оценка", "")]
    context = {"form": form, "error": error}
    return render(request, "desk/assessments/new.html", context, crumbs=crumbs, status=status)


@require_GET
@desk(Permission.VIEW_APPEALS)
def advice(request: DeskRequest) -> HttpResponse:
    """Recommendations that are not done yet, the nearest term first."""
    today = clock.today(request.municipality.tz)
    found = list(queries.advice_to_do(request.access, today)[:PAGE])
    context = {
        "tabs": tabs(request, "assessment_advice"),
        "rows": [shapes.advice_row(one, today) for one in found],
    }
    return render(request, "desk/assessments/advice.html", context)


def _last_month(today: date) -> tuple[date, date]:
    until = today.replace(day=1) - timedelta(days=1)
    return until.replace(day=1), until
