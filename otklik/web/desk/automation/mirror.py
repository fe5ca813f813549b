"""The register of rules to be entered by hand in ПОС and «Инцидент менеджмент»."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from otklik.base import clock
from otklik.casework.automation import actions
from otklik.casework.automation.models import MirrorEntry
from otklik.casework.automation.queries.mirror import (
    differing_since,
    entries_of,
    entry_of,
    to_mirror,
)
from otklik.casework.automation.vocabulary import MirrorState, Platform, RuleState
from otklik.casework.automation.writers import register_csv, register_docx
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.automation.frame import crumbs, keeping, tabs, told
from otklik.web.desk.frame import DeskRequest, render
from otklik.web.desk.settings.people.guard import done
from otklik.web.look.toasts import toast

SHAPES = {
    MirrorState.TO_ENTER: "wait",
    MirrorState.ENTERED: "done",
    MirrorState.STALE: "warn",
    MirrorState.REMOVED: "closed",
}
FILES = {
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class EntryForm(forms.Form):
    platform = forms.ChoiceField(label="Система", choices=Platform.choices)
    title = forms.CharField(label="Название правила", max_length=200)
    text = forms.CharField(
        label="Что внести",
        widget=forms.Textarea({"rows": 12}),
        help_text="По строкам: условия, кому, срок, текст ответа — так, чтобы осталось переписать.",
    )
    remark = forms.CharField(label="Примечание", max_length=500, required=False)


@require_GET
@keeping
def register(request: DeskRequest) -> HttpResponse:
    entries = list(entries_of(request.municipality.pk))
    since = differing_since(entries)
    rows = [
        {
            "entry": entry,
            "shape": SHAPES[MirrorState(entry.state)],
            "since": since.get(entry.pk),
            "off": _is_off(entry),
        }
        for entry in entries
    ]
    today = clock.today(request.municipality.tz)
    context = {
        "tabs": tabs(request, "register"),
        "rows": rows,
        "missing": to_mirror(request.municipality.pk, today),
        "keeps": request.access.may(Permission.AUTOMATE),
    }
    return render(request, "desk/automation/register.html", context)


def _is_off(entry: MirrorEntry) -> bool:
    """Whether it stands there while our own rule is switched off."""
    there = entry.state in (MirrorState.ENTERED, MirrorState.STALE)
    return there and entry.rule is not None and entry.rule.state == RuleState.OFF


@keeping
def entry_new(request: DeskRequest) -> HttpResponse:
    request.access.require(Permission.AUTOMATE)
    return _edit(request, None)


@keeping
def entry(request: DeskRequest, pk: int) -> HttpResponse:
    return _edit(request, entry_of(request.access, pk))


@require_POST
@keeping
def entry_state(request: DeskRequest, pk: int) -> HttpResponse:
    remark = request.POST.get("remark", "")
    if request.POST.get("state") == MirrorState.REMOVED:
        told(
            request,
            lambda: actions.mark_removed(access=request.access, entry_id=pk, remark=remark),
            "Отмечено: правило снято",
        )
    else:
        told(
            request,
            lambda: actions.mark_entered(access=request.access, entry_id=pk, remark=remark),
            "Отмечено: правило внесено",
        )
    return redirect("desk:auto_entry", pk)


@require_GET
@keeping
def file(request: DeskRequest, ending: str) -> HttpResponse:
    if ending not in FILES:
        raise Http404
    rows = entries_of(request.municipality.pk)
    today = clock.today(request.municipality.tz)
    made = (
        register_csv(rows)
        if ending == "csv"
        else register_docx(rows, title=request.municipality.name, on=today)
    )
    response = HttpResponse(made, content_type=FILES[ending])
    name = quote(f"Реестр правил {today:%d.%m.%Y}.{ending}")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return response


def _edit(request: DeskRequest, found: MirrorEntry | None) -> HttpResponse:
    initial: dict[str, Any] = (
        {"platform": found.platform, "title": found.title, "text": found.text,
         "remark": found.remark} if found else {}
    )  # fmt: skip
    form = EntryForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        saved = done(
            form,
            lambda: actions.save_entry(
                access=request.access,
                platform=Platform(told["platform"]),
                title=told["title"],
                text=told["text"],
                remark=told["remark"],
                entry_id=found.pk if found else None,
            ),
        )
        if saved:
            toast(request, "Запись реестра сохранена")
            return redirect("desk:auto_register")
    context = {
        "form": form,
        "entry": found,
        "since": differing_since([found]).get(found.pk) if found else None,
        "shape": SHAPES[MirrorState(found.state)] if found else "",
        "keeps": request.access.may(Permission.AUTOMATE),
    }
    name = found.title if found else "Новая запись"
    trail = crumbs(("Внести в ПОС и ИМ", reverse("desk:auto_register")), (name, ""))
    status = 422 if form.errors else 200
    return render(request, "desk/automation/entry.html", context, crumbs=trail, status=status)
