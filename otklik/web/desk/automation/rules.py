"""The list of rules and their editor."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from otklik.base import clock
from otklik.base.errors import Forbidden, NotFound, OtklikError
from otklik.casework.automation.actions import UnconfirmedError, save_rule, try_rule, unsaved
from otklik.casework.automation.actions.saving import LOOKED_BACK
from otklik.casework.automation.models import AutoRule
from otklik.casework.automation.queries.effect import Effect, effects_of
from otklik.casework.automation.queries.in_force import rules_of
from otklik.casework.automation.queries.limits import answer_limit
from otklik.casework.automation.queries.naming import names_for
from otklik.casework.automation.rules import restored
from otklik.casework.automation.rules.describing import acts_said, condition_said
from otklik.casework.automation.vocabulary import AnswerMode
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.automation.frame import crumbs, keeping, tabs
from otklik.web.desk.automation.rule_form import RuleForm, initial_of
from otklik.web.desk.automation.trial import shown_trial
from otklik.web.desk.frame import DeskRequest, render
from otklik.web.look.toasts import toast

LATELY = timedelta(days=30)


@require_GET
@keeping
def rules(request: DeskRequest) -> HttpResponse:
    found = list(rules_of(request.municipality.pk))
    effects = effects_of(request.municipality.pk, clock.now() - LATELY)
    context = {
        "tabs": tabs(request, "rules"),
        "rows": [{**one, "effect": effects.get(one["rule"].pk, Effect())} for one in said(found)],
        "keeps": request.access.may(Permission.AUTOMATE),
        "limit": answer_limit(request.municipality),
        "limits": AnswerMode.choices,
        "may_limit": may_limit(request.access),
    }
    return render(request, "desk/automation/rules.html", context)


@keeping
def rule_new(request: DeskRequest) -> HttpResponse:
    request.access.require(Permission.AUTOMATE)
    return _edit(request, None)


@keeping
def rule_edit(request: DeskRequest, pk: int) -> HttpResponse:
    request.access.require(Permission.AUTOMATE)
    return _edit(request, rule_of(request.access, pk))


def may_limit(access: Access) -> bool:
    return access.may(Permission.INSTRUCT) or access.may(Permission.SET_UP)


def rule_of(access: Access, pk: int) -> AutoRule:
    found = rules_of(access.municipality_id).filter(pk=pk).first()
    if found is None:
        raise NotFound("Такого правила нет.", "Вернитесь к списку правил.")
    return found


def said(found: Iterable[AutoRule]) -> list[dict[str, Any]]:
    """Rules with their conditions and actions in words; at most seven queries."""
    told = [(rule, restored(rule.condition)) for rule in found]
    names = names_for([(condition, rule.acts) for rule, condition in told])
    return [
        {
            "rule": rule,
            "condition": condition_said(condition, names),
            "acts": acts_said(rule.acts, names),
        }
        for rule, condition in told
    ]


def _edit(request: DeskRequest, found: AutoRule | None) -> HttpResponse:
    initial = initial_of(found) if found and request.method == "GET" else {}
    form = RuleForm(request.municipality, request.POST or None, initial=initial)
    context: dict[str, Any] = {"form": form, "rule": found}
    if request.method == "POST" and form.is_valid():
        if request.POST.get("step") == "trial":
            context["trial"] = _tried(request, form, found)
        elif made := _saved(request, form, found, context):
            toast(request, "Правило сохранено")
            return redirect("desk:auto_rule", made.pk)
    name = found.name if found else "Новое правило"
    trail = [(name, reverse("desk:auto_rule", args=[found.pk]))] if found else [(name, "")]
    trail = [*trail, ("Изменить", "")] if found else trail
    status = 422 if form.errors or context.get("doubts") else 200
    page = "desk/automation/rule_form.html"
    return render(request, page, context, crumbs=crumbs(*trail), status=status)


def _saved(
    request: DeskRequest, form: RuleForm, found: AutoRule | None, context: dict[str, Any]
) -> AutoRule | None:
    """The saved rule; None with the doubts or the refusal put where the page shows them."""
    try:
        return save_rule(
            access=request.access,
            given=form.given(request.access.account_id),
            rule_id=found.pk if found else None,
            confirmed=form.cleaned_data["confirmed"],
        )
    except UnconfirmedError as doubt:
        context["doubts"] = doubt.remarks
    except (Forbidden, NotFound):
        raise
    except OtklikError as refusal:
        form.add_error(None, f"{refusal.message} {refusal.mend}")
    return None


def _tried(request: DeskRequest, form: RuleForm, found: AutoRule | None) -> dict[str, Any] | None:
    try:
        rule = unsaved(request.access, form.given(request.access.account_id))
    except (Forbidden, NotFound):
        raise
    except OtklikError as refusal:
        form.add_error(None, f"{refusal.message} {refusal.mend}")
        return None
    rule.pk = found.pk if found else None
    return shown_trial(request.access, rule, try_rule(rule, clock.now() - LOOKED_BACK))
