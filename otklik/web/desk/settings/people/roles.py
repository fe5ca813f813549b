"""Roles: who may do what, and how far."""

from __future__ import annotations

import secrets

from django.http import HttpResponse
from django.shortcuts import redirect

from otklik.base import clock
from otklik.casework.appeals.vocabulary import Channel
from otklik.directory.organisation import actions, queries
from otklik.directory.organisation.models import Role
from otklik.directory.organisation.queries import Foundation
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.web.desk.frame import DeskRequest, render
from otklik.web.desk.settings.people.forms import RoleForm, role_initial
from otklik.web.desk.settings.people.guard import crumbs, done, organiser
from otklik.web.look.toasts import toast

Foundations = dict[tuple[str, str, str], Foundation]


@organiser
def roles(request: DeskRequest) -> HttpResponse:
    place = request.municipality
    today = clock.today(place.tz)
    founded = queries.foundations(place)
    holders: dict[int, list[str]] = {}
    for held in queries.composition(place.pk, today):
        holders.setdefault(held.role_id, []).append(held.account.short_name)
    context = {
        "rows": [
            {
                "role": role,
                "rights": _rights(role, founded),
                "clauses": queries.clause_labels(role),
                "channels": [Channel(one).label for one in role.channels],
                "holders": holders.get(role.pk, []),
            }
            for role in queries.roles_with_grants(place.pk)
        ],
    }
    trail = crumbs(("Роли", ""))
    return render(request, "desk/settings/people/roles.html", context, crumbs=trail)


@organiser
def role_new(request: DeskRequest) -> HttpResponse:
    return _edit(request, None)


@organiser
def role(request: DeskRequest, pk: int) -> HttpResponse:
    return _edit(request, queries.own(request.access, Role, pk))


def _edit(request: DeskRequest, found: Role | None) -> HttpResponse:
    form = RoleForm(request.POST or None, initial=role_initial(found) if found else {})
    if (
        request.method == "POST"
        and form.is_valid()
        and done(form, lambda: _save(request, form, found))
    ):
        toast(request, f"Роль «{form.cleaned_data['label']}» сохранена")
        return redirect("desk:roles")
    founded = queries.foundations(request.municipality) if found else {}
    context: dict[str, object] = {
        "form": form,
        "role": found,
        "lines": _lines(form, found, founded),
    }
    context["clauses"] = queries.clause_labels(found) if found else []
    trail = crumbs(("Роли", "roles"), (str(found or "Новая роль"), ""))
    return render(request, "desk/settings/people/role.html", context, crumbs=trail)


def _save(request: DeskRequest, form: RoleForm, found: Role | None) -> None:
    values = {name: form.cleaned_data[name] for name in ("label", "position", "channels")}
    if found:
        actions.change_role(access=request.access, role=found, grants=form.grants(), **values)
        return
    # The name in commands; nobody reads it, so it only has to be its own.
    slug = f"role-{secrets.token_hex(4)}"
    actions.add_role(access=request.access, slug=slug, grants=form.grants(), **values)


def _rights(role: Role, founded: Foundations) -> list[tuple[str, list[tuple[str, Foundation]]]]:
    """Rights by reach, the widest first; each with where it comes from."""
    by_scope: dict[str, list[tuple[str, Foundation]]] = {}
    held = {grant.permission: grant.scope for grant in role.grants.all()}
    for permission in Permission:
        if scope := held.get(permission):
            basis = founded.get((role.slug, permission, scope), Foundation())
            by_scope.setdefault(scope, []).append((permission.label, basis))
    return [(s.label, by_scope[s]) for s in reversed(Scope) if s in by_scope]


def _lines(form: RoleForm, role: Role | None, founded: Foundations) -> list[dict[str, object]]:
    """A line of the table per right: the select and the foundation of the right as it is now."""
    held = {grant.permission: grant.scope for grant in role.grants.all()} if role else {}
    slug = role.slug if role else ""
    return [
        {"field": form[f"right_{p}"], "basis": founded.get((slug, p, held.get(p, "")))}
        for p in Permission
    ]
