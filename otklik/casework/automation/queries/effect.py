"""What rules have done: how often, how fast, how often a person had to put it right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from otklik.casework.automation.models import Firing
from otklik.casework.automation.queries.dryrun import RULE_LABELS

LEAST_SAMPLE = 5
BEFORE = 180
"""How many days back «before the rule» reaches, on the same topics."""
_MINUTES = (
    "percentile_cont(0.5) WITHIN GROUP"
    " (ORDER BY extract(epoch FROM given.first - appeal.registered_at) / 60)"
)
_FIRST = """LEFT JOIN LATERAL (
    SELECT min(assignment.assigned_at) AS first
    FROM appeals_assignment AS assignment
    JOIN appeals_question AS question ON question.id = assignment.question_id
    WHERE question.appeal_id = appeal.id AND assignment.role = 'main'
) AS given ON true"""
_FIRED = f"""
SELECT fired.rule_id, count(*),
    count(*) FILTER (WHERE fired.wrong_at IS NOT NULL),
    count(*) FILTER (WHERE fired.body_id IS NOT NULL AND EXISTS (
        SELECT 1 FROM appeals_assignment AS later
        JOIN appeals_question AS question ON question.id = later.question_id
        WHERE question.appeal_id = fired.appeal_id AND later.role = 'main'
            AND later.assigned_at > fired.fired_at AND later.body_id <> fired.body_id
            AND NOT later.assigned_by LIKE ANY(%(labels)s))),
    count(*) FILTER (WHERE EXISTS (
        SELECT 1 FROM replies_reply AS reply
        WHERE reply.appeal_id = fired.appeal_id AND reply.returns > 0)),
    count(*) FILTER (WHERE appeal.reopened > 0),
    count(*) FILTER (WHERE fired.body_id IS NOT NULL),
    {_MINUTES} FILTER (WHERE fired.body_id IS NOT NULL)
FROM automation_firing AS fired
JOIN automation_autorule AS rule ON rule.id = fired.rule_id
JOIN appeals_appeal AS appeal ON appeal.id = fired.appeal_id
{_FIRST}
WHERE rule.municipality_id = %(place)s AND fired.fired_at >= %(since)s
GROUP BY fired.rule_id
"""  # noqa: S608
_EARLIER = f"""
WITH topics AS (
    SELECT DISTINCT fired.rule_id, appeal.topic_id
    FROM automation_firing AS fired
    JOIN automation_autorule AS rule ON rule.id = fired.rule_id
    JOIN appeals_appeal AS appeal ON appeal.id = fired.appeal_id
    WHERE rule.municipality_id = %(place)s AND appeal.topic_id IS NOT NULL
        AND fired.body_id IS NOT NULL
)
SELECT topics.rule_id, count(*), {_MINUTES}
FROM topics JOIN automation_autorule AS rule ON rule.id = topics.rule_id
JOIN appeals_appeal AS appeal ON appeal.municipality_id = rule.municipality_id
    AND appeal.topic_id = topics.topic_id AND appeal.received_at < rule.first_on
    AND appeal.received_at >= rule.first_on - make_interval(days => %(before)s)
{_FIRST}
WHERE given.first > appeal.registered_at
GROUP BY topics.rule_id
"""  # noqa: S608


@dataclass(frozen=True)
class Effect:
    """`minutes`: the median from registration to the executor, where the rule named him;
    `minutes_before`: the same topics in half a year before the rule; None: too few cases."""

    fired: int = 0
    wrong: int = 0
    reassigned: int = 0
    returned: int = 0
    reopened: int = 0
    assigned: int = 0
    minutes: float | None = None
    minutes_before: float | None = None

    @property
    def saved(self) -> float | None:
        """Minutes saved on a case; negative when it has become slower."""
        if self.minutes is None or self.minutes_before is None:
            return None
        return self.minutes_before - self.minutes


def effects_of(municipality_id: int, since: datetime) -> dict[int, Effect]:
    """What each rule has done since then, by rule; two queries whatever their number."""
    given: dict[str, Any] = {
        "place": municipality_id,
        "since": since,
        "before": BEFORE,
        "labels": list(RULE_LABELS),
    }
    with connection.cursor() as cursor:
        cursor.execute(_EARLIER, given)
        before = {rule: _median(cases, value) for rule, cases, value in cursor.fetchall()}
        cursor.execute(_FIRED, given)
        rows = cursor.fetchall()
    return {row[0]: _effect(row, before.get(row[0])) for row in rows}


def _effect(row: tuple[Any, ...], before: float | None) -> Effect:
    _, fired, wrong, reassigned, returned, reopened, assigned, minutes = row
    return Effect(
        fired=fired,
        wrong=wrong,
        reassigned=reassigned,
        returned=returned,
        reopened=reopened,
        assigned=assigned,
        minutes=_median(assigned, minutes),
        minutes_before=before,
    )


def firings_of(appeal_id: int) -> QuerySet[Firing]:
    """What rules did with a case, in order, for its card."""
    return Firing.objects.filter(appeal_id=appeal_id).select_related("rule").order_by("pk")


def firings_by(rule_id: int) -> QuerySet[Firing]:
    """Cases a rule has acted on, newest first."""
    return Firing.objects.filter(rule_id=rule_id).select_related("appeal").order_by("-pk")


def _median(cases: int, value: Any) -> float | None:
    return float(value) if cases >= LEAST_SAMPLE and value is not None else None
