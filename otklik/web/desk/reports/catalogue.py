"""The catalogue of papers, and making one of a kind by hand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from otklik.base import clock
from otklik.base.errors import OtklikError
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.reports import actions, queries
from otklik.insight.reports.catalogue import Kind, kind_of, kinds
from otklik.insight.reports.rules.plan import last_period, rhythm_words
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.reports.listing import PeriodForm
from otklik.web.desk.reports.shapes import row_of, tabs
from otklik.web.look.toasts import toast

SHOWN = 10


class BodyForm(PeriodForm):
    """The period and the body of a report on one body."""

    body = forms.ChoiceField(label="Орган")

    def __init__(self, *args: Any, bodies: list[tuple[int, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["body"].choices = [("", "Выберите орган"), *bodies]  # type: ignore[attr-defined]


@require_GET
@desk(Permission.REPORT)
def kinds_page(request: DeskRequest) -> HttpResponse:
    plans = queries.plans_set(request.municipality.pk)
    rows = [
        {
            "kind": one,
            "url": reverse("desk:report_making", args=[one.slug]),
            "when": _when(one, plans.get(one.slug, one.plan)),
        }
        for one in kinds().values()
        if may_make(request, one)
    ]
    return render(
        request, "desk/reports/catalogue.html", {"tabs": tabs("report_kinds"), "rows": rows}
    )


@desk(Permission.REPORT)
def making(request: DeskRequest, slug: str) -> HttpResponse:
    kind = kind_of(slug)
    today = clock.today(request.municipality.tz)
    form = _form(request, kind)
    problem: OtklikError | None = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.make_report(
                access=request.access,
                kind=kind.slug,
                since=given["since"],
                until=given["until"],
                body_id=int(given["body"]) if kind.of_body else None,
            )
        except OtklikError as error:
            problem = error
        else:
            toast(request, f"Составлен документ: {made}")
            return redirect("desk:note", made.pk)
    found = queries.shown(request.access, today, kind=kind.slug)
    plan = queries.plan_of(request.municipality.pk, kind.slug, kind.plan)
    context = {
        "kind": kind,
        "form": form,
        "problem": problem,
        "when": _when(kind, plan),
        "rows": [row_of(note, today) for note in found[:SHOWN]],
        "all_url": f"{reverse('desk:reports')}?kind={kind.slug}",
        "may_set": request.access.reach(Permission.REPORT).everywhere and not kind.of_body,
    }
    crumbs = [("Каталог", reverse("desk:report_kinds")), (kind.name, "")]
    return render(request, "desk/reports/making.html", context, crumbs=crumbs)


def may_make(request: DeskRequest, kind: Kind) -> bool:
    """Whether this person has the rights the kind takes, in its channels."""
    access = request.access
    if kind.of_body:
        return True
    reaches = [access.reach(one) for one in (*kind.rights, Permission.REPORT)]
    if kind.whole_only:
        return all(reach.everywhere for reach in reaches)
    channels = kind.channels
    if channels:
        return all(any(reach.at(one) for one in channels) for reach in reaches)
    return all(reaches)


def _form(request: DeskRequest, kind: Kind) -> PeriodForm:
    since, until = last_period(kind.step, clock.today(request.municipality.tz))
    start = {"since": since, "until": until}
    if not kind.of_body:
        return PeriodForm(request.POST or None, initial=start)
    return BodyForm(request.POST or None, initial=start, bodies=_bodies(request))


def _bodies(request: DeskRequest) -> list[tuple[int, str]]:
    """Bodies whose report this person may make."""
    found = Body.objects.filter(municipality=request.municipality)
    reach = request.access.reach(Permission.REPORT)
    if not reach.everywhere:
        found = found.filter(pk__in=sorted(reach.body_ids))
    return [(one.pk, str(one)) for one in found.order_by("order", "name")]


def _when(kind: Kind, plan: Any) -> str:
    if kind.of_body:
        return "по команде, по каждому органу"
    return rhythm_words(plan.rhythm) if plan.on else "по команде"
