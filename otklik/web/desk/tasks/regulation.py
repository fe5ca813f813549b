"""How each clause of the regulation is carried out, for its controller."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from otklik.base import clock
from otklik.base.errors import Forbidden, NotFound
from otklik.coordination.tasks import actions, queries
from otklik.coordination.tasks.models import Fulfilment
from otklik.coordination.tasks.queries import ClauseLine
from otklik.coordination.tasks.vocabulary import FULFILMENT, Standing
from otklik.directory.organisation.models import Regulation
from otklik.directory.organisation.presets.clauses import clause_label
from otklik.directory.organisation.queries import regulation_facts, regulation_in_force
from otklik.records.attachments.models import Attachment
from otklik.records.attachments.queries import files_of
from otklik.web.desk.appeals.files import serve
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.settings.people.guard import done
from otklik.web.desk.tasks.lists import controls, tabs
from otklik.web.desk.tasks.shapes import STANDINGS
from otklik.web.look.toasts import toast


class FulfilmentForm(forms.Form):
    fulfilled_on = forms.DateField(
        label="Когда исполнено", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    text = forms.CharField(label="Что сделано", widget=forms.Textarea({"rows": 3}))
    file = forms.FileField(label="Документ", required=False, help_text="До 20 МБ.")

    def mark(self) -> dict[str, Any]:
        """Arguments of `note_fulfilment`, of a valid form."""
        values = dict(self.cleaned_data)
        given = values.pop("file")
        return {**values, "file": (given.name, given.read()) if given else None}


@require_GET
@desk()
def control(request: DeskRequest) -> HttpResponse:
    _controller(request)
    act, lines = _lines(request)
    counted = Counter(line.standing for line in lines)
    asked = request.GET.get("standing", "")
    today = clock.today(request.municipality.tz)
    context = {
        "tabs": tabs(request, "regulation", queries.counts(request.access, today)),
        "act": act,
        "controller": regulation_facts(request.municipality).control,
        "tiles": [
            {
                "label": str(s.label).capitalize(),
                "count": counted[s],
                "url": f"?standing={s}",
                "tone": _tone(s) if counted[s] else "",
            }
            for s in Standing
        ],
        "rows": [
            (line, STANDINGS[line.standing], str(line.standing.label))
            for line in lines
            if not asked or line.standing == asked
        ],
        "asked": asked,
    }
    return render(request, "desk/tasks/regulation.html", context)


@desk()
def clause(request: DeskRequest, clause: str) -> HttpResponse:
    _controller(request)
    _, lines = _lines(request)
    line = next((one for one in lines if one.clause == clause), None)
    if line is None:
        raise NotFound(f"Пункта «{clause}» в положении нет.", "Вернитесь к исполнению положения.")
    today = clock.today(request.municipality.tz)
    form = FulfilmentForm(
        request.POST or None, request.FILES or None, initial={"fulfilled_on": today}
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and done(
            form,
            lambda: actions.note_fulfilment(access=request.access, clause=clause, **form.mark()),
        )
    ):
        toast(request, f"Исполнение отмечено: {clause_label(clause)}")
        return redirect("desk:clause_control", clause)
    context = {
        "line": line,
        "shape": STANDINGS[line.standing],
        "word": str(line.standing.label),
        "marks": _marks(request, clause),
        "form": form,
    }
    trail = [("Исполнение положения", reverse("desk:regulation_control")), (line.label, "")]
    return render(request, "desk/tasks/clause.html", context, crumbs=trail)


@require_GET
@desk()
def clause_file(request: DeskRequest, clause: str, file_id: int) -> HttpResponse:
    _controller(request)
    marks = queries.fulfilments_of(request.municipality.pk, clause)
    kept = Attachment.objects.filter(
        pk=file_id, subject=FULFILMENT, subject_id__in=[mark.pk for mark in marks]
    ).first()
    if kept is None:
        raise NotFound("Такого документа у пункта нет.", "Обновите страницу.")
    return serve(kept)


def _controller(request: DeskRequest) -> None:
    if not controls(request.access):
        raise Forbidden(
            "Исполнение положения видит его контролёр.",
            "Нужно право «контролировать сроки» на весь муниципалитет.",
        )


def _lines(request: DeskRequest) -> tuple[Regulation | None, list[ClauseLine]]:
    today = clock.today(request.municipality.tz)
    act = regulation_in_force(request.municipality.pk, today)
    return act, queries.regulation_lines(request.municipality, act, today)


def _marks(request: DeskRequest, clause: str) -> list[tuple[Fulfilment, list[dict[str, Any]]]]:
    marks = queries.fulfilments_of(request.municipality.pk, clause)
    files: dict[int, list[dict[str, Any]]] = {}
    for one in files_of(FULFILMENT, [mark.pk for mark in marks]):
        url = reverse("desk:clause_file", args=[clause, one.pk])
        entry = {"name": one.file_name, "size": one.size, "url": url}
        files.setdefault(one.subject_id, []).append(entry)
    return [(mark, files.get(mark.pk, [])) for mark in marks]


def _tone(standing: Standing) -> str:
    return {Standing.OVERDUE: "danger", Standing.VACANT: "warn", Standing.FULFILLED: "ok"}.get(
        standing, ""
    )
