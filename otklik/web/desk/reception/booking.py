"""Booking by phone or at the desk, moving, cancelling."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from otklik.base import clock
from otklik.base.errors import OtklikError
from otklik.casework.appeals.actions import NewApplicant
from otklik.casework.reception import actions, queries
from otklik.casework.reception.models import Host
from otklik.casework.reception.rules import chosen_place
from otklik.casework.reception.vocabulary import BookedVia
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.look.toasts import toast


class VisitForm(forms.Form):
    slot = forms.ChoiceField(
        label="Время",
        error_messages={
            "required": "Выберите время.",
            "invalid_choice": "Это время уже занято. Выберите другое.",
        },
    )
    name = forms.CharField(label="Фамилия, имя, отчество", max_length=300)
    phone = forms.CharField(label="Телефон", required=False, max_length=50)
    email = forms.EmailField(
        label="Почта", required=False, help_text="Пришлём подтверждение и напоминание."
    )
    postal_address = forms.CharField(label="Почтовый адрес", required=False, max_length=500)
    question = forms.CharField(label="Вопрос", widget=forms.Textarea({"rows": 3}))
    category = forms.ChoiceField(
        label="Право на приём вне очереди",
        required=False,
        help_text="Документ проверяют на приёме (ст. 13 ч. 7 № 59-ФЗ).",
    )
    via = forms.ChoiceField(
        label="Как записан",
        choices=[(BookedVia.PHONE, "по телефону"), (BookedVia.DESK, "лично")],
    )

    def __init__(self, host: Host, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = slots_of(host)
        self._choose("slot", self.places)
        kinds = queries.categories_applied(host.municipality_id)
        self._choose("category", [("", "нет"), *((kind.pk, str(kind)) for kind in kinds)])

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


def slots_of(host: Host, *, out_of_turn: bool = True) -> list[tuple[str, list[tuple[str, str]]]]:
    """Free places by day; for those out of turn also the place of a day without a time."""
    found = []
    for one in queries.open_days(host, now=clock.now()):
        places = [(slot.starts_at.isoformat(), f"{slot.starts_at:%H:%M}") for slot in one.slots]
        if out_of_turn:
            places.append((one.day.isoformat(), "без времени, вне очереди"))
        found.append((f"{one.day:%d.%m.%Y}", places))
    return found


@desk(Permission.RECEIVE)
def visit_new(request: DeskRequest) -> HttpResponse:
    hosts = [host for host in queries.hosts_for(request.access) if host.is_active]
    wanted = request.GET.get("host", "")
    known = next((one for one in hosts if str(one.pk) == wanted), hosts[0] if hosts else None)
    host = queries.host_of(request.access, known.pk) if known else None
    form = VisitForm(host, request.POST or None) if host else None
    if host and form and request.method == "POST" and form.is_valid():
        try:
            made, code = actions.book(access=request.access, new=_new(host, form.cleaned_data))
        except OtklikError as error:
            form.add_error(None, f"{error.message} {error.mend}".strip())
        else:
            toast(request, f"Записан: {made}, код для гражданина {code}")
            return redirect("desk:visit", made.pk)
    context = {
        "form": form,
        "host": host,
        "hosts": [(one, one == host) for one in hosts],
        "any_free": bool(form and form.places),
    }
    trail = [("Приём", reverse("desk:reception")), ("Новая запись", "")]
    return render(request, "desk/reception/new.html", context, crumbs=trail)


@require_POST
@desk(Permission.RECEIVE)
def cancellation(request: DeskRequest, pk: int) -> HttpResponse:
    reason = request.POST.get("reason", "")
    return _step(request, pk, "Запись отменена", actions.cancel, reason=reason)


@require_POST
@desk(Permission.RECEIVE)
def time(request: DeskRequest, pk: int) -> HttpResponse:
    place = chosen_place(request.POST.get("slot", ""))
    return _step(request, pk, "Запись перенесена", actions.move, **place)


@require_POST
@desk(Permission.RECEIVE)
def absence(request: DeskRequest, pk: int) -> HttpResponse:
    return _step(request, pk, "Отмечено: не пришёл", actions.miss)


def _step(request: DeskRequest, pk: int, said: str, verb: Any, **given: Any) -> HttpResponse:
    try:
        verb(access=request.access, visit_id=pk, **given)
    except OtklikError as error:
        toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
    else:
        toast(request, said)
    return redirect("desk:visit", pk)


def _new(host: Host, values: dict[str, Any]) -> actions.NewVisit:
    return actions.NewVisit(
        host_id=host.pk,
        applicant=NewApplicant(
            name=values["name"],
            phone=values["phone"],
            email=values["email"],
            postal_address=values["postal_address"],
        ),
        question=values["question"],
        category_id=int(values["category"]) if values["category"] else None,
        via=values["via"],
        **chosen_place(values["slot"]),
    )
