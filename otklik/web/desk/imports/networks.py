"""Networks and media: which of them the centre takes from, and why some cannot be connected."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from otklik.base.errors import OtklikError
from otklik.casework.intake import actions, queries
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.imports.tabs import tabs
from otklik.web.look.toasts import toast


@desk(Permission.IMPORT)
def networks(request: DeskRequest) -> HttpResponse:
    """POST adds a network or medium."""
    if request.method == "POST":
        name, words = request.POST.get("name", ""), request.POST.get("words", "")
        try:
            actions.add_network(access=request.access, name=name, words=words)
        except OtklikError as error:
            toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
        else:
            toast(request, f"«{name.strip()}» добавлено")
        return redirect("imports:networks")
    context = {
        "tabs": tabs(request, "networks"),
        "rows": queries.networks_of(request.municipality.pk),
    }
    return render(request, "desk/imports/networks.html", context)


@require_POST
@desk(Permission.IMPORT)
def switch(request: DeskRequest) -> HttpResponse:
    enabled = request.POST.get("enabled") == "1"
    try:
        kept = actions.switch_network(
            access=request.access, slug=request.POST.get("slug", ""), enabled=enabled
        )
    except OtklikError as error:
        toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
    else:
        toast(request, f"«{kept.name}»: {'принимается' if enabled else 'не принимается'}")
    return redirect("imports:networks")
