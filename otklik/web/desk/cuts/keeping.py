"""Saved cuts: opening, sharing, the board, the schedule."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from otklik.base import clock
from otklik.base.errors import OtklikError
from otklik.base.given import day_given
from otklik.base.rhythm import Rhythm, Step
from otklik.directory.organisation.queries import composition, roles_with_grants
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.cuts import actions, queries
from otklik.insight.cuts.models import CutMailing, SavedCut
from otklik.insight.cuts.rules.schedule import STEPS, said
from otklik.insight.cuts.vocabulary import Audience
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.look.toasts import toast

DAYS = "Для недели: 0 — понедельник … 6 — воскресенье; для месяца и квартала: число от 1 до 28."


class ShareForm(forms.Form):
    audience = forms.ChoiceField(
        label="Кому открыт", choices=Audience.choices, widget=forms.RadioSelect
    )
    role = forms.ChoiceField(label="Роль", required=False)
    readers = forms.MultipleChoiceField(
        label="Сотрудники", required=False, widget=forms.SelectMultiple({"size": 8})
    )

    def __init__(self, request: DeskRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = request.municipality.pk
        roles = [(role.pk, role.label) for role in roles_with_grants(place)]
        _choices(self, "role", [("", "выберите роль"), *roles])
        _choices(self, "readers", _people(request))


class MailingForm(forms.Form):
    step = forms.ChoiceField(label="Как часто", choices=[(str(s), label) for s, label in STEPS])
    day = forms.IntegerField(label="День", min_value=0, max_value=28, help_text=DAYS)
    hour = forms.IntegerField(label="Час", min_value=0, max_value=23)
    recipients = forms.MultipleChoiceField(label="Кому", widget=forms.SelectMultiple({"size": 8}))

    def __init__(self, request: DeskRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "recipients", _people(request))

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if {"step", "day", "hour"} <= given.keys():
            step = Step(given["step"])
            try:
                given["rhythm"] = Rhythm(
                    step=step, day=0 if step == Step.DAY else given["day"], hour=given["hour"]
                )
            except ValueError:
                self.add_error("day", f"Такого дня нет. {DAYS}")
        return given


@require_GET
@desk(Permission.ANALYTICS)
def opened(request: DeskRequest, pk: int) -> HttpResponse:
    """The saved cut counted now with one's own right; a letter names its period."""
    saved = queries.saved_cut(request.access, pk)
    view = queries.view_of(saved, clock.today(request.municipality.tz))
    since, until = (day_given(request.GET.get(name, "")) for name in ("since", "until"))
    if since and until and since <= until:
        view = view.over(since, until)
    return redirect(f"{reverse('desk:summary')}?{view.query()}")


@desk(Permission.ANALYTICS)
def settings(request: DeskRequest, pk: int) -> HttpResponse:
    """To whom the cut is open and when it is sent; only its owner changes that."""
    saved = queries.saved_cut(request.access, pk)
    mine = saved.account_id == request.access.account_id
    mailing = getattr(saved, "mailing", None)
    share = ShareForm(request, initial=_shared(saved))
    mail = MailingForm(request, initial=_mailed(mailing))
    if request.method == "POST" and mine:
        what = request.POST.get("what")
        if what == "share":
            share = ShareForm(request, request.POST)
            if share.is_valid() and _told(request, lambda: _share(request, pk, share)):
                return redirect("desk:cut_settings", pk)
        if what == "mail":
            mail = MailingForm(request, request.POST)
            if mail.is_valid() and _told(request, lambda: _mail(request, pk, mail)):
                return redirect("desk:cut_settings", pk)
        if what == "stop":
            actions.stop_mailing(access=request.access, cut_id=pk)
            toast(request, "Рассылка прекращена")
            return redirect("desk:cut_settings", pk)
    context = {
        "saved": saved,
        "mine": mine,
        "share": share,
        "mail": mail,
        "mailing": mailing,
        "when": _when(mailing),
    }
    crumbs = [("Сводка", reverse("desk:summary")), (saved.name, "")]
    return render(request, "desk/cuts/settings.html", context, crumbs=crumbs)


@require_POST
@desk(Permission.ANALYTICS)
def pin(request: DeskRequest, pk: int) -> HttpResponse:
    """Put the cut on one's board, or take it off."""
    if request.POST.get("off"):
        actions.unpin(access=request.access, cut_id=pk)
        toast(request, "Разрез снят с пульта")
    else:
        actions.pin(access=request.access, cut_id=pk)
        toast(request, "Разрез закреплён на пульте")
    return redirect("desk:summary")


def _share(request: DeskRequest, pk: int, form: ShareForm) -> None:
    given = form.cleaned_data
    actions.share_cut(
        access=request.access,
        cut_id=pk,
        audience=Audience(given["audience"]),
        role_id=int(given["role"]) if given["role"] else None,
        account_ids=[int(one) for one in given["readers"]],
    )
    toast(request, "Доступ к разрезу изменён")


def _mail(request: DeskRequest, pk: int, form: MailingForm) -> None:
    given = form.cleaned_data
    actions.set_mailing(
        access=request.access,
        cut_id=pk,
        rhythm=given["rhythm"],
        account_ids=[int(one) for one in given["recipients"]],
    )
    toast(request, "Рассылка назначена")


def _told(request: DeskRequest, verb: Any) -> bool:
    """Whether the verb succeeded; what refused it is said."""
    try:
        verb()
    except OtklikError as error:
        toast(request, f"{error} {error.mend}", level=messages.ERROR)
        return False
    return True


def _shared(saved: SavedCut) -> dict[str, Any]:
    return {"audience": saved.audience, "role": saved.role_id, "readers": saved.readers}


def _mailed(mailing: CutMailing | None) -> dict[str, Any]:
    if mailing is None:
        return {"step": Step.WEEK, "day": 0, "hour": 8}
    return {
        "step": mailing.step,
        "day": mailing.day,
        "hour": mailing.hour,
        "recipients": mailing.recipients,
    }


def _when(mailing: CutMailing | None) -> str:
    if mailing is None:
        return ""
    return said(Rhythm(step=Step(mailing.step), day=mailing.day, hour=mailing.hour))


def _people(request: DeskRequest) -> list[tuple[int, str]]:
    on = clock.today(request.municipality.tz)
    held = composition(request.municipality.pk, on)
    people = {one.account_id: str(one.account) for one in held if one.account_id}
    return sorted(people.items(), key=lambda pair: pair[1])


def _choices(form: forms.Form, name: str, choices: Any) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
