"""Profiles: known layouts of exports, and the centre's own mappings of columns."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from otklik.casework.intake import actions, queries
from otklik.casework.intake.models import ImportProfile
from otklik.casework.intake.rules import LAYOUTS, Field, Layout, layout
from otklik.casework.intake.vocabulary import Source
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.imports.tabs import tabs
from otklik.web.desk.settings.people.guard import done
from otklik.web.look.toasts import toast

COLUMN = "column_"


class ProfileForm(forms.Form):
    """A name, a source, and the column of every field: its header or its letter."""

    name = forms.CharField(label="Название", max_length=100)
    source = forms.ChoiceField(label="Откуда выгрузка", choices=Source.choices)
    sheet = forms.CharField(
        label="Лист книги", max_length=100, required=False, help_text="Пусто — первый с таблицей."
    )

    def __init__(self, columns: dict[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in Field:
            self.fields[COLUMN + one] = forms.CharField(
                label=one.label, required=False, max_length=200, initial=columns.get(one, "")
            )

    def columns(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith(COLUMN)]

    def mapping(self) -> dict[str, str]:
        return {
            name.removeprefix(COLUMN): value
            for name, value in self.cleaned_data.items()
            if name.startswith(COLUMN) and value
        }


@desk(Permission.IMPORT)
def profiles(request: DeskRequest) -> HttpResponse:
    context = {
        "tabs": tabs(request, "profiles"),
        "own": queries.profiles(request.access),
        "known": [(one, Source(one.source).label, _columns(one)) for one in LAYOUTS],
    }
    return render(request, "desk/imports/profiles.html", context)


@desk(Permission.IMPORT)
def profile_new(request: DeskRequest) -> HttpResponse:
    """`?layout=` names the known layout to begin with."""
    return _edit(request, None, layout(request.GET.get("layout", "")))


@desk(Permission.IMPORT)
def profile(request: DeskRequest, pk: int) -> HttpResponse:
    found = queries.profile_of(request.access, pk)
    base = layout(found.based_on)
    if "restore" in request.GET and base:
        found.mapping = {str(name): header for name, header in base.columns.items()}
    return _edit(request, found, base)


@require_POST
@desk(Permission.IMPORT)
def removal(request: DeskRequest, pk: int) -> HttpResponse:
    actions.remove_profile(access=request.access, profile_id=pk)
    toast(request, "Профиль удалён")
    return redirect("imports:profiles")


def _edit(request: DeskRequest, found: ImportProfile | None, base: Layout | None) -> HttpResponse:
    initial: dict[str, Any] = {}
    columns: dict[str, str] = {}
    if found:
        initial = {"name": found.name, "source": found.source, "sheet": found.sheet}
        columns = found.mapping
    elif base:
        initial = {"name": f"{base.title} (наш)", "source": base.source}
        columns = {str(name): header for name, header in base.columns.items()}
    form = ProfileForm(columns, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        saved = done(
            form,
            lambda: actions.edit_profile(
                access=request.access,
                profile_id=found.pk if found else None,
                name=form.cleaned_data["name"],
                source=Source(form.cleaned_data["source"]),
                mapping=form.mapping(),
                sheet=form.cleaned_data["sheet"],
                based_on=base.slug if base else "",
            ),
        )
        if saved:
            toast(request, f"Профиль «{form.cleaned_data['name']}» сохранён")
            return redirect("imports:profiles")
    context = {"form": form, "profile": found, "base": base}
    name = found.name if found else "Новый профиль"
    trail = [
        ("Импорт", reverse("imports:start")),
        ("Профили", reverse("imports:profiles")),
        (name, ""),
    ]
    status = 422 if form.errors else 200
    return render(request, "desk/imports/profile.html", context, crumbs=trail, status=status)


def _columns(one: Layout) -> str:
    return ", ".join(f"{header} — {name.label.lower()}" for name, header in one.columns.items())
