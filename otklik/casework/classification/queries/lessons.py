"""What the engine learns from, and what is held back to compare models on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Mod

from otklik.casework.appeals.models import Appeal
from otklik.casework.classification.models import Correction, Suggestion
from otklik.casework.classification.rules import HELD_EVERY

COMPARED_AT_MOST = 2_000


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on the topic of a text."""

    text: str
    topic_id: int
    moment: datetime


def lessons(municipality_id: int, most: int, until: datetime) -> list[tuple[str, int]]:
    """(text, topic) of cases received by a moment, newest first, without those held back and
    without those that the engine filed by itself and nobody has looked at."""
    decided = Exists(Correction.objects.filter(appeal=OuterRef("pk")))
    alone = Exists(Suggestion.objects.filter(appeal=OuterRef("pk"), filed_alone=True))
    rows = (
        Appeal.objects.filter(
            municipality_id=municipality_id, topic__isnull=False, received_at__lte=until
        )
        .annotate(part=Mod(F("pk"), HELD_EVERY))
        .exclude(decided, part=0)
        .exclude(alone & ~decided)
        .order_by("-received_at")
        .values_list("text", "topic_id")[:most]
    )
    return [(text, topic) for text, topic in rows if topic is not None]


def held_back(municipality_id: int) -> list[Decision]:
    """The newest decisions of people on cases that are never learned from, one for a case."""
    rows = (
        _decisions(municipality_id)
        .order_by("-chosen_at")
        .values_list("appeal__text", "chosen_id", "chosen_at", "appeal_id")[:COMPARED_AT_MOST]
    )
    seen: set[int] = set()
    found = []
    for text, topic, moment, appeal in rows:
        if appeal not in seen:
            seen.add(appeal)
            found.append(Decision(text, topic, moment))
    return found


def _decisions(municipality_id: int) -> QuerySet[Correction]:
    return (
        Correction.objects.filter(appeal__municipality_id=municipality_id)
        .annotate(part=Mod(F("appeal_id"), HELD_EVERY))
        .filter(part=0)
    )
