"""Papers: all of them by state and kind, and the analytical notes alone."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django import forms
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from otklik.base import clock
from otklik.base.errors import OtklikError
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.reports import actions, queries
from otklik.insight.reports.catalogue import kind_of, kinds
from otklik.insight.reports.rules.figures import week_before
from otklik.insight.reports.rules.plan import rhythm_words
from otklik.insight.reports.vocabulary import WEEKLY, NoteStatus, Shown
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.reports.shapes import row_of, tabs
from otklik.web.look.toasts import toast

PAGE = 40
_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PeriodForm(forms.Form):
    since = forms.DateField(label="С", widget=_DAY)
    until = forms.DateField(label="По", widget=_DAY)


@require_GET
@desk(Permission.REPORT)
def reports(request: DeskRequest) -> HttpResponse:
    today = clock.today(request.municipality.tz)
    state, kind = request.GET.get("state", ""), request.GET.get("kind", "")
    found = queries.shown(request.access, today, state, kind)
    raw = request.GET.get("page", "")
    skip = min(int(raw), 10_000) if raw.isdecimal() else 0
    rows = list(found[skip : skip + PAGE + 1])
    kept = {"state": state, "kind": kind}
    context = {
        "tabs": tabs("reports"),
        "rows": [row_of(note, today) for note in rows[:PAGE]],
        "counts": _counts(request, today),
        "states": [
            (label, f"?{urlencode({**kept, 'state': value})}", value == state)
            for value, label in Shown.choices
        ],
        "kind": kind,
        "kinds": [(one.slug, one.name, one.slug == kind) for one in kinds().values()],
        "state": state,
        "next_url": _page(kept, skip + PAGE) if len(rows) > PAGE else "",
        "prev_url": _page(kept, max(0, skip - PAGE)) if skip else "",
    }
    return render(request, "desk/reports/reports.html", context)


@desk(Permission.REPORT)
def notes(request: DeskRequest) -> HttpResponse:
    today = clock.today(request.municipality.tz)
    since, until = week_before(today)
    form = PeriodForm(request.POST or None, initial={"since": since, "until": until})
    problem: OtklikError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_note(access=request.access, **form.cleaned_data)
        except OtklikError as error:
            problem = error
        else:
            toast(request, f"{made} составлена")
            return redirect("desk:note", made.pk)
    plan = queries.plan_of(request.municipality.pk, WEEKLY, kind_of(WEEKLY).plan)
    found = queries.shown(request.access, today, kind=WEEKLY)
    context = {
        "form": form,
        "problem": problem,
        "rows": [row_of(note, today) for note in found[:PAGE]],
        "weekly": plan.on,
        "rhythm": rhythm_words(plan.rhythm),
        "may_switch": request.access.reach(Permission.REPORT).everywhere,
    }
    return render(request, "desk/reports/notes.html", context)


def _counts(request: DeskRequest, today: date) -> dict[str, int]:
    """How many papers wait for what; one statement."""
    waits = ~Q(status=NoteStatus.HANDED_OVER)
    found: dict[str, int] = (
        queries.notes_of(request.access)
        .order_by()
        .aggregate(
            draft=Count("pk", filter=Q(status=NoteStatus.DRAFT)),
            signed=Count("pk", filter=Q(status=NoteStatus.SIGNED)),
            overdue=Count("pk", filter=waits & Q(due_on__lt=today)),
            handed_over=Count("pk", filter=Q(status=NoteStatus.HANDED_OVER)),
        )
    )
    return found


def _page(kept: dict[str, str], skip: int) -> str:
    return f"?{urlencode({**kept, 'page': skip})}"
