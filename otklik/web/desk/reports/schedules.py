"""When papers are made by themselves, for whom, and by when they are handed over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from otklik.base import clock
from otklik.base.errors import OtklikError
from otklik.base.rhythm import Step
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.reports import actions, queries
from otklik.insight.reports.catalogue import kind_of, kinds
from otklik.insight.reports.rules.plan import STEPS, Plan, rhythm_words
from otklik.language.wording import date_words
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.reports.shapes import tabs
from otklik.web.look.toasts import toast


class PlanForm(forms.Form):
    on = forms.BooleanField(label="Составлять по расписанию", required=False)
    step = forms.ChoiceField(
        label="Период", choices=[(step.value, words) for step, words in STEPS.items()]
    )
    day = forms.IntegerField(
        label="День",
        min_value=0,
        max_value=28,
        help_text="Для недели: 1 — понедельник, 7 — воскресенье. Для месяца и квартала — число.",
    )
    hour = forms.IntegerField(label="Час", min_value=0, max_value=23)
    due_days = forms.IntegerField(label="Передать, дней после периода", min_value=0, max_value=90)
    recipient = forms.CharField(
        label="Кому передать",
        max_length=300,
        required=False,
        help_text="Пусто — адресат записок центра.",
    )

    def plan(self) -> Plan:
        """Raises Refused for a day there is not."""
        given = self.cleaned_data
        day = given["day"] - 1 if given["step"] == Step.WEEK else given["day"]
        return Plan(
            on=given["on"],
            rhythm=actions.rhythm_from(given["step"], day, given["hour"]),
            due_days=given["due_days"],
            recipient=given["recipient"],
        )


@require_GET
@desk(Permission.REPORT)
def schedules(request: DeskRequest) -> HttpResponse:
    plans = queries.plans_set(request.municipality.pk)
    now = clock.now().astimezone(request.municipality.tz)
    rows = []
    for kind in kinds().values():
        if kind.of_body:
            continue
        plan = plans.get(kind.slug, kind.plan)
        rows.append(
            {
                "kind": kind,
                "on": plan.on,
                "when": rhythm_words(plan.rhythm),
                "next": plan.next(now) if plan.on else None,
                "due_days": plan.due_days,
                "recipient": plan.recipient or kind.recipient or "адресат записок центра",
                "url": reverse("desk:report_schedule", args=[kind.slug]),
            }
        )
    context = {
        "tabs": tabs("report_schedules"),
        "rows": rows,
        "may_set": request.access.reach(Permission.REPORT).everywhere,
    }
    return render(request, "desk/reports/schedules.html", context)


@desk(Permission.REPORT)
def schedule(request: DeskRequest, slug: str) -> HttpResponse:
    kind = kind_of(slug)
    plan = queries.plan_of(request.municipality.pk, slug, kind.plan)
    form = PlanForm(request.POST or None, initial=_start(plan))
    problem: OtklikError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_schedule(access=request.access, kind=slug, plan=form.plan())
        except OtklikError as error:
            problem = error
        else:
            toast(request, "Расписание сохранено")
            return redirect("desk:report_schedules")
    last = plan.last(clock.now().astimezone(request.municipality.tz))
    context = {
        "kind": kind,
        "form": form,
        "problem": problem,
        "due": date_words(plan.due_on(last[1])),
    }
    crumbs = [("Расписание", reverse("desk:report_schedules")), (kind.name, "")]
    return render(request, "desk/reports/schedule.html", context, crumbs=crumbs)


@require_POST
@desk(Permission.REPORT)
def weekly(request: DeskRequest) -> HttpResponse:
    on = request.POST.get("on") == "1"
    try:
        actions.set_weekly(access=request.access, on=on)
    except OtklikError as error:
        toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
    else:
        toast(request, "Записка будет составляться по расписанию" if on else "Выключено")
    return redirect("desk:notes")


def _start(plan: Plan) -> dict[str, Any]:
    rhythm = plan.rhythm
    return {
        "on": plan.on,
        "step": rhythm.step.value,
        "day": rhythm.day + 1 if rhythm.step == Step.WEEK else rhythm.day,
        "hour": rhythm.hour,
        "due_days": plan.due_days,
        "recipient": plan.recipient,
    }
