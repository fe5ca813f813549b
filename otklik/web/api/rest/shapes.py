"""Rows as programs see them. Personal data only where the right covers the very case."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from otklik.base import clock
from otklik.casework.appeals.models import Appeal, Assignment, Question
from otklik.casework.appeals.queries import covers
from otklik.casework.appeals.vocabulary import Kind, Status
from otklik.casework.replies.models import Reply
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.language.masking import for_work
from otklik.web.api.rest.schemas import (
    AnswerTold,
    ApplicantTold,
    AssignmentTold,
    CaseBrief,
    CaseCard,
    Named,
    QuestionTold,
)


def may_see_person(access: Access, case: Appeal) -> bool:
    return covers(access, Permission.VIEW_PERSONAL, case)


def brief(case: Appeal, *, personal: bool) -> CaseBrief:
    return CaseBrief(**_brief(case, personal))


def card(case: Appeal, answers: list[Reply], *, personal: bool) -> CaseCard:
    def shown(text: str) -> str:
        return text if personal else for_work(text).text

    person = case.applicant
    return CaseCard(
        **_brief(case, personal),
        text=shown(case.text),
        place=shown(case.place),
        lat=case.lat,
        lon=case.lon,
        personal=personal,
        applicant=ApplicantTold(
            kind=person.kind,
            name=person.name,
            phone=person.phone,
            email=person.email,
            postal_address=person.postal_address,
        )
        if personal
        else None,
        questions=[_question(one, shown(one.text)) for one in case.questions.all()],
        answers=[
            AnswerTold(text=shown(one.text), sent_at=one.sent_at, signed_by=one.signed_label)
            for one in answers
        ],
    )


def named(row: Any, name: str = "") -> Named | None:
    """Id and name of a row that may be missing."""
    return Named(id=row.pk, name=name or row.name) if row else None


def _brief(case: Appeal, personal: bool) -> dict[str, Any]:
    overdue = case.is_open and case.due_at is not None and case.due_at < clock.now()
    return {
        "id": case.pk,
        "number": case.number,
        "external_number": case.external_number,
        "regime": case.regime,
        "channel": case.channel,
        "kind": Kind(case.kind) if case.kind else None,
        "status": case.status,
        "status_label": Status(case.status).label,
        "priority": case.priority,
        "open": case.is_open,
        "overdue": overdue,
        "received_at": case.received_at,
        "registered_at": case.registered_at,
        "due_at": case.due_at,
        "answered_at": case.answered_at,
        "topic": named(case.topic),
        "body": named(case.executor_body),
        "settlement": named(case.settlement, str(case.settlement)),
        "summary": case.summary if personal else _hidden(case.summary),
    }


@lru_cache(maxsize=8192)
def _hidden(summary: str) -> str:
    """Kept by the text itself: lists show the same cases again and again."""
    return for_work(summary).text


def _question(question: Question, text: str) -> QuestionTold:
    return QuestionTold(
        number=question.number,
        text=text,
        topic=named(question.topic),
        settlement=named(question.settlement, str(question.settlement)),
        result=question.result,
        answered_at=question.answered_at,
        assignments=[
            _assignment(one) for one in question.assignments.all() if one.withdrawn_at is None
        ],
    )


def _assignment(row: Assignment) -> AssignmentTold:
    return AssignmentTold(
        body=Named(id=row.body_id, name=row.body.name),
        role=row.role,
        assigned_at=row.assigned_at,
        due_at=row.due_at,
    )
