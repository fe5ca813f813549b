"""The card of the centre and its library of legal acts."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from otklik.base import clock
from otklik.base.errors import Forbidden, NotFound
from otklik.directory.organisation import actions, queries
from otklik.directory.organisation.actions.library import LEGAL_ACT
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.vocabulary import ActLevel, CentreForm, Permission
from otklik.records.attachments.models import Attachment
from otklik.records.attachments.queries import files_of
from otklik.web.desk.appeals.files import serve
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.settings.people.appointing import day
from otklik.web.desk.settings.people.forms import body_choices
from otklik.web.desk.settings.people.guard import crumbs, done, organiser
from otklik.web.look.toasts import toast


class CentreCardForm(forms.Form):
    name = forms.CharField(label="Название центра", max_length=300)
    form = forms.ChoiceField(label="Форма", choices=CentreForm.choices)
    operator = forms.ChoiceField(
        label="Учреждение-оператор",
        required=False,
        help_text="Учреждение, наделённое полномочиями центра; его называют в отчётах.",
    )
    legal_basis = forms.CharField(
        label="Правовое основание",
        max_length=500,
        required=False,
        help_text="Вид, дата и номер акта о создании.",
    )
    established_on = day("Дата создания", required=False)

    def __init__(self, place: Municipality, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = list(queries.bodies(place.pk))
        self._bodies = {str(body.pk): body for body in rows}
        field = cast(forms.ChoiceField, self.fields["operator"])
        field.choices = body_choices(rows, "нет: центр в составе администрации")

    def card(self) -> dict[str, Any]:
        """Arguments of `save_centre_card`, of a valid form."""
        values = dict(self.cleaned_data)
        values["operator"] = self._bodies.get(values["operator"])
        return {**values, "form": CentreForm(values["form"])}


@organiser
def centre_card(request: DeskRequest) -> HttpResponse:
    place = request.municipality
    start = {
        "name": place.centre_name,
        "form": place.centre_form_kind,
        "operator": str(place.operator_id or ""),
        "legal_basis": place.legal_basis,
        "established_on": place.established_on,
    }
    form = CentreCardForm(place, request.POST or None, initial=start)
    if (
        request.method == "POST"
        and form.is_valid()
        and done(form, lambda: actions.save_centre_card(access=request.access, **form.card()))
    ):
        toast(request, "Карточка центра сохранена")
        return redirect("desk:centre_card")
    facts = queries.regulation_facts(place)
    context = {
        "form": form,
        "own_words": place.centre_form,
        "tasks": _tasks(place),
        "about_url": reverse("portal:about", args=[place.slug]),
        "aim": facts.centre.aim,
    }
    trail = crumbs(("Карточка центра", ""))
    return render(request, "desk/settings/people/centre.html", context, crumbs=trail)


def _tasks(place: Municipality) -> list[tuple[str, str]]:
    """What the roles of the centre do by its regulation: its task set."""
    return [(role.label, role.duties) for role in place.roles.all() if role.duties]


class LegalActForm(forms.Form):
    level = forms.ChoiceField(label="Уровень", choices=ActLevel.choices)
    title = forms.CharField(label="Вид и название", max_length=500)
    number = forms.CharField(
        label="Номер", max_length=50, help_text="Как его пишут в ссылках: 59-ФЗ."
    )
    issued_on = day("Дата")
    issuer = forms.CharField(label="Кем издан", max_length=300, required=False)
    edition = forms.CharField(
        label="Редакция", max_length=200, required=False, help_text="Например: от 28.12.2024."
    )
    in_force_from = day("Действует с", required=False)
    in_force_until = day("Действует по", required=False)
    url = forms.URLField(
        label="Ссылка на текст", required=False, max_length=500, assume_scheme="https"
    )
    note = forms.CharField(label="Примечание", required=False, max_length=500)
    file = forms.FileField(label="Файл", required=False, help_text="До 20 МБ.")

    def act(self) -> dict[str, Any]:
        """Arguments of `keep_legal_act`, of a valid form."""
        values = dict(self.cleaned_data)
        given = values.pop("file")
        values["level"] = ActLevel(values["level"])
        return {**values, "file": (given.name, given.read()) if given else None}


@desk()
def library(request: DeskRequest) -> HttpResponse:
    """Open to every participant; kept by those who set up or organise."""
    access = request.access
    keeps = access.allows(Permission.SET_UP) or access.allows(Permission.ORGANISE)
    if request.method == "POST" and not keeps:
        raise Forbidden("Библиотеку ведёт администратор центра.", "Попросите его внести акт.")
    form = LegalActForm(request.POST or None, request.FILES or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and done(form, lambda: actions.keep_legal_act(access=access, **form.act()))
    ):
        toast(request, "Акт внесён в библиотеку")
        return redirect("desk:library")
    rows = list(queries.legal_acts(request.municipality.pk))
    files = {one.subject_id: one for one in files_of(LEGAL_ACT, [act.pk for act in rows])}
    groups = [
        (str(level.label).capitalize(), [(a, files.get(a.pk)) for a in rows if a.level == level])
        for level in ActLevel
    ]
    today = clock.today(request.municipality.tz)
    context = {
        "groups": [one for one in groups if one[1]],
        "form": form if keeps else None,
        "outdated": {act.pk for act in rows if not act.in_force(today)},
    }
    trail = [("Библиотека актов", "")]
    return render(request, "desk/settings/people/library.html", context, crumbs=trail)


@require_GET
@desk()
def legal_act_file(request: DeskRequest, pk: int) -> HttpResponse:
    found = Attachment.objects.filter(
        subject=LEGAL_ACT, subject_id=pk, municipality_id=request.municipality.pk
    ).first()
    if found is None:
        raise NotFound("Файла у этого акта нет.", "Вернитесь в библиотеку.")
    return serve(found)
