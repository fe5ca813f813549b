"""One rule: what it does, its versions, its cases; the dry run over months."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from otklik.base import clock
from otklik.casework.appeals.queries import visible_to
from otklik.casework.automation.actions import try_rule
from otklik.casework.automation.queries.effect import Effect, effects_of, firings_by
from otklik.casework.automation.queries.mirror import entries_of
from otklik.casework.automation.vocabulary import Platform
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.automation.frame import crumbs, keeping
from otklik.web.desk.automation.rules import rule_of, said
from otklik.web.desk.automation.trial import shown_trial
from otklik.web.desk.frame import DeskRequest, render

PAGE = 50
YEAR = timedelta(days=365)
MONTHS = {"1": 31, "3": 92, "6": 183, "12": 366}


@require_GET
@keeping
def rule(request: DeskRequest, pk: int) -> HttpResponse:
    found = rule_of(request.access, pk)
    (told,) = said([found])
    fired, following = _fired(request, pk)
    context = {
        **told,
        "keeps": request.access.may(Permission.AUTOMATE) and not found.mechanism_id,
        "describes": request.access.may(Permission.AUTOMATE),
        "effect": effects_of(found.municipality_id, clock.now() - YEAR).get(pk, Effect()),
        "versions": found.versions.all()[:PAGE],
        "fired": fired,
        "next_url": f"?before={following}" if following else "",
        "first_url": request.path if request.GET.get("before") else "",
        "platforms": Platform.choices,
        "entries": [one for one in entries_of(found.municipality_id) if one.rule_id == pk],
    }
    return render(request, "desk/automation/rule.html", context, crumbs=crumbs((found.name, "")))


@require_GET
@keeping
def trial(request: DeskRequest, pk: int) -> HttpResponse:
    found = rule_of(request.access, pk)
    months = request.GET.get("months", "3")
    days = MONTHS.get(months, MONTHS["3"])
    run = try_rule(found, clock.now() - timedelta(days=days))
    context = {
        "rule": found,
        "trial": shown_trial(request.access, found, run),
        "periods": [
            {"label": label, "url": f"?months={value}", "active": MONTHS[value] == days}
            for value, label in (("1", "месяц"), ("3", "3 месяца"), ("6", "полгода"), ("12", "год"))
        ],
    }
    trail = crumbs((found.name, reverse("desk:auto_rule", args=[pk])), ("Пробный прогон", ""))
    return render(request, "desk/automation/trial.html", context, crumbs=trail)


def _fired(request: DeskRequest, pk: int) -> tuple[list[Any], int | None]:
    """A page of the cases the rule has acted on, and where the next one begins."""
    rows = firings_by(pk).filter(appeal__in=visible_to(request.access))
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 18:
        rows = rows.filter(pk__lt=int(before))
    if request.GET.get("wrong"):
        rows = rows.filter(wrong_at__isnull=False)
    taken = list(rows[: PAGE + 1])
    return taken[:PAGE], taken[PAGE - 1].pk if len(taken) > PAGE else None
