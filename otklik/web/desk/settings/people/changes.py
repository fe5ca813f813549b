"""The composition on a day, proposals to change it, and their approval by an act."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from otklik.base import clock
from otklik.base.errors import Forbidden, NotFound, OtklikError
from otklik.base.given import day_given
from otklik.directory.organisation import actions, queries
from otklik.directory.organisation.actions.changes import CHANGE
from otklik.directory.organisation.vocabulary import ChangeKind, ChangeState, Permission
from otklik.records.attachments.queries import files_of
from otklik.web.desk.appeals.files import serve
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.settings.people.appointing import day
from otklik.web.desk.settings.people.forms import body_choices
from otklik.web.desk.settings.people.guard import done
from otklik.web.look.toasts import toast

SHAPES = {ChangeState.DRAFT: "draft", ChangeState.APPROVED: "done", ChangeState.REJECTED: "off"}


class ChangeForm(forms.Form):
    kind = forms.ChoiceField(label="Что изменить", choices=ChangeKind.choices)
    account = forms.ChoiceField(label="Сотрудник", required=False)
    role = forms.ChoiceField(label="Роль", required=False)
    appointment = forms.ChoiceField(label="Какое назначение прекратить", required=False)
    body = forms.ChoiceField(label="Орган", required=False)
    block = forms.ChoiceField(label="Отраслевой блок", required=False)
    since = day("С какого дня", required=False)
    until = day("По какой день", required=False, hint="Для прекращения — последний день в роли.")
    reason = forms.CharField(
        label="Обоснование", required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, request: DeskRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = request.municipality
        today = clock.today(place.tz)
        everything = request.access.allows(Permission.ORGANISE)
        blocks = place.blocks.all() if everything else queries.led_blocks(request.access, today)
        held = queries.composition(place.pk, today)
        if not everything:
            held = held.filter(block__in=blocks)
        people = queries.people(place.pk, today).filter(is_active=True).prefetch_related(None)
        self._known: dict[str, dict[str, Any]] = {
            "account": {str(one.pk): one for one in people},
            "role": {str(one.pk): one for one in place.roles.all()},
            "appointment": {str(one.pk): one for one in held},
            "body": {str(one.pk): one for one in queries.bodies(place.pk)},
            "block": {str(one.pk): one for one in blocks},
        }
        self._show("account", {k: a.full_name for k, a in self._known["account"].items()})
        self._show("role", self._known["role"])
        shown = {
            k: f"{a.account.short_name} — {a.role}" for k, a in self._known["appointment"].items()
        }
        self._show("appointment", shown)
        bodies = list(self._known["body"].values())
        cast(forms.ChoiceField, self.fields["body"]).choices = body_choices(bodies, "—")
        self._show("block", self._known["block"])

    def _show(self, name: str, rows: dict[str, Any]) -> None:
        choices = [("", "—"), *((key, str(row)) for key, row in rows.items())]
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    def change(self) -> actions.NewChange:
        values = dict(self.cleaned_data)
        for name, rows in self._known.items():
            values[name] = rows.get(values[name])
        return actions.NewChange(**{**values, "kind": ChangeKind(values["kind"])})


@desk()
def changes(request: DeskRequest) -> HttpResponse:
    """Drafts first; those who lead a block propose, those who keep the structure decide."""
    today = clock.today(request.municipality.tz)
    decides = request.access.allows(Permission.ORGANISE)
    if not decides and not queries.led_blocks(request.access, today).exists():
        raise Forbidden(
            "Состав предлагает ответственный за блок.", "Обратитесь к ответственному за ваш блок."
        )
    form = ChangeForm(request, request.POST or None, initial={"since": today})
    if (
        request.method == "POST"
        and form.is_valid()
        and done(
            form,
            lambda: actions.propose_change(access=request.access, new=form.change(), today=today),
        )
    ):
        toast(request, "Предложение сохранено черновиком: его утверждают актом")
        return redirect("desk:changes")
    rows = list(queries.changes(request.access)[:200])
    files = {one.subject_id: one for one in files_of(CHANGE, [row.pk for row in rows])}
    context = {
        "drafts": [one for one in rows if one.state == ChangeState.DRAFT],
        "decided": [
            (one, SHAPES[ChangeState(one.state)], files.get(one.pk))
            for one in rows
            if one.state != ChangeState.DRAFT
        ],
        "form": form,
        "decides": decides,
    }
    trail = [("Состав", reverse("desk:composition")), ("Предложения по составу", "")]
    return render(request, "desk/settings/people/changes.html", context, crumbs=trail)


@require_POST
@desk(Permission.ORGANISE)
def change_decision(request: DeskRequest, pk: int) -> HttpResponse:
    try:
        if request.POST.get("decision") == "approve":
            actions.approve_change(access=request.access, change_id=pk, act=_act(request))
            said = "Утверждено"
        else:
            reason = request.POST.get("reason", "")
            actions.reject_change(access=request.access, change_id=pk, reason=reason)
            said = "Отклонено"
    except OtklikError as error:
        toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
    else:
        toast(request, said)
    return redirect("desk:changes")


@require_GET
@desk()
def change_file(request: DeskRequest, pk: int) -> HttpResponse:
    found = queries.changes(request.access).filter(pk=pk).first()
    kept = files_of(CHANGE, [found.pk]).first() if found else None
    if kept is None:
        raise NotFound("Файла акта нет.", "Вернитесь к предложениям по составу.")
    return serve(kept)


@require_GET
@desk()
def composition(request: DeskRequest) -> HttpResponse:
    """Who held which role on a day, by which act, and the regulation in force then."""
    place, today = request.municipality, clock.today(request.municipality.tz)
    on = day_given(request.GET.get("on", "")) or today
    held: dict[int, list[Any]] = {}
    for one in queries.composition(place.pk, on):
        held.setdefault(one.role_id, []).append(one)
    context = {
        "on": on,
        "act": queries.regulation_in_force(place.pk, on),
        "rows": [(role, held.get(role.pk, [])) for role in place.roles.all()],
        "versions": queries.versions(place.pk, today)[:40],
        "blocks": queries.blocks_with_members(place.pk) if on == today else [],
        "proposes": request.access.allows(Permission.ORGANISE)
        or queries.led_blocks(request.access, today).exists(),
    }
    trail = [("Состав", "")]
    return render(request, "desk/settings/people/composition.html", context, crumbs=trail)


def _act(request: DeskRequest) -> actions.ApprovingAct:
    file = request.FILES.get("file")
    return actions.ApprovingAct(
        act=request.POST.get("act", ""),
        act_on=day_given(request.POST.get("act_on", "")),
        file=(file.name or "акт", file.read()) if file else None,
    )
