"""An appointment comes to its end, or gets a substitute."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect

from otklik.base import clock
from otklik.directory.organisation import actions, queries
from otklik.directory.organisation.models import Appointment
from otklik.web.desk.frame import DeskRequest, render
from otklik.web.desk.settings.people.appointing import EndForm, SubstituteForm
from otklik.web.desk.settings.people.guard import crumbs, done, organiser
from otklik.web.look.toasts import toast


@organiser
def ending(request: DeskRequest, pk: int) -> HttpResponse:
    found = queries.appointment_of(request.access, pk)
    form = EndForm(request.POST or None, initial={"on": clock.today(request.municipality.tz)})
    if (
        request.method == "POST"
        and form.is_valid()
        and done(
            form,
            lambda: actions.end_appointment(
                access=request.access, appointment=found, **form.cleaned_data
            ),
        )
    ):
        toast(request, f"{found.account.short_name}: назначение прекращено")
        return redirect("desk:person", found.account_id)
    return _page(request, found, form, "Прекратить назначение", "Прекратить")


@organiser
def substitute(request: DeskRequest, pk: int) -> HttpResponse:
    found = queries.appointment_of(request.access, pk)
    place, today = request.municipality, clock.today(request.municipality.tz)
    form = SubstituteForm(
        place, found.account, today, request.POST or None, initial={"since": today}
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and done(
            form,
            lambda: actions.name_substitute(
                access=request.access, appointment=found, **form.substitution()
            ),
        )
    ):
        toast(request, f"{found.account.short_name}: замещение назначено")
        return redirect("desk:person", found.account_id)
    return _page(request, found, form, "Назначить замещение", "Назначить")


def _page(
    request: DeskRequest, found: Appointment, form: EndForm | SubstituteForm, title: str, verb: str
) -> HttpResponse:
    context = {"form": form, "appointment": found, "title": title, "verb": verb}
    trail = crumbs(("Сотрудники и назначения", "people"), (title, ""))
    return render(request, "desk/settings/people/appointment.html", context, crumbs=trail)
