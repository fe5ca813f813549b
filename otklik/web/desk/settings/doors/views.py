"""Doors that stand elsewhere: which there are, how each is set, what works."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from otklik.base.errors import NotFound
from otklik.exchange.signin import queries
from otklik.exchange.signin.actions import probe_door, save_door, unbind
from otklik.exchange.signin.models import ExternalDoor
from otklik.exchange.signin.vocabulary import DoorKind
from otklik.exchange.vendors.esia.checks import Check
from otklik.web.desk.frame import DeskRequest, render
from otklik.web.desk.settings.doors.forms import DoorForm, rule_rows
from otklik.web.desk.settings.people.guard import crumbs, done, organiser
from otklik.web.look.toasts import toast


@organiser
def doors(request: DeskRequest) -> HttpResponse:
    context = {"doors": queries.doors(request.access), "kinds": DoorKind.choices}
    trail = crumbs(("Вход через внешнюю систему", ""))
    return render(request, "desk/settings/doors/list.html", context, crumbs=trail)


@organiser
def door_new(request: DeskRequest, kind: str) -> HttpResponse:
    if kind not in DoorKind.values:
        raise Http404("No such kind of door")
    return _edit(request, kind, None)


@organiser
def door(request: DeskRequest, pk: int) -> HttpResponse:
    found = queries.door_of(request.access, pk)
    return _edit(request, found.kind, found)


@require_POST
@organiser
def check(request: DeskRequest, pk: int) -> HttpResponse:
    found = queries.door_of(request.access, pk)
    checks = probe_door(access=request.access, door_id=pk)
    form = DoorForm(kind=found.kind, door=found)
    rows = rule_rows(request.municipality, found, None)
    return _page(request, found.kind, found, form, rows, checks)


@require_POST
@organiser
def unbinding(request: DeskRequest, pk: int) -> HttpResponse:
    account = request.POST.get("account", "")
    if not account.isdecimal():
        raise NotFound("Не сказано, чью привязку снять.", "Вернитесь и нажмите кнопку снова.")
    unbind(access=request.access, door_id=pk, account_id=int(account))
    toast(request, "Привязка снята")
    return redirect("desk:door", pk)


def _edit(request: DeskRequest, kind: str, found: ExternalDoor | None) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = DoorForm(data, kind=kind, door=found)
    rows = rule_rows(request.municipality, found, data)
    ruled = kind == DoorKind.OIDC
    if data is not None and form.is_valid() and (not ruled or rows.is_valid()):
        rules = [row.rule for row in rows.forms if row.rule] if ruled else []
        kept: list[ExternalDoor] = []

        def save() -> None:
            kept.append(
                save_door(
                    access=request.access,
                    wanted=form.wanted(),
                    rules=rules,
                    door_id=found.pk if found else None,
                )
            )

        if done(form, save):
            toast(request, f"Вход «{kept[0].title}» сохранён")
            return redirect("desk:door", kept[0].pk)
    return _page(request, kind, found, form, rows, None)


def _page(
    request: DeskRequest,
    kind: str,
    found: ExternalDoor | None,
    form: DoorForm,
    rows: Any,
    checks: list[Check] | None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "rows": rows if kind == DoorKind.OIDC else None,
        "door": found,
        "kind_label": DoorKind(kind).label,
        "returns": _returns(request, kind, found),
        "checks": checks,
        "bound": list(queries.bound_to(found)[:200]) if found else [],
    }
    here = found.title if found else DoorKind(kind).label
    trail = crumbs(("Вход через внешнюю систему", "doors"), (here, ""))
    return render(request, "desk/settings/doors/door.html", context, crumbs=trail)


def _returns(request: DeskRequest, kind: str, found: ExternalDoor | None) -> list[str]:
    """Addresses to name on the other side, letter for letter."""
    if kind == DoorKind.ESIA:
        names = [reverse("esia_back"), reverse("portal:identity-back")]
    else:
        key = found.key if found else queries.new_key(request.municipality, kind)
        names = [reverse("openid_connect_callback", args=[key])]
    return [f"{settings.PUBLIC_URL}{name}" for name in names]
