"""Links for screens on walls: made, shown once, switched off."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from otklik.base import clock
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.heatmap.actions import allow_screen, stop_screen
from otklik.insight.heatmap.queries import screens
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.look.toasts import toast

DAYS = ((30, "месяц"), (91, "три месяца"), (366, "год"))


class ScreenForm(forms.Form):
    title = forms.CharField(label="Где стоит", max_length=200)
    days = forms.TypedChoiceField(label="Действует", choices=DAYS, coerce=int, initial=366)


@desk(Permission.ANALYTICS)
def map_screens(request: DeskRequest) -> HttpResponse:
    """The key is told on the answer to its making and never again."""
    form = ScreenForm(request.POST or None)
    link = ""
    if request.method == "POST" and form.is_valid():
        _, key = allow_screen(
            access=request.access,
            title=form.cleaned_data["title"],
            days=form.cleaned_data["days"],
        )
        link = request.build_absolute_uri(reverse("desk:wall_by_key", args=[key]))
        form = ScreenForm()
    context = {
        "form": form,
        "link": link,
        "screens": list(screens(request.access, clock.now())),
    }
    crumbs = [("Карта", reverse("desk:map")), ("Экраны", "")]
    status = 422 if request.method == "POST" and not link else 200
    return render(request, "desk/heat/screens.html", context, crumbs=crumbs, status=status)


@require_POST
@desk(Permission.ANALYTICS)
def stop(request: DeskRequest, pk: int) -> HttpResponse:
    stop_screen(access=request.access, screen_id=pk)
    toast(request, "Экран отключён")
    return redirect("desk:map_screens")
