"""Starting a route and deciding its steps. What a decision means for the subject is said by the
room that owns the subject: it calls `decide` inside its own transaction and reads the outcome."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Conflict, Refused
from otklik.directory.approvals.events import RouteSet
from otklik.directory.approvals.models import ApprovalRoute, ApprovalStep
from otklik.directory.approvals.rules import DEFAULT_STEPS, next_order, problems
from otklik.directory.approvals.vocabulary import StepState
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record

Outcome = Literal["next", "finished", "returned"]


@transaction.atomic
def set_route(
    *, access: Access, subject: str, name: str, steps: list[dict[str, str]]
) -> ApprovalRoute:
    """Set who approves a kind of subject, in order; raise Refused when a step names no right."""
    access = access.require(Permission.SET_UP)
    found = problems(steps, Permission.values)
    if found:
        raise Refused(" ".join(found), "Исправьте маршрут и сохраните снова.")
    route, _ = ApprovalRoute.objects.update_or_create(
        municipality_id=access.municipality_id,
        subject=subject,
        defaults={"name": name, "steps": steps},
    )
    record(
        RouteSet(
            subject_id=route.pk, route=name, steps=tuple(step.get("label", "") for step in steps)
        ),
        actor=access.actor,
        municipality_id=access.municipality_id,
    )
    return route


@transaction.atomic
def start(
    *,
    access: Access,
    subject: str,
    subject_id: int,
    usual: Sequence[dict[str, str]] = DEFAULT_STEPS,
) -> list[ApprovalStep]:
    """Begin a new round by the centre's route for the subject, or by the `usual` steps.

    Steps still open from an earlier round are cancelled.
    """
    earlier = ApprovalStep.objects.select_for_update().filter(
        subject=subject, subject_id=subject_id
    )
    rounds = [step.round for step in earlier]
    earlier.filter(state__in=[StepState.WAITING, StepState.PENDING]).update(
        state=StepState.CANCELLED
    )
    route = ApprovalRoute.objects.filter(
        municipality_id=access.municipality_id, subject=subject
    ).first()
    steps = route.steps if route else list(usual)
    return ApprovalStep.objects.bulk_create(
        ApprovalStep(
            municipality_id=access.municipality_id,
            subject=subject,
            subject_id=subject_id,
            round=max(rounds, default=0) + 1,
            order=order,
            label=step["label"],
            permission=step["permission"],
            state=StepState.PENDING if order == 1 else StepState.WAITING,
        )
        for order, step in enumerate(steps, start=1)
    )


@transaction.atomic
def decide(
    *,
    access: Access,
    subject: str,
    subject_id: int,
    approve: bool,
    body_id: int | None = None,
    channel: str | None = None,
    remark: str = "",
    reasons: Sequence[str] = (),
) -> tuple[Outcome, ApprovalStep]:
    """Approve or return the pending step. A return needs a remark or a reason.

    Raises Conflict when nothing waits for a decision, Forbidden without the step's right.
    """
    steps = list(
        ApprovalStep.objects.select_for_update().filter(subject=subject, subject_id=subject_id)
    )
    pending = next((step for step in steps if step.state == StepState.PENDING), None)
    if pending is None:
        raise Conflict("Здесь уже нечего согласовывать.", "Обновите страницу: решение уже принято.")
    access = access.require(Permission(pending.permission), body_id=body_id, channel=channel)
    if not approve and not (remark.strip() or reasons):
        raise Refused("Возврат без замечания не принимается.", "Напишите, что исправить.")
    pending.state = StepState.APPROVED if approve else StepState.RETURNED
    pending.decided_by_id = access.account_id
    pending.decided_label = access.actor.label
    pending.decided_at = clock.now()
    pending.remark = remark.strip()
    pending.reasons = list(reasons)
    pending.save()
    return _move_on(pending, steps, approve), pending


def _move_on(decided: ApprovalStep, steps: list[ApprovalStep], approve: bool) -> Outcome:
    same_round = [step for step in steps if step.round == decided.round]
    if not approve:
        later = [step.pk for step in same_round if step.state == StepState.WAITING]
        ApprovalStep.objects.filter(pk__in=later).update(state=StepState.CANCELLED)
        return "returned"
    following = next_order([step.order for step in same_round], decided.order)
    if following is None:
        return "finished"
    step = next(step for step in same_round if step.order == following)
    step.state = StepState.PENDING
    step.save(update_fields=["state"])
    return "next"
