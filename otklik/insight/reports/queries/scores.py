"""Grades of a period by every side: three groupings of the scores and one of the period before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from otklik.casework.appeals.vocabulary import Channel
from otklik.casework.satisfaction.models import Survey
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.rules import Access
from otklik.directory.topics.models import Topic
from otklik.insight.cuts.rules import preceding
from otklik.insight.facts.models import ScoreFact
from otklik.insight.facts.queries import visible_scores
from otklik.insight.reports.queries.quality import within
from otklik.insight.reports.rules.satisfaction import Grades, Satisfaction
from otklik.language.wording import capital


def satisfaction(access: Access, since: date, until: date) -> Satisfaction:
    """Seven statements at most. Raises Forbidden without the right to analysis."""
    scores = visible_scores(access)
    given = scores.filter(given_on__range=(since, until))
    bodies, topics = _by(given, "body_id"), _by(given, "topic_id")
    channels = _by(given, "channel")
    body_names = {one.pk: str(one) for one in Body.objects.filter(pk__in=_known(bodies))}
    topic_names = dict(Topic.objects.filter(pk__in=_known(topics)).values_list("pk", "name"))
    asked_back = Survey.objects.filter(
        within(access, "appeal__"),
        wants_reopening=True,
        pk__in=given.values("survey_id"),
    ).count()
    return Satisfaction(
        bodies=_named(bodies, body_names, "Исполнитель не назначен"),
        topics=_named(topics, topic_names, "Тема не определена"),
        channels=_named(channels, dict(Channel.choices), ""),
        before=_whole(scores.filter(given_on__range=preceding(since, until))),
        wants_back=asked_back,
    )


def _by(given: QuerySet[ScoreFact], field: str) -> dict[Any, Grades]:
    rows = given.order_by().values(field).annotate(**_measures())
    return {row[field]: _grades(row) for row in rows}


def _whole(given: QuerySet[ScoreFact]) -> Grades:
    return _grades(given.aggregate(**_measures()))


def _measures() -> dict[str, Any]:
    stars = {f"n_{star}": Count("pk", filter=Q(score=star)) for star in range(1, 6)}
    return {**stars, "n_total": Sum("score")}


def _grades(row: Mapping[str, Any]) -> Grades:
    stars = tuple(int(row[f"n_{star}"] or 0) for star in range(1, 6))
    return Grades(stars=stars, total=int(row["n_total"] or 0))


def _known(found: Mapping[Any, Grades]) -> list[Any]:
    return [key for key in found if key]


def _named(
    found: Mapping[Any, Grades], names: Mapping[Any, Any], unknown: str
) -> list[tuple[str, Grades]]:
    rows = [(capital(str(names.get(key) or unknown)), grades) for key, grades in found.items()]
    return sorted(rows, key=lambda row: (row[0] == unknown, -row[1].given, row[0]))
