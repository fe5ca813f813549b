"""Fast-track mechanisms: the list, and one with its agreement and its result."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from otklik.casework.appeals.vocabulary import Channel
from otklik.casework.automation.models import Mechanism
from otklik.casework.automation.queries.mechanisms import (
    Gain,
    gains_of,
    may_decide,
    mechanism_of,
    mechanisms_of,
    rounds_of,
)
from otklik.casework.automation.rules.describing import term_said
from otklik.casework.automation.vocabulary import AnswerMode, MechanismState
from otklik.directory.approvals.vocabulary import StepState
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.automation.effect import paces
from otklik.web.desk.automation.frame import KEEPERS, crumbs, reading, tabs
from otklik.web.desk.frame import DeskRequest, render

SHAPES = {
    MechanismState.DRAFT: "draft",
    MechanismState.AGREEING: "review",
    MechanismState.RETURNED: "warn",
    MechanismState.APPROVED: "wait",
    MechanismState.ON: "done",
    MechanismState.OFF: "off",
}
TONES = {StepState.APPROVED: "ok", StepState.RETURNED: "warn", StepState.PENDING: "accent"}


@require_GET
@reading
def mechanisms(request: DeskRequest) -> HttpResponse:
    found = list(mechanisms_of(request.municipality.pk))
    gains = gains_of([one.pk for one in found if one.on_since])
    context = {
        "tabs": tabs(request, "mechanisms"),
        "rows": [
            {**_told(one), **paces(gains.get(one.pk, Gain())), "gain": gains.get(one.pk, Gain())}
            for one in found
        ],
        "keeps": request.access.may(Permission.AUTOMATE),
    }
    return render(request, "desk/automation/mechanisms.html", context)


@require_GET
@reading
def mechanism(request: DeskRequest, pk: int) -> HttpResponse:
    found = mechanism_of(request.access, pk)
    steps = rounds_of(found)
    gain = gains_of([pk]).get(pk, Gain())
    state = MechanismState(found.state)
    keeps = request.access.may(Permission.AUTOMATE)
    leads = any(request.access.may(right) for right in KEEPERS)
    rule = getattr(found, "rule", None)
    context = {
        **_told(found),
        **paces(gain),
        "gain": gain,
        "channels": ", ".join(Channel(one).label for one in found.channels) or "все",
        "answer": AnswerMode(found.answer).label,
        "story": [_entry(step) for step in steps],
        "decides": state == MechanismState.AGREEING and may_decide(request.access, found, steps),
        "asks": keeps and state in (MechanismState.DRAFT, MechanismState.RETURNED),
        "edits": keeps and state not in (MechanismState.AGREEING, MechanismState.ON),
        "starts": leads and state in (MechanismState.APPROVED, MechanismState.OFF)
        and found.approved_at is not None,
        "stops": leads and state == MechanismState.ON,
        "rule_url": reverse("desk:auto_rule", args=[rule.pk]) if rule and leads else "",
    }  # fmt: skip
    trail = crumbs(("Механизмы ускоренного решения", reverse("desk:mechanisms")), (found.name, ""))
    return render(request, "desk/automation/mechanism.html", context, crumbs=trail)


def _told(one: Mechanism) -> dict[str, Any]:
    blocks = {block.pk for block in one.blocks.all()}
    concerned = blocks | ({one.owner_block_id} if one.owner_block_id else set())
    return {
        "mechanism": one,
        "shape": SHAPES[MechanismState(one.state)],
        "sort": "межведомственный" if len(concerned) > 1 else "отраслевой",
        "term": term_said(one.amount, one.unit),
    }


def _entry(step: Any) -> dict[str, Any]:
    who = f"{step.get_state_display()}{f': {step.remark}' if step.remark else ''}"
    return {
        "at": step.decided_at,
        "title": step.label,
        "text": who,
        "actor": step.decided_label,
        "tone": TONES.get(step.state, ""),
    }
