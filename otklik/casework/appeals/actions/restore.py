"""Giving a case back to those who had it before it was given to others by mistake."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Conflict, Refused
from otklik.casework.appeals.actions.assign import FIELDS, withdraw_from
from otklik.casework.appeals.actions.locking import locked, refresh_executors, save
from otklik.casework.appeals.events import ExecutorAssigned, StatusChanged
from otklik.casework.appeals.models import Appeal, Assignment
from otklik.casework.appeals.vocabulary import AssignmentRole, Status
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record


@dataclass(frozen=True, slots=True)
class Executors:
    """Who had a case: its state and the assignments in force by id."""

    status: str
    assignments: tuple[int, ...]


def executors_now(appeal_id: int) -> Executors:
    """What `restore_executors` needs to come back to this moment."""
    live = Assignment.objects.filter(question__appeal_id=appeal_id, withdrawn_at__isnull=True)
    return Executors(
        status=Appeal.objects.values_list("status", flat=True).get(pk=appeal_id),
        assignments=tuple(live.order_by("pk").values_list("pk", flat=True)),
    )


@transaction.atomic
def restore_executors(
    *, access: Access, appeal_id: int, before: Executors, after: Executors, reason: str
) -> list[tuple[Assignment, Assignment]]:
    """Take the case from those of `after` and give it anew to those of `before`.

    Returns pairs (former assignment, the one made instead of it): the former stays withdrawn,
    because meanwhile it was. Raises Conflict when somebody has it now who is not of `after`.
    """
    appeal = locked(access, appeal_id)
    if executors_now(appeal_id) != after:
        raise Conflict("Исполнителя или состояние с тех пор изменили.", "Откройте карточку.")
    rows = Assignment.objects.select_related("question", "body", "account")
    added = rows.filter(pk__in=set(after.assignments) - set(before.assignments))
    taken = rows.filter(pk__in=set(before.assignments) - set(after.assignments)).order_by("pk")
    for assignment in added:
        access = access.require(Permission.ASSIGN, body_id=assignment.body_id)
        withdraw_from(access, appeal, assignment, reason)
    pairs = [(former, _again(access, appeal, former)) for former in taken]
    _return_status(access, appeal, before.status, reason)
    refresh_executors(appeal)
    save(appeal, *FIELDS)
    return pairs


def _again(access: Access, appeal: Appeal, former: Assignment) -> Assignment:
    access = access.require(Permission.ASSIGN, body_id=former.body_id)
    if not former.body.is_active:
        raise Refused(f"Прежний исполнитель больше не действует: {former.body}.")
    made = Assignment.objects.create(
        question=former.question,
        body=former.body,
        account=former.account,
        role=former.role,
        instruction=former.instruction,
        assigned_at=clock.now(),
        assigned_by=access.actor.label,
        due_at=former.due_at,
        done_at=former.done_at,
    )
    record(
        ExecutorAssigned(
            subject_id=appeal.pk,
            case_id=appeal.pk,
            question=former.question.number,
            body_id=former.body_id,
            body=str(former.body),
            role=former.role,
            role_label=AssignmentRole(former.role).label,
            account_id=former.account_id,
            person=former.account.short_name if former.account else "",
            instruction=former.instruction,
        ),
        actor=access.actor,
        municipality_id=appeal.municipality_id,
    )
    return made


def _return_status(access: Access, appeal: Appeal, status: str, reason: str) -> None:
    if appeal.status == status:
        return
    event = StatusChanged(
        subject_id=appeal.pk,
        case_id=appeal.pk,
        before=appeal.status,
        after=status,
        after_label=Status(status).label,
        reason=reason,
    )
    appeal.status = status
    record(event, actor=access.actor, municipality_id=appeal.municipality_id)
