"""The tree of bodies, a body with its blocks, the archive."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from otklik.base import clock
from otklik.directory.organisation import actions, queries
from otklik.directory.organisation.models import Body
from otklik.web.desk.frame import DeskRequest, render
from otklik.web.desk.settings.people.forms import BodyForm
from otklik.web.desk.settings.people.guard import crumbs, done, organiser
from otklik.web.look.toasts import toast


@organiser
def structure(request: DeskRequest) -> HttpResponse:
    place = request.municipality
    held = queries.appointments_in_force(clock.today(place.tz)).filter(
        role__municipality=place, body__isnull=False
    )
    counts = held.values_list("body_id").annotate(people=Count("account", distinct=True))
    context = {
        "branches": queries.tree(place.pk),
        "people_at": dict(counts),
        "by_consent": set(queries.regulation_facts(place).members_by_consent),
        "archived": Body.objects.filter(municipality=place, is_active=False),
    }
    trail = crumbs(("Структура", ""))
    return render(request, "desk/settings/people/structure.html", context, crumbs=trail)


@organiser
def body_new(request: DeskRequest) -> HttpResponse:
    return _edit(request, None)


@organiser
def body(request: DeskRequest, pk: int) -> HttpResponse:
    return _edit(request, queries.own(request.access, Body, pk))


@require_POST
@organiser
def body_archive(request: DeskRequest, pk: int) -> HttpResponse:
    found = queries.own(request.access, Body, pk)
    today = clock.today(request.municipality.tz)
    actions.archive_body(access=request.access, body=found, on=today)
    undo = reverse("desk:body_restore", args=[pk])
    toast(request, f"«{found}» в архиве", undo_url=undo)
    return redirect("desk:structure")


@require_POST
@organiser
def body_restore(request: DeskRequest, pk: int) -> HttpResponse:
    found = queries.own(request.access, Body, pk)
    actions.restore_body(access=request.access, body=found)
    toast(request, f"«{found}» снова в структуре")
    return redirect("desk:structure")


def _edit(request: DeskRequest, found: Body | None) -> HttpResponse:
    place = request.municipality
    above = [row for row in queries.bodies(place.pk) if found is None or row.pk != found.pk]
    if found and found.parent and found.parent not in above:
        above.append(found.parent)
    needed = queries.regulation_facts(place).block_decision
    form = BodyForm(
        above,
        list(place.blocks.all()),
        bool(needed),
        request.POST or None,
        initial=_initial(found),
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and done(form, lambda: _save(request, form, found))
    ):
        toast(request, f"«{form.cleaned_data['name']}»: сохранено")
        return redirect("desk:structure")
    context = {"form": form, "body": found, "needed": needed}
    trail = crumbs(("Структура", "structure"), (str(found or "Новый орган"), ""))
    return render(request, "desk/settings/people/body.html", context, crumbs=trail)


def _save(request: DeskRequest, form: BodyForm, found: Body | None) -> None:
    saved = actions.save_body(access=request.access, body=found, **form.body_values())
    actions.place_body(
        access=request.access,
        body=saved,
        memberships=form.memberships(),
        decision=form.cleaned_data.get("decision", ""),
    )
    consented_on = form.cleaned_data.get("consented_on")
    if consented_on and consented_on != saved.consented_on:
        actions.note_consent(
            access=request.access,
            body=saved,
            consented_on=consented_on,
            document=form.cleaned_data["consent_document"],
        )


def _initial(found: Body | None) -> dict[str, Any]:
    if found is None:
        return {}
    blocks = {f"block_{m.block_id}": m.membership for m in found.block_memberships.all()}
    names = (
        "name", "short_name", "kind", "head_position", "consented_on", "consent_document",
    )  # fmt: skip
    return {
        **{name: getattr(found, name) for name in names},
        "parent": str(found.parent_id or ""),
        **blocks,
    }
