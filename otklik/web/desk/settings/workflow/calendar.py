"""The production calendar of a year, and the office hours."""

from __future__ import annotations

import calendar as months_of
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.dates import MONTHS
from django.views.decorators.http import require_POST

from otklik.base import clock
from otklik.base.errors import Refused
from otklik.base.given import day_given
from otklik.casework.deadlines.queries.recounting import preview_of_day
from otklik.directory.calendars.actions import override_day, restore_day, set_office_hours
from otklik.directory.calendars.models import OfficeHours
from otklik.directory.calendars.queries import calendar_for, office_hours_of, overrides_of
from otklik.directory.calendars.rules import FIRST_YEAR, LAST_YEAR, OFFICE_HOURS
from otklik.directory.calendars.rules.calendar import ProductionCalendar
from otklik.directory.calendars.vocabulary import DayKind
from otklik.web.desk.frame import DeskRequest, render
from otklik.web.desk.settings.people.guard import crumbs, done
from otklik.web.desk.settings.workflow.guard import setting_up
from otklik.web.desk.settings.workflow.recount import told
from otklik.web.look.toasts import toast

PARTS = ("opens", "closes", "lunch_from", "lunch_to", "friday_closes")


class DayForm(forms.Form):
    day = forms.DateField(label="День", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    kind = forms.ChoiceField(label="Каким он будет", choices=DayKind.choices)
    reason = forms.CharField(
        label="Основание", max_length=300, help_text="Акт, которым перенесён день: дата и номер."
    )


class HoursForm(forms.Form):
    opens, closes, lunch_from, lunch_to, friday_closes = (
        forms.TimeField(
            label=str(OfficeHours._meta.get_field(name).verbose_name).capitalize(),  # type: ignore[union-attr]
            required=name in ("opens", "closes"),
            widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        )
        for name in PARTS
    )


@setting_up
def calendar(request: DeskRequest) -> HttpResponse:
    year = _year(request)
    chosen = day_given(request.GET.get("day", ""))
    form = DayForm(request.POST or None, initial={"day": chosen, "kind": DayKind.DAY_OFF})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if "preview" in request.POST:
            seen = preview_of_day(request.access, given["day"], DayKind(given["kind"]))
            hours = _hours_form(request)
            return _page(request, given["day"].year, form, hours, told(request, seen))
        if done(
            form,
            lambda: override_day(
                access=request.access,
                day=given["day"],
                kind=DayKind(given["kind"]),
                reason=given["reason"],
            ),
        ):
            toast(request, f"{given['day']:%d.%m.%Y}: {DayKind(given['kind']).label}")
            return redirect("desk:recount")
    return _page(request, year, form, _hours_form(request))


@require_POST
@setting_up
def restore(request: DeskRequest) -> HttpResponse:
    day = day_given(request.POST.get("day", ""))
    if day is None:
        raise Refused("День не указан.", "Вернитесь к календарю и выберите день.")
    restore_day(access=request.access, day=day)
    toast(request, f"{day:%d.%m.%Y}: снова как в производственном календаре страны")
    return redirect("desk:recount")


@require_POST
@setting_up
def hours(request: DeskRequest) -> HttpResponse:
    form = HoursForm(request.POST)
    if form.is_valid() and done(
        form, lambda: set_office_hours(access=request.access, **form.cleaned_data)
    ):
        toast(request, "Часы работы сохранены; сроки в часах теперь считаются по ним")
        return redirect("desk:recount")
    return _page(request, clock.today().year, DayForm(), form)


def _page(
    request: DeskRequest,
    year: int,
    form: DayForm,
    hours: HoursForm,
    preview: dict[str, Any] | None = None,
) -> HttpResponse:
    place = request.municipality.pk
    production = calendar_for(place)
    changed = {row.date: row for row in overrides_of(place, year)}
    context: dict[str, Any] = {
        "year": year,
        "previous": year - 1 if year > FIRST_YEAR else 0,
        "following": year + 1 if year < LAST_YEAR else 0,
        "months": [
            (str(MONTHS[month]), _month(production, changed, year, month)) for month in range(1, 13)
        ],
        "changes": [(row, row.municipality_id == place) for row in changed.values()],
        "working_days": production.working_days_between(
            date(year, 1, 1) - timedelta(days=1), date(year, 12, 31)
        ),
        "known": production.known_until is None or date(year, 12, 31) <= production.known_until,
        "form": form,
        "hours": hours,
        "preview": preview,
    }
    trail = crumbs(("Календарь", ""))
    return render(request, "desk/settings/workflow/calendar.html", context, crumbs=trail)


def _month(
    production: ProductionCalendar, changed: dict[date, Any], year: int, month: int
) -> list[list[dict[str, Any] | None]]:
    """Weeks of seven days; None outside the month."""
    return [
        [_cell(production, changed, day) if day.month == month else None for day in week]
        for week in months_of.Calendar().monthdatescalendar(year, month)
    ]


def _cell(production: ProductionCalendar, changed: dict[date, Any], day: date) -> dict[str, Any]:
    kind = production.kind(day)
    usual = day.weekday() < 5
    moved = kind in (DayKind.WORKING, DayKind.SHORT) if not usual else kind == DayKind.DAY_OFF
    return {
        "day": day,
        "kind": kind.value,
        "label": f"{kind.label}{', перенесён' if moved else ''}",
        "moved": moved,
        "changed": day in changed,
        "today": day == clock.today(),
    }


def _hours_form(request: DeskRequest) -> HoursForm:
    stored = office_hours_of(request.municipality.pk)
    if stored:
        return HoursForm(initial={name: getattr(stored, name) for name in PARTS})
    (opens, lunch_from), (lunch_to, closes) = (
        [f"{minute // 60:02}:{minute % 60:02}" for minute in part] for part in OFFICE_HOURS.usual
    )
    return HoursForm(
        initial={"opens": opens, "closes": closes, "lunch_from": lunch_from, "lunch_to": lunch_to}
    )


def _year(request: DeskRequest) -> int:
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else clock.today().year
    return min(max(year, FIRST_YEAR), LAST_YEAR)
