"""What people decide about topics; every decision is kept beside what was suggested."""

from __future__ import annotations

from django.db import transaction

from otklik.base import clock
from otklik.casework.appeals.actions import put_topic
from otklik.casework.appeals.actions.classify import set_topic
from otklik.casework.appeals.models import Question
from otklik.casework.appeals.queries import classifying
from otklik.casework.classification.models import Correction, Suggestion
from otklik.directory.organisation.rules import Access


@transaction.atomic
def choose_topic(
    *, access: Access, appeal_id: int, topic_id: int, question_number: int = 1
) -> Question:
    """A person says the topic; where the engine had said another, the correction is kept."""
    access = classifying(access, appeal_id)
    return confirm_topic(
        access=access, appeal_id=appeal_id, topic_id=topic_id, question_number=question_number
    )


@transaction.atomic
def confirm_topic(
    *, access: Access, appeal_id: int, topic_id: int, question_number: int = 1
) -> Question:
    """The same, when the caller has checked the right (an executor after his review)."""
    question = put_topic(
        access=access, appeal_id=appeal_id, topic_id=topic_id, question_number=question_number
    )
    if question_number == 1:
        _keep(access, appeal_id, topic_id)
    return question


def _keep(access: Access, appeal_id: int, topic_id: int) -> None:
    suggested = list(Suggestion.objects.filter(appeal_id=appeal_id).order_by("rank"))
    if not suggested:
        return
    first = suggested[0]
    Correction.objects.create(
        appeal_id=appeal_id,
        suggested_id=first.topic_id,
        confidence=first.confidence,
        rank=next((item.rank for item in suggested if item.topic_id == topic_id), None),
        chosen_id=topic_id,
        chosen_by_id=access.account_id,
        chosen_at=clock.now(),
    )


@transaction.atomic
def file_alone(*, access: Access, appeal_id: int, first: Suggestion) -> Question:
    """The engine's first suggestion becomes the topic without a person; the case is marked, so
    that nothing is learned from it until a person has looked."""
    question = set_topic(access=access, appeal_id=appeal_id, topic_id=first.topic_id)
    first.filed_alone = True
    first.save(update_fields=["filed_alone"])
    return question
