"""How often the suggestions were right, by what people decided when they saw them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, FloatField, Q, QuerySet
from django.db.models.functions import Cast, Floor, TruncMonth

from otklik.casework.classification.models import Correction, Suggestion, TopicModelVersion

THRESHOLDS = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)
_RIGHT = Q(chosen=F("suggested"))
_MOST_TOPICS = 40
_MOST_CONFUSED = 15


@dataclass(frozen=True, slots=True)
class Share:
    """Decisions of people under one heading; `right`: the first suggestion was taken; `among`:
    one of the three was."""

    name: str
    asked: int
    right: int
    among: int = 0

    @property
    def share(self) -> float:
        return self.right / self.asked if self.asked else 0.0

    @property
    def share_among(self) -> float:
        return self.among / self.asked if self.asked else 0.0


@dataclass(frozen=True, slots=True)
class Threshold:
    """What would be filed without a person from this confidence on, of all `asked`."""

    confidence: float
    asked: int
    filed: int
    wrong: int

    @property
    def share_filed(self) -> float:
        return self.filed / self.asked if self.asked else 0.0

    @property
    def share_wrong(self) -> float:
        return self.wrong / self.filed if self.filed else 0.0


@dataclass(frozen=True, slots=True)
class Confused:
    suggested: str
    chosen: str
    number: int


@dataclass(frozen=True, slots=True)
class Month:
    first: date
    share: Share


@dataclass(frozen=True, slots=True)
class Alone:
    """Topics that stand without a person's word, and those that a person put right later."""

    filed: int
    mended: int


def _decided(municipality_id: int, since: datetime) -> QuerySet[Correction]:
    return Correction.objects.filter(
        appeal__municipality_id=municipality_id, chosen_at__gte=since
    ).order_by()


def by_topic(municipality_id: int, since: datetime) -> list[Share]:
    """The topics that people chose most. One query."""
    rows = (
        _decided(municipality_id, since)
        .values_list("chosen__name")
        .annotate(asked=Count("pk"), right=Count("pk", _RIGHT), among=Count("rank"))
        .order_by("-asked", "chosen__name")[:_MOST_TOPICS]
    )
    return [Share(*row) for row in rows]


def by_month(municipality_id: int, since: datetime) -> list[Month]:
    """Oldest first; months without decisions are absent. One query."""
    rows = (
        _decided(municipality_id, since)
        .annotate(month=TruncMonth("chosen_at"))
        .values_list("month")
        .annotate(asked=Count("pk"), right=Count("pk", _RIGHT), among=Count("rank"))
        .order_by("month")
    )
    return [Month(month.date(), Share("", *numbers)) for month, *numbers in rows]


def confused(municipality_id: int, since: datetime) -> list[Confused]:
    """What was suggested where people chose another topic, most frequent first. One query."""
    rows = (
        _decided(municipality_id, since)
        .exclude(_RIGHT)
        .exclude(suggested=None)
        .values_list("suggested__name", "chosen__name")
        .annotate(number=Count("pk"))
        .order_by("-number", "suggested__name")[:_MOST_CONFUSED]
    )
    return [Confused(*row) for row in rows]


def by_confidence(municipality_id: int, since: datetime) -> list[tuple[int, int, int]]:
    """(whole per cent of confidence, decisions, right ones), ascending. One query."""
    percent = Floor(Cast(F("confidence"), FloatField()) * 100.0 + 1e-6)
    return list(
        _decided(municipality_id, since)
        .exclude(confidence=None)
        .annotate(percent=percent)
        .values_list("percent")
        .annotate(asked=Count("pk"), right=Count("pk", _RIGHT))
        .order_by("percent")
    )


def in_tens(rows: Sequence[tuple[int, int, int]]) -> list[Share]:
    """Rows of `by_confidence` by tens of per cent: «70–80 %»."""
    found = []
    for begin in range(0, 100, 10):
        of = [
            (asked, right)
            for percent, asked, right in rows
            if begin <= min(percent, 99) < begin + 10
        ]
        if of:
            name = f"{begin}–{begin + 10}\u00a0%"
            found.append(Share(name, sum(a for a, _ in of), sum(r for _, r in of)))
    return found


def whole(rows: Sequence[tuple[int, int, int]]) -> Share:
    """All decisions of `by_confidence` together."""
    return Share("", sum(asked for _, asked, _ in rows), sum(right for *_, right in rows))


def at_thresholds(rows: Sequence[tuple[int, int, int]]) -> list[Threshold]:
    """What each threshold would have filed by itself, and how much of it wrongly."""
    asked = sum(number for _, number, _ in rows)
    found = []
    for share in THRESHOLDS:
        above = [
            (number, right) for percent, number, right in rows if percent >= share * 100 - 1e-6
        ]
        filed = sum(number for number, _ in above)
        found.append(Threshold(share, asked, filed, filed - sum(right for _, right in above)))
    return found


def filed_alone(municipality_id: int) -> Alone:
    """One query."""
    rows = Suggestion.objects.filter(appeal__municipality_id=municipality_id, filed_alone=True)
    mended = Q(appeal__topic__isnull=False) & ~Q(appeal__topic=F("topic"))
    found = rows.aggregate(filed=Count("pk"), mended=Count("pk", mended))
    return Alone(found["filed"], found["mended"])


def versions(municipality_id: int) -> QuerySet[TopicModelVersion]:
    """Newest first, with their cards and verdicts, without the artefacts."""
    return (
        TopicModelVersion.objects.filter(municipality_id=municipality_id)
        .defer("artefact")
        .order_by("-trained_at", "-pk")
    )
