"""The act by which the centre works: its editions, its text, what it leaves open."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from otklik.base import clock
from otklik.base.errors import NotFound
from otklik.directory.organisation import actions, queries
from otklik.directory.organisation.models import Regulation
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.attachments.queries import files_of
from otklik.web.desk.appeals.files import serve
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.settings.people.appointing import day
from otklik.web.desk.settings.people.guard import crumbs, done, organiser
from otklik.web.look.toasts import toast

SUBJECT = "regulation"


class RegulationForm(forms.Form):
    title = forms.CharField(label="Название", max_length=500)
    number = forms.CharField(label="Номер", max_length=50)
    issued_on = day("Дата акта")
    in_force_from = day("Действует с", required=False)
    file = forms.FileField(
        label="Файл акта",
        required=False,
        help_text="DOCX или TXT — текст возьмётся из файла. PDF — вставьте текст ниже. До 20 МБ.",
        widget=forms.FileInput(attrs={"accept": ".docx,.txt,.pdf"}),
    )
    text = forms.CharField(
        label="Текст",
        required=False,
        widget=forms.Textarea({"rows": 10}),
        help_text="Утверждённый текст целиком. Внесённый текст больше не меняется.",
    )

    def act(self) -> dict[str, Any]:
        """Arguments of `store_regulation`, of a valid form."""
        values = dict(self.cleaned_data)
        given = values.pop("file")
        return {**values, "file": (given.name, given.read()) if given else None}


class ForceForm(forms.Form):
    on = day("Действует с")


class RepealForm(forms.Form):
    on = day("Утратил силу с")


@organiser
def regulations(request: DeskRequest) -> HttpResponse:
    place, today = request.municipality, clock.today(request.municipality.tz)
    form = RegulationForm(request.POST or None, request.FILES or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and done(form, lambda: actions.store_regulation(access=request.access, **form.act()))
    ):
        toast(request, f"Положение № {form.cleaned_data['number']} внесено")
        return redirect("desk:regulations")
    facts = queries.regulation_facts(place)
    context = {
        "form": form,
        "current": queries.regulation_in_force(place.pk, today),
        "acts": place.regulations.select_related("replaced_by").order_by("-issued_on", "-pk"),
        "today": today,
        "open_points": facts.open_points,
        "assumed_roles": place.roles.filter(assumed=True),
        "assumed_steps": [step for step in facts.route if step.assumed],
    }
    trail = crumbs(("Положение", ""))
    return render(request, "desk/settings/people/regulations.html", context, crumbs=trail)


@require_GET
@desk()
def regulation(request: DeskRequest, pk: int) -> HttpResponse:
    """An edition with its text: every participant may read it, whatever his rights."""
    found = queries.own(request.access, Regulation, pk)
    organises = request.access.allows(Permission.ORGANISE)
    context = {
        "act": found,
        "files": files_of(SUBJECT, [found.pk]),
        "today": clock.today(request.municipality.tz),
        "organises": organises,
    }
    trail = crumbs(("Положение", "regulations"), (found.title, "")) if organises else []
    return render(request, "desk/settings/people/regulation.html", context, crumbs=trail)


@organiser
def force(request: DeskRequest, pk: int) -> HttpResponse:
    """The day from which the act is valid."""
    found = queries.own(request.access, Regulation, pk)
    form = ForceForm(request.POST or None, initial={"on": found.in_force_from})
    if (
        request.method == "POST"
        and form.is_valid()
        and done(
            form,
            lambda: actions.enter_into_force(
                access=request.access, regulation=found, **form.cleaned_data
            ),
        )
    ):
        toast(request, "День вступления в силу внесён")
        return redirect("desk:regulation", found.pk)
    trail = crumbs(("Положение", "regulations"), ("День вступления в силу", ""))
    context = {"form": form, "act": found}
    return render(request, "desk/settings/people/force.html", context, crumbs=trail)


@organiser
def repeal(request: DeskRequest, pk: int) -> HttpResponse:
    """The day from which an earlier act is no longer valid."""
    found = queries.own(request.access, Regulation, pk)
    form = RepealForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and done(
            form,
            lambda: actions.repeal(access=request.access, regulation=found, **form.cleaned_data),
        )
    ):
        toast(request, "Акт отмечен утратившим силу")
        return redirect("desk:regulation", found.pk)
    trail = crumbs(("Положение", "regulations"), ("Утрата силы", ""))
    context = {"form": form, "act": found, "title": "Акт утратил силу"}
    return render(request, "desk/settings/people/force.html", context, crumbs=trail)


@require_GET
@desk()
def regulation_file(request: DeskRequest, pk: int, file_id: int) -> HttpResponse:
    found = queries.own(request.access, Regulation, pk)
    given = files_of(SUBJECT, [found.pk]).filter(pk=file_id).first()
    if given is None:
        raise NotFound("Такого файла у положения нет.", "Обновите страницу положения.")
    return serve(given)
