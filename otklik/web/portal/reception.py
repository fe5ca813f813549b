"""Booking a personal reception (59-ФЗ, art. 13), and keeping the booking by number and code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from otklik.base import clock
from otklik.base.errors import NotFound, OtklikError
from otklik.casework.appeals.actions import NewApplicant
from otklik.casework.reception import actions, queries
from otklik.casework.reception.models import Host, Visit
from otklik.casework.reception.queries import OpenDay
from otklik.casework.reception.rules import chosen_place
from otklik.casework.reception.vocabulary import BookedVia, VisitState
from otklik.directory.organisation.queries import municipality_by_slug
from otklik.directory.organisation.rules import Access
from otklik.language.wording import MONTHS
from otklik.web.portal.forms import code_of, new_token
from otklik.web.portal.limits import spend
from otklik.web.portal.page import address_of, render

DAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")


class BookingForm(forms.Form):
    slot = forms.ChoiceField(
        label="День и время",
        error_messages={
            "required": "Выберите день и время.",
            "invalid_choice": "Это время только что заняли. Выберите другое.",
        },
    )
    category = forms.ChoiceField(
        label="Право на приём вне очереди",
        required=False,
        help_text="Возьмите подтверждающий документ. Без времени записывают только вне очереди.",
    )
    question = forms.CharField(
        label="О чём вы хотите поговорить", max_length=3000, widget=forms.Textarea({"rows": 4})
    )
    name = forms.CharField(label="Фамилия, имя, отчество", max_length=300)
    phone = forms.CharField(
        label="Телефон", required=False, max_length=50, help_text="Позвоним, если приём перенесут."
    )
    email = forms.EmailField(
        label="Почта", required=False, help_text="Пришлём подтверждение и напомним за день."
    )
    website = forms.CharField(required=False, widget=forms.HiddenInput)
    form_token = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, host: Host, days: list[OpenDay], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("slot", [("", "не выбрано"), *places_of(days)])
        kinds = queries.categories_applied(host.municipality_id)
        self._choose("category", [("", "нет"), *((kind.pk, str(kind)) for kind in kinds)])

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError("Это поле заполняют только роботы. Оставьте его пустым.")
        return ""


class FindForm(forms.Form):
    number = forms.CharField(label="Номер записи", max_length=40, help_text="Например: ЛП-12/26")
    code = forms.CharField(label="Код", max_length=20, help_text="Десять знаков из талона")


def places_of(
    days: list[OpenDay], *, out_of_turn: bool = True
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Free places by day; for those out of turn also the place of a day without a time."""
    found = []
    for one in days:
        day = one.day
        title = f"{day.day} {MONTHS[day.month - 1]} {day.year}, {DAYS[day.weekday()]}"
        places = [(slot.starts_at.isoformat(), f"{slot.starts_at:%H:%M}") for slot in one.slots]
        if out_of_turn:
            places.append((day.isoformat(), "без времени, вне очереди"))
        found.append((title, places))
    return found


@require_GET
def schedule(request: HttpRequest, slug: str) -> HttpResponse:
    """Who receives, where and when."""
    centre = municipality_by_slug(slug)
    context = {"hosts": queries.hosts_of(centre.pk)}
    return render(request, "portal/reception.html", context, centre=centre)


def book(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    centre = municipality_by_slug(slug)
    access = Access.system(centre.pk, "Сайт")
    host = queries.host_of(access, pk)
    if not host.is_active:
        raise NotFound("Этот приём больше не ведётся.", "Выберите другого из списка.")
    days = queries.open_days(host, now=clock.now())
    posted = request.method == "POST"
    start = {"form_token": new_token()}
    form = (
        BookingForm(host, days, request.POST) if posted else BookingForm(host, days, initial=start)
    )
    problem: OtklikError | None = None
    if posted and form.is_valid():
        token = form.cleaned_data["form_token"] or new_token()
        try:
            spend("reception", address_of(request), most=10, seconds=3600)
            made, code = actions.book(access=access, new=_new(host, form.cleaned_data, token))
        except OtklikError as error:
            problem = error
        else:
            request.session["visit"] = made.pk
            request.session["visit_code"] = code
            return redirect("portal:reception-visit")
    context = {"form": form, "host": host, "days": days, "problem": problem}
    status = 422 if posted else 200
    return render(request, "portal/reception_book.html", context, centre=centre, status=status)


def find(request: HttpRequest) -> HttpResponse:
    """Open one's booking by number and code."""
    form = FindForm(request.POST or None)
    problem: OtklikError | None = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            spend("visit", address_of(request), most=10, seconds=600)
            request.session["visit"] = queries.visit_by_code(given["number"], given["code"]).pk
        except OtklikError as error:
            problem = error
        else:
            request.session.pop("visit_code", None)
            return redirect("portal:reception-visit")
    context = {"form": form, "problem": problem}
    status = 422 if request.method == "POST" else 200
    return render(request, "portal/reception_find.html", context, status=status)


@require_GET
def visit(request: HttpRequest) -> HttpResponse:
    """The booking for its owner: the slip, moving, cancelling."""
    found = _own(request)
    if found is None:
        return redirect("portal:reception-find")
    return _slip(request, found)


@require_POST
def time(request: HttpRequest) -> HttpResponse:
    place = chosen_place(request.POST.get("slot", ""))
    return _change(request, lambda access, pk: actions.move(access=access, visit_id=pk, **place))


@require_POST
def cancellation(request: HttpRequest) -> HttpResponse:
    reason = "по просьбе гражданина"
    return _change(
        request, lambda access, pk: actions.cancel(access=access, visit_id=pk, reason=reason)
    )


def _change(request: HttpRequest, verb: Callable[[Access, int], Visit]) -> HttpResponse:
    found = _own(request)
    if found is None:
        return redirect("portal:reception-find")
    try:
        verb(Access.system(found.municipality_id, "Заявитель"), found.pk)
    except OtklikError as error:
        return _slip(request, found, problem=error, status=422)
    return redirect("portal:reception-visit")


def _own(request: HttpRequest) -> Visit | None:
    return (
        Visit.objects.select_related("host__municipality", "municipality", "category")
        .filter(pk=request.session.get("visit", 0))
        .first()
    )


def _slip(
    request: HttpRequest, found: Visit, *, problem: OtklikError | None = None, status: int = 200
) -> HttpResponse:
    booked = found.state == VisitState.BOOKED
    days: list[OpenDay] = []
    if booked:
        host = queries.host_of(Access.system(found.municipality_id), found.host_id)
        days = queries.open_days(host, now=clock.now())
    context = {
        "visit": found,
        "code": request.session.get("visit_code", ""),
        "booked": booked,
        "places": places_of(days, out_of_turn=found.category_id is not None),
        "local": f"{found.starts_at.astimezone(found.municipality.tz):%H:%M}"
        if found.starts_at
        else "",
        "problem": problem,
    }
    return render(
        request, "portal/reception_visit.html", context, centre=found.municipality, status=status
    )


def _new(host: Host, values: dict[str, Any], token: str) -> actions.NewVisit:
    return actions.NewVisit(
        host_id=host.pk,
        applicant=NewApplicant(name=values["name"], phone=values["phone"], email=values["email"]),
        question=values["question"],
        category_id=int(values["category"]) if values["category"] else None,
        via=BookedVia.SITE,
        code=code_of(token),
        **chosen_place(values["slot"]),
    )
