"""Weights and groups of peers: set with a look at what would change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from otklik.base import clock
from otklik.base.errors import NotFound, OtklikError
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.queries import bodies
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.ratings import actions, queries
from otklik.insight.ratings.formulas.tally import Settings
from otklik.insight.ratings.models import PeerGroup
from otklik.insight.ratings.queries import rating as rated
from otklik.insight.ratings.vocabulary import PartName, System
from otklik.language.wording import capital, number
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.ratings.shown import percent, signed
from otklik.web.look.toasts import toast

DAYS = 91
EVENTS = ("RatingWeighed", "PeersGrouped")


class WeightsForm(forms.Form):
    """One number a part: shares of the total are taken from their sum."""

    minimum = forms.IntegerField(label="Наименьшая выборка, вопросов", min_value=1, max_value=1000)
    prior = forms.IntegerField(label="Условных вопросов", min_value=0, max_value=1000)
    contest_days = forms.IntegerField(
        label="На оспаривание, рабочих дней", min_value=1, max_value=90
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = {
            part.value: forms.FloatField(
                label=f"{capital(part.label)}, вес", min_value=0, max_value=1000
            )
            for part in PartName
        }
        self.fields = {**parts, **self.fields}

    def weights(self) -> actions.Weights:
        given = self.cleaned_data
        return actions.Weights(
            weights={part.value: given[part.value] for part in PartName},
            minimum=given["minimum"],
            prior=given["prior"],
            contest_days=given["contest_days"],
        )


@desk(Permission.SET_UP)
def weights(request: DeskRequest) -> HttpResponse:
    system = _system(request.GET.get("system", ""))
    chosen = queries.chosen_of(request.municipality.pk, system)
    form = WeightsForm(request.POST or None, initial=_initial(chosen))
    problem: OtklikError | None = None
    preview: list[dict[str, Any]] | None = None
    if request.method == "POST" and form.is_valid():
        new = form.weights()
        if request.POST.get("next") == "look":
            told = {**new.weights, "minimum": new.minimum, "prior": new.prior}
            preview = _preview(request, system, settings=queries.read_settings(told, system))
        else:
            try:
                actions.set_weights(access=request.access, system=system, new=new)
            except OtklikError as error:
                problem = error
            else:
                toast(request, "Веса сохранены")
                return redirect(f"{reverse('desk:rating_weights')}?system={system.value}")
    context = {
        "form": form,
        "problem": problem,
        "preview": preview,
        "sees": queries.sees_whole(request.access, system.channel),
        "chosen": chosen,
        "system": system,
        "systems": [
            {"label": one.label, "url": f"?system={one.value}", "active": one == system}
            for one in System
        ],
        "history": _history(request),
        "groups": [_group(one) for one in _groups(request)],
    }
    crumbs = [("Рейтинг", reverse("desk:rating")), ("Веса и группы", "")]
    return render(request, "desk/ratings/weights.html", context, crumbs=crumbs)


@desk(Permission.SET_UP)
def peers(request: DeskRequest, pk: int = 0) -> HttpResponse:
    """One group: its name and its bodies; a new one without `pk`."""
    place = request.municipality.pk
    group = _groups(request).filter(pk=pk).first() if pk else None
    if pk and group is None:
        raise NotFound("Такой группы нет.", "Вернитесь к списку групп.")
    standing = {body.pk for body in group.bodies.all()} if group else set[int]()
    chosen, name, problem = standing, group.name if group else "", None
    preview: list[dict[str, Any]] | None = None
    if request.method == "POST":
        name = request.POST.get("name", "")
        chosen = {int(one) for one in request.POST.getlist("bodies") if one.isdecimal()}
        if request.POST.get("next") == "look":
            preview = _preview(request, System.WHOLE, groups=_regrouped(place, pk, name, chosen))
        else:
            try:
                _save(request, pk, name, chosen)
            except OtklikError as error:
                problem = error
            else:
                toast(request, "Группа сохранена")
                return redirect("desk:rating_weights")
    elsewhere = queries.groups_of_bodies(place)
    context = {
        "group": group,
        "name": name,
        "problem": problem,
        "preview": preview,
        "kinds": _kinds(bodies(place), chosen, elsewhere, group),
        "sees": queries.sees_whole(request.access, ""),
    }
    crumbs = [("Веса и группы", reverse("desk:rating_weights")), (name or "Новая группа", "")]
    return render(request, "desk/ratings/peers.html", context, crumbs=crumbs)


@require_POST
@desk(Permission.SET_UP)
def regroup(request: DeskRequest) -> HttpResponse:
    """Groups by kinds of bodies, or one group less."""
    given = request.POST.get("group", "")
    try:
        if given.isdecimal():
            actions.drop_peers(access=request.access, group_id=int(given))
        else:
            actions.group_by_kind(access=request.access)
    except OtklikError as error:
        toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
    else:
        toast(request, "Группы изменены")
    return redirect("desk:rating_weights")


def _save(request: DeskRequest, pk: int, name: str, chosen: set[int]) -> None:
    actions.save_peers(access=request.access, name=name, body_ids=chosen, group_id=pk or None)


def _system(given: str) -> System:
    return System(given) if given in System.values else System.WHOLE


def _initial(chosen: queries.Chosen) -> dict[str, Any]:
    shares = {part.value: round(100 * chosen.settings.weight(part), 1) for part in PartName}
    found: dict[str, Any] = {
        name: int(share) if share.is_integer() else share for name, share in shares.items()
    }
    for name in ("minimum", "prior"):
        found[name] = getattr(chosen.settings, name)
    return {**found, "contest_days": chosen.contest_days}


def _preview(
    request: DeskRequest,
    system: System,
    *,
    settings: Settings | None = None,
    groups: Mapping[int, str] | None = None,
) -> list[dict[str, Any]]:
    """Places now and then, over the last quarter; nothing where the whole is not seen."""
    if not queries.sees_whole(request.access, system.channel):
        return []
    now = clock.now()
    wanted = _quarter(now, request, system)
    before = {row.subject_id: row for row in rated(request.access, wanted, now=now).rows}
    after = rated(request.access, wanted, now=now, settings=settings, groups=groups).rows
    return [
        {
            "name": row.name,
            "group": row.group,
            "was": before[row.subject_id].place,
            "now": row.place,
            "total": number(row.total, 1),
            "change": signed(row.total - before[row.subject_id].total),
            "moved": before[row.subject_id].place != row.place,
        }
        for row in after
    ]


def _quarter(now: datetime, request: DeskRequest, system: System) -> AppealFilter:
    until = now.astimezone(request.municipality.tz).date()
    return AppealFilter(since=until - timedelta(days=DAYS - 1), until=until, channel=system.channel)


def _groups(request: DeskRequest) -> Any:
    return queries.peer_groups(request.municipality.pk).prefetch_related("bodies")


def _group(one: PeerGroup) -> dict[str, Any]:
    return {
        "one": one,
        "url": reverse("desk:rating_peers", args=[one.pk]),
        "bodies": [str(body) for body in one.bodies.all()],
    }


def _regrouped(place: int, pk: int, name: str, chosen: set[int]) -> dict[int, str]:
    """The groups as they would stand."""
    group = queries.peer_groups(place).filter(pk=pk).first() if pk else None
    standing = queries.groups_of_bodies(place)
    old = group.name if group else ""
    kept = {body: label for body, label in standing.items() if not old or label != old}
    return {**kept, **dict.fromkeys(chosen, " ".join(name.split()) or "Новая группа")}


def _kinds(
    found: Iterable[Body], chosen: set[int], elsewhere: Mapping[int, str], group: PeerGroup | None
) -> list[dict[str, Any]]:
    kinds: dict[str, list[dict[str, Any]]] = {}
    own = group.name if group else ""
    for body in found:
        other = elsewhere.get(body.pk, "")
        kinds.setdefault(capital(body.get_kind_display()), []).append(
            {
                "pk": body.pk,
                "name": str(body),
                "checked": body.pk in chosen,
                "elsewhere": other if other != own else "",
            }
        )
    return [{"label": label, "bodies": rows} for label, rows in kinds.items()]


def _history(request: DeskRequest) -> list[dict[str, Any]]:
    return [
        {
            "at": entry.recorded_at,
            "title": entry.sentence,
            "actor": entry.actor_label,
            "text": _change(entry.payload),
        }
        for entry in queries.history_of_weights(request.access, EVENTS)
    ]


def _change(payload: Mapping[str, Any]) -> str:
    """«скорость 25 → 40 %»: only what changed."""
    before, after = payload.get("before") or {}, payload.get("after") or {}
    wholes = [sum(float(one.get(part, 0)) for part in PartName.values) for one in (before, after)]
    if not all(wholes):
        return ""
    found = []
    for part in PartName:
        old, new = (
            percent(float(one.get(part.value, 0)) / whole)
            for one, whole in zip((before, after), wholes, strict=True)
        )
        if old != new:
            found.append(f"{part.label} {old} → {new}\u00a0%")
    names = (("minimum", "выборка"), ("prior", "условных вопросов"), ("contest_days", "дней"))
    for key, label in names:
        if key in before and before[key] != after.get(key):
            found.append(f"{label} {before[key]} → {after.get(key)}")
    return "; ".join(found)
