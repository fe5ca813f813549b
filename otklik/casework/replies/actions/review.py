"""The executor formalises what he has reviewed (ust-kubinsky 4.9.д)."""

from __future__ import annotations

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import NotFound, Refused
from otklik.casework.appeals.actions.locking import locked
from otklik.casework.appeals.models import Question
from otklik.casework.appeals.vocabulary import Result
from otklik.casework.classification.actions import confirm_topic
from otklik.casework.replies.actions.draft import require_draft
from otklik.casework.replies.events import QuestionReviewed
from otklik.casework.replies.models import QuestionReview
from otklik.directory.organisation.rules import Access
from otklik.records.journal.actions import record

GIVEN = (Result.SUPPORTED, Result.EXPLAINED, Result.NOT_SUPPORTED)
"""Results that a review can have; the others come of forwarding and of leaving unanswered."""


@transaction.atomic
def review_question(
    *,
    access: Access,
    appeal_id: int,
    question_number: int,
    result: str,
    cause: str = "",
    measures_taken: bool = False,
    topic_id: int | None = None,
) -> QuestionReview:
    """Say the result and the cause, confirm or correct the topic; a later word replaces it.

    Raises Refused for a result that a review cannot have, NotFound for an unknown question.
    """
    appeal = locked(access, appeal_id)
    access = require_draft(access, appeal)
    if result not in GIVEN:
        raise Refused("Не выбран результат рассмотрения.", "Выберите результат из списка.")
    question = Question.objects.filter(appeal=appeal, number=question_number).first()
    if question is None:
        raise NotFound("Такого вопроса у обращения нет.", "Обновите страницу.")
    if topic_id is not None:
        question = confirm_topic(
            access=access, appeal_id=appeal.pk, topic_id=topic_id, question_number=question_number
        )
    question.result, question.measures_taken = result, measures_taken
    question.save(update_fields=["result", "measures_taken"])
    review, _ = QuestionReview.objects.update_or_create(
        question=question,
        defaults={
            "cause": " ".join(cause.split())[:500],
            "reviewed_at": clock.now(),
            "reviewed_label": access.actor.label,
        },
    )
    record(
        QuestionReviewed(
            subject_id=question.pk,
            case_id=appeal.pk,
            question=question_number,
            result=str(Result(result).label),
            cause=review.cause,
        ),
        actor=access.actor,
        municipality_id=appeal.municipality_id,
    )
    return review
