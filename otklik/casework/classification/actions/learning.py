"""Learning anew from the centre's own cases; only a better model takes force."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from otklik.base import clock
from otklik.base.errors import NotFound, Refused
from otklik.casework.classification.events import ModelKept, ModelPromoted
from otklik.casework.classification.models import TopicModelVersion
from otklik.casework.classification.queries import (
    current_model,
    model_in_force,
    topics_offered,
)
from otklik.casework.classification.queries.lessons import Decision, held_back, lessons
from otklik.casework.classification.rules import Comparison, Score, Verdict, judged
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.language import classifier
from otklik.records.journal.actions import record

LEAST_TO_LEARN = 30
MOST_TO_LEARN = 50_000
KEPT_VERSIONS = 10


def learn(*, access: Access) -> TopicModelVersion:
    """Train on the centre's own cases with a topic and put the model in force where it foresees
    more of the held-back decisions of people than the one in force; else keep it aside with the
    reason (`is_current` tells). Decisions held back are never learned from.

    Without enough history the topics' names and words are used. Raises Refused with no topics.
    """
    access = access.require(Permission.CLASSIFY)
    place, when = access.municipality_id, clock.now()
    taught = lessons(place, MOST_TO_LEARN, when)
    described = _described(access)
    if len(taught) >= LEAST_TO_LEARN:
        model = classifier.train_apart(
            [text for text, _ in taught],
            [str(topic) for _, topic in taught],
            when=when.isoformat(timespec="seconds"),
            described=described,
        )
    elif described:
        model = classifier.from_descriptions(described, when=when.isoformat(timespec="seconds"))
    else:
        raise Refused("Нет ни одной темы.", "Загрузите классификатор: «otklik preset apply».")
    found = _compared(place, model)
    verdict = judged(found) if found else Verdict(True, "Первая модель центра.")
    return _kept(access, model, verdict, found, when)


@transaction.atomic
def promote_anyway(*, access: Access, version_id: int) -> TopicModelVersion:
    """The administrator puts a version in force against the comparison, or an earlier one back."""
    access = access.require(Permission.SET_UP)
    versions = _one_at_a_time(access.municipality_id)
    chosen = versions.defer("artefact").filter(pk=version_id).first()
    if chosen is None:
        raise NotFound("Такой модели нет.", "Обновите страницу.")
    if chosen.is_current:
        return chosen
    versions.update(is_current=False)
    chosen.is_current = True
    chosen.save(update_fields=["is_current"])
    _tell(access, chosen, "Включена администратором.")
    return chosen


def _described(access: Access) -> dict[str, str]:
    """The topics on offer by their own words, so that a rare one is suggested too."""
    return {
        str(topic.pk): f"{topic.name} {topic.group} {topic.keywords}"
        for topic in topics_offered(access.municipality_id)
    }


def _compared(place: int, candidate: classifier.TopicModel) -> Comparison | None:
    current, in_force = current_model(place), model_in_force(place)
    if current is None or in_force is None:
        return None
    decisions = held_back(place)
    older = [one for one in decisions if one.moment <= in_force.trained_at]
    newer = [one for one in decisions if one.moment > in_force.trained_at]
    return Comparison(
        _score(candidate, older),
        _score(current, older),
        _score(candidate, newer),
        _score(current, newer),
    )


def _score(model: classifier.TopicModel, decisions: list[Decision]) -> Score:
    found = model.suggest_many([one.text for one in decisions], k=1)
    right = sum(
        bool(row) and row[0].label == str(one.topic_id)
        for row, one in zip(found, decisions, strict=True)
    )
    return Score(len(decisions), right)


@transaction.atomic
def _kept(
    access: Access,
    model: classifier.TopicModel,
    verdict: Verdict,
    found: Comparison | None,
    when: datetime,
) -> TopicModelVersion:
    versions = _one_at_a_time(access.municipality_id)
    if verdict.promoted:
        versions.update(is_current=False)
    made = TopicModelVersion.objects.create(
        municipality_id=access.municipality_id,
        trained_at=when,
        artefact=classifier.dump(model),
        card=model.card,
        is_current=verdict.promoted,
        held_back=found.candidate.asked if found else 0,
        foreseen=found.candidate.right if found else 0,
        foreseen_before=found.current.right if found else 0,
        verdict=verdict.reason,
    )
    _tell(access, made, verdict.reason)
    former = versions.filter(is_current=False).order_by("-pk").values_list("pk", flat=True)
    versions.filter(pk__in=list(former[KEPT_VERSIONS:])).delete()
    return made


def _one_at_a_time(municipality_id: int) -> QuerySet[TopicModelVersion]:
    """The versions of a centre; whoever else puts one in force waits for this transaction."""
    Municipality.objects.select_for_update(no_key=True).get(pk=municipality_id)
    return TopicModelVersion.objects.filter(municipality_id=municipality_id)


def _tell(access: Access, version: TopicModelVersion, reason: str) -> None:
    event = ModelPromoted if version.is_current else ModelKept
    record(
        event(subject_id=version.pk, texts=int(version.card.get("texts", 0)), reason=reason),
        actor=access.actor,
        municipality_id=access.municipality_id,
    )
