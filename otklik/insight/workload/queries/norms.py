"""Norms in force, and what history says of them."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.db.models import Avg, Count, QuerySet

from otklik.casework.appeals.models import Assignment
from otklik.casework.classification.queries import topics_offered
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.workload.models import EffortNorm, TimeNote, TimeShare
from otklik.insight.workload.rules.norms import GroupHistory, NormBook
from otklik.insight.workload.vocabulary import WorkKind

_MEDIANS = """
SELECT COALESCE(NULLIF(t."group", ''), 'Без группы') AS topics, count(*),
    percentile_cont(0.5) WITHIN GROUP (
        ORDER BY EXTRACT(EPOCH FROM COALESCE(x.done_at, q.answered_at) - x.assigned_at) / 86400.0
    )
FROM facts_assignment AS x
JOIN facts_question AS q ON q.question_id = x.question_id
JOIN topics_topic AS t ON t.id = x.topic_id
WHERE x.municipality_id = %s AND x.role = 'main' AND x.withdrawn_at IS NULL
    AND x.assigned_on >= %s AND COALESCE(x.done_at, q.answered_at) > x.assigned_at
GROUP BY 1
"""


def book_of(municipality_id: int) -> NormBook:
    """The norms of a centre: one query."""
    rows = EffortNorm.objects.filter(municipality_id=municipality_id).values_list(
        "topic_id", "topic_group", "kind", "hours"
    )
    return NormBook({(topic, group, kind): float(hours) for topic, group, kind, hours in rows})


def norms_of(municipality_id: int) -> QuerySet[EffortNorm]:
    return EffortNorm.objects.filter(municipality_id=municipality_id).select_related("topic")


def shares_set(municipality_id: int) -> QuerySet[TimeShare]:
    return TimeShare.objects.filter(municipality_id=municipality_id).select_related(
        "body", "account"
    )


def history_of(access: Access, since: date) -> dict[str, GroupHistory]:
    """Days to an answer and time noted, by group of topics, over the whole municipality.

    Whoever asks must count everywhere: a norm is made of everybody's cases. Two queries.
    Raises Forbidden.
    """
    access = access.require(Permission.ANALYTICS)
    with connection.cursor() as cursor:
        cursor.execute(_MEDIANS, [access.municipality_id, since])
        days = {group: (count, float(median)) for group, count, median in cursor.fetchall()}
    noted = _noted(access.municipality_id)
    return {
        group: GroupHistory(
            answered=days.get(group, (0, 0.0))[0],
            median_days=days.get(group, (0, 0.0))[1],
            notes=noted.get(group, (0, 0.0))[0],
            mean_hours=noted.get(group, (0, 0.0))[1],
        )
        for group in sorted({*days, *noted})
    }


def _noted(municipality_id: int) -> dict[str, tuple[int, float]]:
    """Cases with notes of executors, and the mean of hours a case: by group of topics."""
    rows = (
        TimeNote.objects.filter(
            municipality_id=municipality_id, kind=WorkKind.MAIN, appeal__topic__isnull=False
        )
        .order_by()
        .values("appeal__topic__group")
        .annotate(cases=Count("appeal", distinct=True), minutes=Avg("minutes"), notes=Count("pk"))
    )
    return {
        row["appeal__topic__group"] or "Без группы": (
            row["cases"],
            row["minutes"] * row["notes"] / row["cases"] / 60,
        )
        for row in rows
    }


def own_notes(access: Access, limit: int = 20) -> QuerySet[TimeNote]:
    """Time noted by the person himself, the latest first."""
    found = TimeNote.objects.filter(
        municipality_id=access.municipality_id, account_id=access.account_id or 0
    )
    return found.select_related("appeal__topic")[:limit]


def held_part(access: Access, appeal_id: int) -> tuple[int, str] | None:
    """Body and kind of the part of this case that is given to the person or to his body."""
    reach = access.reach(Permission.DRAFT)
    parts = Assignment.objects.filter(
        question__appeal_id=appeal_id,
        question__appeal__municipality_id=access.municipality_id,
        withdrawn_at__isnull=True,
    ).order_by("pk")
    for body, account, role, channel in parts.values_list(
        "body_id", "account_id", "role", "question__appeal__channel"
    ):
        own = account is not None and account == access.account_id
        if reach.covers(body, own, channel):
            return body, role
    return None


def groups_in_use(municipality_id: int) -> list[str]:
    """Groups of topics met in the work of the centre."""
    found = topics_offered(municipality_id).order_by("group").values_list("group", flat=True)
    return [group for group in found.distinct() if group]
