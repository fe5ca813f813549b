"""What the rules and mechanisms have gained."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from otklik.base import clock
from otklik.casework.automation.models import AutoRule
from otklik.casework.automation.queries.effect import Effect, effects_of
from otklik.casework.automation.queries.in_force import rules_of
from otklik.casework.automation.queries.mechanisms import gains_of, mechanisms_of
from otklik.web.desk.automation.frame import keeping, tabs
from otklik.web.desk.automation.wording import hours_said, minutes_said
from otklik.web.desk.frame import DeskRequest, render

DAYS = {"30": "30 дней", "90": "3 месяца", "365": "год"}


@require_GET
@keeping
def effect(request: DeskRequest) -> HttpResponse:
    days = request.GET.get("days", "90")
    days = days if days in DAYS else "90"
    place = request.municipality.pk
    found = effects_of(place, clock.now() - timedelta(days=int(days)))
    mechanisms = [one for one in mechanisms_of(place) if one.on_since]
    gains = gains_of([one.pk for one in mechanisms])
    context = {
        "tabs": tabs(request, "effect"),
        "periods": [
            {"label": label, "url": f"?days={value}", "active": value == days}
            for value, label in DAYS.items()
        ],
        "rows": [_row(rule, found.get(rule.pk, Effect())) for rule in rules_of(place)],
        "mechanisms": [
            {"mechanism": one, "gain": gains[one.pk], **paces(gains[one.pk])} for one in mechanisms
        ],
    }
    return render(request, "desk/automation/effect.html", context)


def paces(gain: Any) -> dict[str, str]:
    """A gain in words; «мало данных» where the sample is too small."""
    return {
        "after": hours_said(gain.after.hours),
        "before": hours_said(gain.before.hours),
        "others": hours_said(gain.others.hours),
        "won": hours_said(gain.hours, signed=True),
    }


def _row(rule: AutoRule, effect: Effect) -> dict[str, Any]:
    return {
        "rule": rule,
        "effect": effect,
        "now": minutes_said(effect.minutes),
        "before": minutes_said(effect.minutes_before),
        "saved": minutes_said(effect.saved, signed=True),
    }
