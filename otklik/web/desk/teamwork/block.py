"""«Мой блок»: whom the head of a block has named to answer for him."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from otklik.base import clock
from otklik.base.errors import NotFound, OtklikError
from otklik.directory.organisation.actions.deputies import end_deputy, name_deputy
from otklik.directory.organisation.models import Appointment
from otklik.directory.organisation.queries import appointments_in_force
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.settings.people.appointing import SubstituteForm
from otklik.web.look.toasts import toast


@desk()
def my_block(request: DeskRequest) -> HttpResponse:
    """For whoever is appointed to a block; the form names one deputy for some days."""
    place, today = request.municipality, clock.today(request.municipality.tz)
    own = _own(request)
    form = SubstituteForm(
        place, request.user, today, request.POST or None, initial={"since": today}
    )
    if request.method == "POST" and form.is_valid():
        try:
            given = form.substitution()
            made = name_deputy(access=request.access, appointment=own, **given)
        except OtklikError as error:
            form.add_error(None, f"{error.message} {error.mend}".strip())
        else:
            toast(request, f"{made.account.short_name}: отвечает за вас в блоке")
            return redirect("desk:my_block")
    named = own.substitutions.select_related("account").filter(until__gte=today)
    context = {"own": own, "form": form, "named": list(named.order_by("since", "pk"))}
    trail = [("Запросы", reverse("desk:requests")), ("Мой блок", "")]
    return render(request, "desk/teamwork/block.html", context, crumbs=trail)


@require_POST
@desk()
def deputy_ending(request: DeskRequest, pk: int) -> HttpResponse:
    own = _own(request)
    named = own.substitutions.select_related("role__municipality", "substitutes").filter(pk=pk)
    found = named.first()
    if found is None:
        raise NotFound("Такого назначения нет.", "Обновите страницу.")
    try:
        end_deputy(access=request.access, appointment=found)
    except OtklikError as error:
        toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
    else:
        toast(request, "Назначение прекращено")
    return redirect("desk:my_block")


def own_blocks(request: DeskRequest) -> QuerySet[Appointment]:
    """Where this person heads a block himself, not as somebody's deputy."""
    return appointments_in_force(clock.today(request.municipality.tz)).filter(
        account=request.user,
        role__municipality=request.municipality,
        block__isnull=False,
        substitutes__isnull=True,
    )


def _own(request: DeskRequest) -> Appointment:
    found = own_blocks(request).select_related("role__municipality", "block")
    own = found.order_by("pk").first()
    if own is None:
        raise NotFound("Вы не руководите отраслевым блоком.", "Блок назначают в настройках.")
    return own
