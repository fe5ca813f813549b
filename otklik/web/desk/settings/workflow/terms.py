"""Terms: rules with their article and edition; a change is a new edition from a day on."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from otklik.base import clock
from otklik.base.errors import NotFound, Refused
from otklik.casework.appeals.rules.naming import regime_name
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.casework.deadlines.actions import (
    issue_edition,
    retire_rule,
    save_rule,
    set_who_wins,
)
from otklik.casework.deadlines.models import DeadlineRule
from otklik.casework.deadlines.queries import rules_of, who_wins
from otklik.casework.deadlines.rules.choice import in_force
from otklik.casework.deadlines.vocabulary import TermSetter, Unit
from otklik.directory.organisation.queries import acts_named_in
from otklik.language.wording import capital, counted
from otklik.web.desk.frame import DeskRequest, render
from otklik.web.desk.settings.people.guard import crumbs, done
from otklik.web.desk.settings.workflow.guard import setting_up, topic_choices
from otklik.web.desk.settings.workflow.terms_form import EditionForm, TermForm
from otklik.web.look.toasts import toast

NOUNS = {
    Unit.CALENDAR_DAYS: ("календарный день", "календарных дня", "календарных дней"),
    Unit.WORKING_DAYS: ("рабочий день", "рабочих дня", "рабочих дней"),
    Unit.WORKING_HOURS: ("рабочий час", "рабочих часа", "рабочих часов"),
}


@setting_up
def terms(request: DeskRequest) -> HttpResponse:
    rows = list(rules_of(request.municipality.pk))
    groups: dict[str, list[dict[str, Any]]] = {}
    options = request.municipality.settings
    for rule in rows:
        known = rule.regime in Regime.values
        label = regime_name(rule.regime, options) if known else "для всех порядков"
        groups.setdefault(capital(label), []).append(_row(rule))
    context = {
        "groups": list(groups.items()),
        "to_verify": sum(rule.verify for rule in rows),
        "setters": TermSetter.choices,
        "wins": who_wins(request.municipality),
    }
    trail = crumbs(("Сроки", ""))
    return render(request, "desk/settings/workflow/terms.html", context, crumbs=trail)


@require_POST
@setting_up
def winner(request: DeskRequest) -> HttpResponse:
    """Whose internal term of an executor holds where the head and the administrator set one."""
    raw = request.POST.get("wins", "")
    if raw not in TermSetter.values:
        raise Refused("Не выбрано, чей срок действует.", "Выберите одну из строк.")
    set_who_wins(access=request.access, setter=TermSetter(raw))
    toast(request, "Сохранено: действующие сроки исполнителей пересмотрены")
    return redirect("desk:terms")


@setting_up
def term_new(request: DeskRequest) -> HttpResponse:
    form = TermForm(topic_choices(request.municipality.pk), request.POST or None)
    if request.method == "POST" and form.is_valid():
        slug = f"own-{clock.now():%Y%m%d%H%M%S%f}"
        if done(form, lambda: save_rule(access=request.access, slug=slug, **form.values())):
            toast(request, "Срок установлен; уже идущие сроки не изменились")
            return redirect("desk:terms")
    trail = crumbs(("Сроки", "terms"), ("Новый срок", ""))
    return render(request, "desk/settings/workflow/term_new.html", {"form": form}, crumbs=trail)


@setting_up
def term(request: DeskRequest, pk: int) -> HttpResponse:
    rule = _rule(request, pk)
    initial = {name: getattr(rule, name) for name in ("title", "amount", "unit", "end_shift")}
    initial |= {"article": rule.article, "in_force_from": clock.today()}
    form = EditionForm(request.POST or None, initial=initial)
    if (
        request.method == "POST"
        and form.is_valid()
        and done(
            form,
            lambda: issue_edition(access=request.access, rule_id=rule.pk, **form.cleaned_data),
        )
    ):
        toast(request, "Новая редакция сохранена; уже идущие сроки не изменились")
        return redirect("desk:terms")
    acts = acts_named_in(request.municipality.pk, f"{rule.article} {rule.edition}")
    context = {"form": form, "rule": rule, "row": _row(rule), "acts": acts}
    trail = crumbs(("Сроки", "terms"), (rule.title, ""))
    return render(request, "desk/settings/workflow/term.html", context, crumbs=trail)


@require_POST
@setting_up
def retire(request: DeskRequest, pk: int) -> HttpResponse:
    rule = _rule(request, pk)
    if not rule.own:
        raise Refused(
            "Срок из поставки нельзя прекратить.",
            "Задайте свою редакцию: она действует вместо него.",
        )
    retire_rule(access=request.access, slug=rule.slug)
    toast(request, f"«{rule.title}» действует последний день")
    return redirect("desk:terms")


def _rule(request: DeskRequest, pk: int) -> DeadlineRule:
    found = rules_of(request.municipality.pk).filter(pk=pk).first()
    if found is None:
        raise NotFound("Такого правила срока нет.", "Вернитесь к списку сроков.")
    return found


def _row(rule: DeadlineRule) -> dict[str, Any]:
    """The rule with what the page says of it in words."""
    today = clock.today()
    begun = rule.in_force_from is None or rule.in_force_from <= today
    return {
        "rule": rule,
        "amount": counted(rule.amount, NOUNS[Unit(rule.unit)]),
        "conditions": _conditions(rule),
        "state": "now" if in_force(rule, today) else "past" if begun else "later",
    }


def _conditions(rule: DeadlineRule) -> list[str]:
    found = [Channel(rule.channel).label] if rule.channel in Channel.values else []
    if rule.topic:
        found.append(f"тема «{rule.topic}»")
    if rule.high_priority is not None:
        found.append("повышенная важность" if rule.high_priority else "обычная важность")
    if rule.fast_track is not None:
        found.append("ускоренное решение" if rule.fast_track else "без ускоренного решения")
    return found
