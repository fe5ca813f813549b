"""Suggesting topics, taking corrections, and learning from the centre's own history."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, transaction

from otklik.base import clock
from otklik.base.bulk import copy_new
from otklik.base.errors import Refused
from otklik.casework.appeals.actions import put_topic
from otklik.casework.appeals.models import Appeal, Question
from otklik.casework.classification.events import LearningAsked, ThresholdSet
from otklik.casework.classification.models import Correction, Suggestion, TopicModelVersion
from otklik.casework.classification.queries import suggest_topics, topics_offered
from otklik.directory.organisation.actions.options import set_option
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.directory.topics.models import Topic
from otklik.language import classifier
from otklik.records.journal.actions import record

LEAST_TO_LEARN = 30
MOST_TO_LEARN = 50_000
KEPT_VERSIONS = 5
THRESHOLD = "topic_without_person"
LEAST_THRESHOLD = 0.5


@transaction.atomic
def suggest(*, appeal: Appeal) -> list[Suggestion]:
    """Store what the engine proposes for a case, with the words that spoke for it."""
    return suggest_many(municipality_id=appeal.municipality_id, appeals=[appeal])


@transaction.atomic
def suggest_many(*, municipality_id: int, appeals: Sequence[Appeal]) -> list[Suggestion]:
    """The same for many cases of one municipality at once; earlier suggestions give way."""
    found = suggest_topics(municipality_id, [appeal.text for appeal in appeals])
    wanted = [{item.label: item for item in row if item.label.isdecimal()} for row in found]
    labels = {int(label) for row in wanted for label in row}
    known = set(Topic.objects.filter(pk__in=labels).values_list("pk", flat=True))
    Suggestion.objects.filter(appeal__in=appeals).delete()
    made = [
        Suggestion(
            appeal=appeal,
            topic_id=int(item.label),
            rank=rank,
            confidence=round(float(item.confidence), 4),
            reasons=list(item.reasons)[:6],
        )
        for appeal, row in zip(appeals, wanted, strict=True)
        for rank, item in enumerate(row.values(), start=1)
        if int(item.label) in known
    ]
    copy_new(connection, made)
    return made


@transaction.atomic
def choose_topic(
    *, access: Access, appeal_id: int, topic_id: int, question_number: int = 1
) -> Question:
    """A person says the topic; where the engine had said another, the correction is kept."""
    access = access.require(Permission.CLASSIFY)
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
    first = Suggestion.objects.filter(appeal_id=appeal_id, rank=1).first()
    if question_number == 1 and first:
        Correction.objects.create(
            appeal_id=appeal_id,
            suggested_id=first.topic_id,
            chosen_id=topic_id,
            chosen_at=clock.now(),
        )
    return question


def learn(*, access: Access) -> TopicModelVersion:
    """Train on the centre's own cases with a topic; the new model takes force at once.

    Without enough history the topics' names and words are used. Raises Refused with no topics.
    """
    access = access.require(Permission.CLASSIFY)
    rows = list(
        Appeal.objects.filter(municipality_id=access.municipality_id, topic__isnull=False)
        .order_by("-received_at")
        .values_list("text", "topic_id")[:MOST_TO_LEARN]
    )
    when = clock.now().isoformat(timespec="seconds")
    if len(rows) >= LEAST_TO_LEARN:
        model = classifier.train(
            [text for text, _ in rows],
            [str(topic) for _, topic in rows],
            when=when,
            described=_described(access),
        )
    else:
        model = _cold(access, when)
    return _promote(access, model)


def _cold(access: Access, when: str) -> classifier.TopicModel:
    described = _described(access)
    if not described:
        raise Refused("Нет ни одной темы.", "Загрузите классификатор: «otklik preset apply».")
    return classifier.from_descriptions(described, when=when)


def _described(access: Access) -> dict[str, str]:
    """The topics on offer by their own words, so that a rare one is suggested too."""
    return {
        str(topic.pk): f"{topic.name} {topic.group} {topic.keywords}"
        for topic in topics_offered(access.municipality_id)
    }


@transaction.atomic
def _promote(access: Access, model: classifier.TopicModel) -> TopicModelVersion:
    versions = TopicModelVersion.objects.filter(municipality_id=access.municipality_id)
    versions.update(is_current=False)
    made = TopicModelVersion.objects.create(
        municipality_id=access.municipality_id,
        trained_at=clock.now(),
        artefact=classifier.dump(model),
        card=model.card,
        is_current=True,
    )
    old = list(versions.order_by("-pk").values_list("pk", flat=True)[KEPT_VERSIONS:])
    versions.filter(pk__in=old).delete()
    return made


@transaction.atomic
def ask_to_learn(*, access: Access) -> None:
    """Have the model trained anew soon; the reaction to the event defers the work."""
    access = access.require(Permission.SET_UP)
    record(
        LearningAsked(subject_id=access.municipality_id),
        actor=access.actor,
        municipality_id=access.municipality_id,
    )


@transaction.atomic
def set_threshold(*, access: Access, share: float | None) -> None:
    """File new cases without a person at this confidence (0–1) or above; None: never.

    Raises Refused outside 0.5…1: below it every second topic would be wrong.
    """
    access = access.require(Permission.SET_UP)
    if share is not None and not LEAST_THRESHOLD <= share <= 1:
        raise Refused(
            "Порог должен быть от 50 до 100 %.", "Укажите другое значение или оставьте поле пустым."
        )
    set_option(municipality_id=access.municipality_id, name=THRESHOLD, value=share)
    record(
        ThresholdSet(subject_id=access.municipality_id, share=share),
        actor=access.actor,
        municipality_id=access.municipality_id,
    )
