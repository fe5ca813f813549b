"""Single steps: each a POST that calls one action and goes back."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from otklik.casework.automation import actions
from otklik.casework.automation.models import Firing
from otklik.casework.automation.vocabulary import AnswerMode, Platform
from otklik.web.desk.automation.frame import keeping, reading, told
from otklik.web.desk.frame import DeskRequest, desk


@require_POST
@keeping
def state(request: DeskRequest, pk: int) -> HttpResponse:
    on = request.POST.get("on") == "1"
    told(
        request,
        lambda: actions.switch_rule(
            access=request.access,
            rule_id=pk,
            on=on,
            confirmed=bool(request.POST.get("confirmed")),
        ),
        "Правило включено" if on else "Правило выключено; что сделано, осталось",
    )
    return redirect("desk:auto_rule", pk)


@require_POST
@keeping
def mirror(request: DeskRequest, pk: int) -> HttpResponse:
    chosen = request.POST.get("platform", "")
    platform = Platform(chosen) if chosen in Platform.values else Platform.POS
    told(
        request,
        lambda: actions.describe_for(access=request.access, rule_id=pk, platform=platform),
        f"Описание для системы «{platform.label}» готово",
    )
    return redirect("desk:auto_register")


@require_POST
@keeping
def limit(request: DeskRequest) -> HttpResponse:
    chosen = request.POST.get("limit", "")
    mode = AnswerMode(chosen) if chosen in AnswerMode.values else AnswerMode.DRAFT
    told(
        request,
        lambda: actions.set_answer_limit(access=request.access, limit=mode),
        f"Готовые ответы: {mode.label}",
    )
    return redirect("desk:automation")


@require_POST
@keeping
def agreement(request: DeskRequest, pk: int) -> HttpResponse:
    told(
        request,
        lambda: actions.ask_agreement(access=request.access, mechanism_id=pk),
        "Отправлено на согласование",
    )
    return redirect("desk:mechanism", pk)


@require_POST
@reading
def decision(request: DeskRequest, pk: int) -> HttpResponse:
    approve = request.POST.get("decision") == "approve"
    told(
        request,
        lambda: actions.decide_mechanism(
            access=request.access,
            mechanism_id=pk,
            approve=approve,
            remark=request.POST.get("remark", ""),
        ),
        "Согласовано" if approve else "Возвращено с замечанием",
    )
    return redirect("desk:mechanism", pk)


@require_POST
@keeping
def mechanism_state(request: DeskRequest, pk: int) -> HttpResponse:
    on = request.POST.get("on") == "1"
    told(
        request,
        lambda: actions.switch_mechanism(
            access=request.access,
            mechanism_id=pk,
            on=on,
            confirmed=bool(request.POST.get("confirmed")),
        ),
        "Механизм включён" if on else "Механизм выключен; сроки начатых обращений остались",
    )
    return redirect("desk:mechanism", pk)


@require_POST
@desk()
def wrong(request: DeskRequest, pk: int) -> HttpResponse:
    """From the card: the rule erred. Back to the card."""
    told(
        request,
        lambda: actions.mark_wrong(
            access=request.access, firing_id=pk, note=request.POST.get("note", "")
        ),
        "Ошибка правила учтена",
    )
    found = Firing.objects.filter(pk=pk, appeal__municipality=request.municipality).values_list(
        "appeal_id", flat=True
    )
    case = found.first()
    return redirect("desk:appeal", case) if case else redirect("desk:appeals")
