"""Packages for ССТУ.РФ: made by month, with everything that was held back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from otklik.base import clock
from otklik.base.errors import NotFound
from otklik.coordination.sstu import actions, queries
from otklik.coordination.sstu.models import ExportRun
from otklik.coordination.sstu.vocabulary import Mend, SstuStatus
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.attachments.queries import content_of, files_of
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.settings.people.guard import done
from otklik.web.look.toasts import toast

SHOWN = 300


class MonthForm(forms.Form):
    month = forms.CharField(label="Месяц", widget=forms.TextInput({"type": "month"}))

    def clean_month(self) -> date:
        """Raises ValidationError for anything but «2026-10»."""
        try:
            return date.fromisoformat(f"{self.cleaned_data['month'].strip()}-01")
        except ValueError:
            raise forms.ValidationError("Выберите месяц: год и номер месяца, 2026-10.") from None


@desk(Permission.REPORT)
def packages(request: DeskRequest) -> HttpResponse:
    today = clock.today(request.municipality.tz)
    form = MonthForm(request.POST or None, initial={"month": f"{_before(today):%Y-%m}"})
    if request.method == "POST" and form.is_valid():
        made: list[actions.Made] = []
        month = form.cleaned_data["month"]
        if done(
            form, lambda: made.append(actions.make_package(access=request.access, month=month))
        ):
            said = "составлен" if made[0].new else "не изменился с прошлого раза"
            toast(request, f"Пакет за {month:%m.%Y} {said}")
            return redirect("desk:sstu_package", made[0].run.pk)
    rows, following = queries.page(queries.runs(request.access), request.GET.get("page", ""))
    context = {
        "form": form,
        "rows": rows,
        "next_url": f"?page={following}" if following else "",
        "first_url": reverse("desk:sstu") if request.GET.get("page") else "",
        "sender": queries.sender_of(request.municipality.pk),
    }
    return render(request, "desk/sstu/packages.html", context)


@require_GET
@desk(Permission.REPORT)
def package(request: DeskRequest, pk: int) -> HttpResponse:
    request.access.require(Permission.REPORT)
    run = queries.run_of(request.access, pk)
    context = {
        "run": run,
        "states": [
            (SstuStatus(name).label, count)
            for name, count in sorted(run.states.items(), key=lambda pair: -pair[1])
        ],
        "refusals": [_refusal(one) for one in run.refusals[:SHOWN]],
        "rest": max(0, len(run.refusals) - SHOWN),
        "changes": _changes(run),
        "files": [
            {
                "name": _name(kept.file_name),
                "url": reverse("desk:sstu_file", args=[run.pk, kept.pk]),
                "size": kept.size,
            }
            for kept in files_of(actions.SUBJECT, [run.pk])
        ],
    }
    trail = [("ССТУ.РФ", reverse("desk:sstu")), (f"{run.month:%m.%Y}", "")]
    return render(request, "desk/sstu/package.html", context, crumbs=trail)


@require_GET
@desk(Permission.REPORT)
def package_file(request: DeskRequest, pk: int, file_id: int) -> HttpResponse:
    """The file as JSON; kept as text among the attachments."""
    request.access.require(Permission.REPORT)
    run = queries.run_of(request.access, pk)
    kept = files_of(actions.SUBJECT, [run.pk]).filter(pk=file_id).first()
    if kept is None:
        raise NotFound("Такого файла у пакета нет.", "Обновите страницу.")
    response = HttpResponse(content_of(kept), content_type="application/json")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(_name(kept.file_name))}"
    response["Cache-Control"] = "private, no-store"
    return response


def _before(today: date) -> date:
    return today.replace(day=1) - timedelta(days=1)


def _name(stored: str) -> str:
    return f"{stored.removesuffix('.txt')}.json"


def _refusal(one: dict[str, Any]) -> dict[str, Any]:
    card = reverse("desk:appeal", args=[one["appeal_id"]])
    settings = one["where"] == Mend.SETTINGS
    return {**one, "card": card, "settings": reverse("desk:sstu_settings") if settings else ""}


def _changes(run: ExportRun) -> list[tuple[str, str]]:
    labels = {"added": "Добавились", "changed": "Изменились", "removed": "Ушли из пакета"}
    found = []
    for key, label in labels.items():
        numbers = run.changes.get(key, [])
        if numbers:
            more = len(numbers) - SHOWN
            tail = f" и ещё {more}" if more > 0 else ""
            found.append((label, ", ".join(f"№\u00a0{one}" for one in numbers[:SHOWN]) + tail))
    return found
