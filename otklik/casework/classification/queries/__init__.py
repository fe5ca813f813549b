"""The topic model in force and what it says of a text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from django.db.models import Count, QuerySet

from otklik.casework.appeals.models import Appeal
from otklik.casework.classification.models import Suggestion, TopicModelVersion
from otklik.directory.topics.models import Topic
from otklik.language import classifier


@lru_cache(maxsize=8)
def _loaded(version_id: int) -> classifier.TopicModel | None:
    """An artefact never changes under its id, so a process may keep it. None: it was made by an
    older program, and the next learning makes one that fits."""
    blob = TopicModelVersion.objects.values_list("artefact", flat=True).get(pk=version_id)
    try:
        return classifier.load(bytes(blob))
    except ValueError:
        return None


def current_model(municipality_id: int) -> classifier.TopicModel | None:
    version = (
        TopicModelVersion.objects.filter(municipality_id=municipality_id, is_current=True)
        .values_list("pk", flat=True)
        .first()
    )
    return _loaded(version) if version else None


def topics_offered(municipality_id: int) -> QuerySet[Topic]:
    """Topics a person may choose: the centre's own and those of the common list in use."""
    own = Topic.objects.filter(edition__municipality_id=municipality_id)
    common = Topic.objects.filter(edition__municipality__isnull=True)
    return (own | common).filter(in_use=True).order_by("group", "name")


def suggest_topics(
    municipality_id: int, texts: Sequence[str], k: int = 3
) -> list[list[classifier.Suggestion]]:
    """Top-k suggestions per text (labels are topic ids as text); empty lists without a model."""
    model = current_model(municipality_id)
    if model is None:
        return [[] for _ in texts]
    return model.suggest_many(list(texts), k=k)


def suggestions_of(appeal: Appeal) -> QuerySet[Suggestion]:
    return Suggestion.objects.filter(appeal=appeal).select_related("topic")


def model_in_force(municipality_id: int) -> TopicModelVersion | None:
    """The version with its card, without the artefact."""
    return (
        TopicModelVersion.objects.filter(municipality_id=municipality_id, is_current=True)
        .defer("artefact")
        .first()
    )


def labelled_counts(municipality_id: int) -> dict[int, int]:
    """Cases by topic: what the engine learns from. One query."""
    rows = (
        Appeal.objects.filter(municipality_id=municipality_id, topic__isnull=False)
        .order_by()
        .values_list("topic_id")
        .annotate(number=Count("pk"))
    )
    return {int(topic): number for topic, number in rows if topic is not None}
