"""Storing what the engine proposes for cases."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, transaction

from otklik.base.bulk import copy_new
from otklik.casework.appeals.models import Appeal
from otklik.casework.classification.models import Suggestion
from otklik.casework.classification.queries import suggest_topics
from otklik.directory.topics.models import Topic


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
