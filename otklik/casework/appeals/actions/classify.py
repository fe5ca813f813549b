"""Topic, place and kinship of a case."""

from __future__ import annotations

from django.db import transaction

from otklik.base.errors import NotFound
from otklik.casework.appeals.actions.locking import locked, save
from otklik.casework.appeals.actions.registration import PlaceGiven
from otklik.casework.appeals.actions.theme import mark_themes
from otklik.casework.appeals.events import (
    PlaceSet,
    RepeatLinked,
    RepeatUnlinked,
    RepetitionMarked,
    TopicSet,
)
from otklik.casework.appeals.models import Appeal, Question
from otklik.casework.appeals.queries import classifying
from otklik.casework.appeals.vocabulary import Repetition
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.directory.topics.models import Topic
from otklik.records.journal.actions import record


@transaction.atomic
def set_topic(
    *, access: Access, appeal_id: int, topic_id: int, question_number: int = 1
) -> Question:
    """Set the topic of a question; the first question's topic is the case's topic."""
    access = classifying(access, appeal_id)
    return put_topic(
        access=access, appeal_id=appeal_id, topic_id=topic_id, question_number=question_number
    )


@transaction.atomic
def put_topic(
    *, access: Access, appeal_id: int, topic_id: int, question_number: int = 1
) -> Question:
    """The same, when the caller has checked the right: whoever reviewed the case, for one."""
    appeal = locked(access, appeal_id)
    access = access.under(Permission.CLASSIFY, channel=appeal.channel)
    question = (
        Question.objects.select_related("topic")
        .filter(appeal=appeal, number=question_number)
        .first()
    )
    topic = Topic.objects.filter(pk=topic_id).first()
    if question is None or topic is None:
        raise NotFound("Такой темы или вопроса нет.", "Выберите тему из списка.")
    if question.topic_id == topic.pk:
        return question
    previous = question.topic.name if question.topic else ""
    question.topic = topic
    question.save(update_fields=["topic"])
    if question_number == 1:
        appeal.topic = topic
        mark_themes(appeal.municipality_id, [appeal])
        save(appeal, "topic", "theme")
    record(
        TopicSet(
            subject_id=appeal.pk,
            case_id=appeal.pk,
            question=question_number,
            topic_id=topic.pk,
            topic=topic.name,
            previous=previous,
        ),
        actor=access.actor,
        municipality_id=appeal.municipality_id,
    )
    return question


@transaction.atomic
def set_place(*, access: Access, appeal_id: int, place: PlaceGiven) -> Appeal:
    """Set where it is; an empty place takes it off."""
    access = access.require(Permission.CLASSIFY)
    appeal = locked(access, appeal_id)
    appeal.place = place.text[:500]
    appeal.settlement_id = place.settlement_id
    appeal.street_id = place.street_id
    appeal.house_id = place.house_id
    appeal.lat, appeal.lon = place.lat, place.lon
    save(appeal, "place", "settlement", "street", "house", "lat", "lon")
    Question.objects.filter(appeal=appeal, number=1).update(
        place=appeal.place, settlement_id=place.settlement_id
    )
    record(
        PlaceSet(subject_id=appeal.pk, case_id=appeal.pk, place=appeal.place),
        actor=access.actor,
        municipality_id=appeal.municipality_id,
    )
    return appeal


@transaction.atomic
def link_repeat(*, access: Access, appeal_id: int, earlier_id: int) -> None:
    """Say that this case repeats an earlier one."""
    access = access.require(Permission.CLASSIFY)
    appeal = locked(access, appeal_id)
    earlier = Appeal.objects.filter(municipality_id=appeal.municipality_id, pk=earlier_id).first()
    if earlier is None or earlier.pk == appeal.pk:
        raise NotFound("Такого обращения нет.", "Проверьте номер.")
    appeal.repeats = earlier
    appeal.repetition = appeal.repetition or Repetition.REPEAT
    save(appeal, "repeats", "repetition")
    record(
        RepeatLinked(
            subject_id=appeal.pk,
            case_id=appeal.pk,
            earlier_id=earlier.pk,
            earlier=earlier.number,
        ),
        actor=access.actor,
        municipality_id=appeal.municipality_id,
    )


@transaction.atomic
def unlink_repeat(*, access: Access, appeal_id: int) -> None:
    """Take back that this case repeats another; a case without the link stays as it is."""
    access = access.require(Permission.CLASSIFY)
    appeal = locked(access, appeal_id)
    earlier = appeal.repeats
    if earlier is None:
        return
    appeal.repeats, appeal.repetition = None, ""
    save(appeal, "repeats", "repetition")
    record(
        RepeatUnlinked(
            subject_id=appeal.pk,
            case_id=appeal.pk,
            earlier_id=earlier.pk,
            earlier=earlier.number,
        ),
        actor=access.actor,
        municipality_id=appeal.municipality_id,
    )


@transaction.atomic
def mark_repetition(*, access: Access, appeal_id: int, repetition: str) -> None:
    """Say what the case is to earlier ones («» takes the mark off); the same changes nothing."""
    access = access.require(Permission.CLASSIFY)
    appeal = locked(access, appeal_id)
    if appeal.repetition == repetition:
        return
    appeal.repetition = repetition
    save(appeal, "repetition")
    record(
        RepetitionMarked(
            subject_id=appeal.pk,
            case_id=appeal.pk,
            mark=Repetition(repetition).label if repetition else "",
        ),
        actor=access.actor,
        municipality_id=appeal.municipality_id,
    )
