"""Whose the mailboxes and accounts are to which citizens write."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from otklik.base.errors import OtklikError
from otklik.casework.appeals import queries
from otklik.casework.appeals.actions import close_door, open_door
from otklik.exchange.channels.queries import accounts
from otklik.web.desk.frame import DeskRequest, render
from otklik.web.desk.settings.people.guard import crumbs, done
from otklik.web.desk.settings.workflow.guard import setting_up
from otklik.web.look.toasts import toast


class DoorForm(forms.Form):
    body = forms.ChoiceField(
        label="Кому пишут",
        error_messages={"required": "Выберите орган, организацию или должностное лицо."},
    )
    box = forms.CharField(
        label="Адрес почты",
        required=False,
        max_length=254,
        help_text="На который пишут граждане. Почта из структуры узнаётся и без этого.",
    )
    account = forms.ChoiceField(label="Или канал целиком", required=False)

    def __init__(self, request: DeskRequest, *args: Any) -> None:
        super().__init__(*args)
        known = queries.addressees(request.municipality.pk)
        self._choose("body", "выберите", [(one.pk, one.name) for one in known])
        mine = accounts(request.access)
        self._choose(
            "account", "не выбран", [(a.pk, f"{a.get_kind_display()}: {a.title}") for a in mine]
        )

    def _choose(self, name: str, empty: str, choices: list[tuple[int, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = [("", empty), *choices]


@setting_up
def addressees(request: DeskRequest) -> HttpResponse:
    form = DoorForm(request, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and done(form, lambda: _open(request, form)):
        toast(request, "Адресат закреплён")
        return redirect("desk:addressees")
    context = {"form": form, "doors": queries.doors(request.municipality.pk)}
    page, status = "desk/settings/workflow/addressees.html", 422 if form.errors else 200
    return render(request, page, context, crumbs=crumbs(("Адресаты", "")), status=status)


@require_POST
@setting_up
def remove(request: DeskRequest, pk: int) -> HttpResponse:
    try:
        close_door(access=request.access, door_id=pk)
    except OtklikError as error:
        toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
    else:
        toast(request, "Закрепление снято")
    return redirect("desk:addressees")


def _open(request: DeskRequest, form: DoorForm) -> None:
    given = form.cleaned_data
    open_door(
        access=request.access,
        body_id=int(given["body"]),
        box=given["box"],
        account_id=int(given["account"]) if given["account"] else None,
    )
