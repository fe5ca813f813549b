"""How satisfied citizens are, by body, topic or channel, with what they wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Avg, Count, Q, QuerySet
from django.db.models.functions import Coalesce

from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.queries import start_of, visible_to
from otklik.casework.appeals.vocabulary import ApplicantKind, Channel
from otklik.casework.satisfaction.models import Survey
from otklik.casework.satisfaction.vocabulary import By
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access

LOW = 2
COMMENTS = 50
_COLUMNS: Mapping[By, tuple[str, tuple[str, ...], str]] = {
    By.BODY: (
        "executor_body_id", ("executor_body__short_name", "executor_body__name"), "без исполнителя",
    ),
    By.TOPIC: ("topic_id", ("topic__name",), "тема не определена"),
    By.CHANNEL: ("channel", (), ""),
    By.WHO: ("applicant__kind", (), ""),
}  # fmt: skip
_LABELS: Mapping[By, Mapping[str, str]] = {
    By.CHANNEL: {one.value: str(one.label) for one in Channel},
    By.WHO: {one.value: str(one.label) for one in ApplicantKind},
}


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """One line: answered cases, how many of them were scored, the mean of 1–5, scores of 1–2."""

    key: str
    name: str
    answered: int
    scored: int
    mean: float | None
    low: int


@dataclass(frozen=True, kw_only=True)
class Opinions:
    lines: Sequence[Opinion]
    total: Opinion
    spread: Mapping[int, int]
    comments: Sequence[Survey]


def opinions(
    access: Access, *, since: date, until: date, by: By = By.BODY, channel: str = ""
) -> Opinions:
    """Scores of the cases answered in the period, both days included: five queries.

    Only cases this person sees are counted, so a block head is told of his block alone.
    """
    zone = Municipality.objects.get(pk=access.municipality_id).tz
    found = (
        visible_to(access)
        .annotate(done=Coalesce("answered_at", "received_at"))
        .filter(done__gte=start_of(since, zone), done__lt=start_of(until + timedelta(days=1), zone))
        .filter(Q(answered_at__isnull=False) | Q(score__isnull=False))
    )
    if channel:
        found = found.filter(channel=channel)
    return Opinions(
        lines=_lines(found, by),
        total=_opinion("", "Всего", found.order_by().aggregate(**_figures())),
        spread=_spread(found),
        comments=list(_comments(found)[:COMMENTS]),
    )


def _figures() -> dict[str, Any]:
    return {
        "answered": Count("pk"),
        "scored": Count("score"),
        "mean": Avg("score"),
        "low": Count("pk", filter=Q(score__lte=LOW)),
    }


def _lines(found: QuerySet[Appeal], by: By) -> list[Opinion]:
    column, names, empty = _COLUMNS[by]
    labels = _LABELS.get(by, {})
    rows = found.order_by().values(column, *names).annotate(**_figures())
    lines = [
        _opinion(
            str(row[column] or ""),
            labels.get(str(row[column]))
            or next((str(row[name]) for name in names if row[name]), empty),
            row,
        )
        for row in rows
    ]
    return sorted(lines, key=lambda one: (-one.scored, -one.answered, one.name))


def _opinion(key: str, name: str, row: Mapping[str, Any]) -> Opinion:
    return Opinion(
        key=key,
        name=name,
        answered=row["answered"],
        scored=row["scored"],
        mean=row["mean"],
        low=row["low"],
    )


def _spread(found: QuerySet[Appeal]) -> dict[int, int]:
    rows = found.filter(score__isnull=False).order_by().values("score")
    counted = {row["score"]: row["count"] for row in rows.annotate(count=Count("pk"))}
    return {score: counted.get(score, 0) for score in range(5, 0, -1)}


def _comments(found: QuerySet[Appeal]) -> QuerySet[Survey]:
    return (
        Survey.objects.filter(appeal__in=found.order_by().values("pk"), score__isnull=False)
        .exclude(comment="")
        .select_related("appeal__executor_body", "appeal__topic")
        .defer("appeal__search", "appeal__text")
        .order_by("-answered_at", "-pk")
    )
