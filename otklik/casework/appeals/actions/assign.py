"""Naming executors. The head names them, or a rule does (ust-kubinsky 4.5, 4.8)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import NotFound, Refused
from otklik.casework.appeals.actions.locking import locked, refresh_executors, save
from otklik.casework.appeals.events import AssignmentWithdrawn, ExecutorAssigned
from otklik.casework.appeals.models import Appeal, Assignment, Question
from otklik.casework.appeals.rules.workflow import target_of
from otklik.casework.appeals.vocabulary import AssignmentRole, Kind
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record

FIELDS = ("executor_body", "body_ids", "account_ids", "status")


@transaction.atomic
def assign_executor(
    *,
    access: Access,
    appeal_id: int,
    body_id: int,
    question_number: int | None = None,
    account_id: int | None = None,
    role: AssignmentRole = AssignmentRole.MAIN,
    instruction: str = "",
    due_at: datetime | None = None,
    rule: str = "",
    version: int | None = None,
) -> list[Assignment]:
    """Give one question (or all) to a body; a new main executor replaces the old one.

    Whoever assigns within a block gives to bodies of that block, and takes only from them.

    Raises Refused when the body is the one complained of (59-ФЗ, art. 8 part 6).
    """
    access = access.require(Permission.ASSIGN, body_id=body_id)
    appeal = locked(access, appeal_id, version=version)
    body = _body(access.municipality_id, body_id)
    _refuse_complained(appeal, body)
    questions = _questions(appeal, question_number)
    made = [
        _assign(access, appeal, question, body, account_id, role, instruction, due_at, rule)
        for question in questions
    ]
    appeal.status = target_of("assign", appeal.status)
    refresh_executors(appeal)
    save(appeal, *FIELDS)
    return made


@transaction.atomic
def withdraw_assignment(*, access: Access, assignment_id: int, reason: str = "") -> None:
    """Take a question back from an executor."""
    access = access.require_any(Permission.ASSIGN)
    assignment = (
        Assignment.objects.select_related("question", "body")
        .filter(pk=assignment_id, withdrawn_at__isnull=True)
        .first()
    )
    if assignment is None:
        raise NotFound("Это поручение уже снято.", "Обновите карточку.")
    appeal = locked(access, assignment.question.appeal_id)
    access = access.under(Permission.ASSIGN, channel=appeal.channel)
    access = access.require(Permission.ASSIGN, body_id=assignment.body_id, channel=appeal.channel)
    withdraw_from(access, appeal, assignment, reason)
    refresh_executors(appeal)
    save(appeal, *FIELDS)


def _body(municipality_id: int, body_id: int) -> Body:
    body = Body.objects.filter(municipality_id=municipality_id, pk=body_id).first()
    if body is None or not body.is_active:
        raise NotFound("Такого органа нет среди действующих.", "Выберите орган из списка.")
    return body


def _refuse_complained(appeal: Appeal, body: Body) -> None:
    if appeal.complained_body_id is None or appeal.kind != Kind.COMPLAINT:
        return
    if appeal.complained_body_id == body.pk:
        raise Refused(
            f"Жалоба на «{body}» не может рассматриваться в этом же органе "
            "(ст. 8 ч. 6 Федерального закона № 59-ФЗ).",
            "Назначьте вышестоящий или другой компетентный орган.",
        )


def _questions(appeal: Appeal, number: int | None) -> list[Question]:
    found = Question.objects.filter(appeal=appeal)
    if number is not None:
        found = found.filter(number=number)
    questions = list(found.order_by("number"))
    if not questions:
        raise NotFound("Такого вопроса в обращении нет.", "Обновите карточку.")
    return questions


def _assign(
    access: Access,
    appeal: Appeal,
    question: Question,
    body: Body,
    account_id: int | None,
    role: AssignmentRole,
    instruction: str,
    due_at: datetime | None,
    rule: str,
) -> Assignment:
    current = Assignment.objects.filter(question=question, withdrawn_at__isnull=True)
    same = current.filter(body=body).first()
    if same and same.role == role and same.account_id == account_id:
        return same
    main = role == AssignmentRole.MAIN
    leaving = [one for one in current if one == same or (main and one.role == role)]
    for assignment in leaving:
        held = assignment.body_id
        access = access.require(Permission.ASSIGN, body_id=held, channel=appeal.channel)
        withdraw_from(access, appeal, assignment, "переназначено")
    person = Account.objects.filter(pk=account_id).first() if account_id else None
    made = Assignment.objects.create(
        question=question,
        body=body,
        account_id=account_id,
        role=role,
        instruction=instruction,
        assigned_at=clock.now(),
        assigned_by=access.actor.label,
        due_at=due_at,
    )
    record(
        ExecutorAssigned(
            subject_id=appeal.pk,
            case_id=appeal.pk,
            question=question.number,
            body_id=body.pk,
            body=str(body),
            role=role,
            role_label=AssignmentRole(role).label,
            account_id=account_id,
            person=person.short_name if person else "",
            rule=rule,
            instruction=instruction,
        ),
        actor=access.actor,
        municipality_id=appeal.municipality_id,
    )
    return made


def withdraw_from(access: Access, appeal: Appeal, assignment: Assignment, reason: str) -> None:
    """Take it back from one executor; the case is locked by the caller."""
    assignment.withdrawn_at = clock.now()
    assignment.save(update_fields=["withdrawn_at"])
    record(
        AssignmentWithdrawn(
            subject_id=appeal.pk,
            case_id=appeal.pk,
            question=assignment.question.number,
            body_id=assignment.body_id,
            body=str(assignment.body),
            reason=reason,
        ),
        actor=access.actor,
        municipality_id=appeal.municipality_id,
    )
