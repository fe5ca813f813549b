"""Fast-track mechanisms, whose word they wait for, and what they have gained."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from otklik.base.errors import NotFound
from otklik.casework.automation.models import Mechanism
from otklik.directory.approvals.models import ApprovalStep
from otklik.directory.approvals.queries import steps_of
from otklik.directory.approvals.vocabulary import StepState
from otklik.directory.organisation.models import BlockMember
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import BlockMembership, Permission

SUBJECT = "mechanism"
LEAST_SAMPLE = 5
"""With fewer cases a median says nothing and is not shown."""
BEFORE = 180
"""How many days back «before» reaches."""
_HOURS = (
    "percentile_cont(0.5) WITHIN GROUP"
    " (ORDER BY extract(epoch FROM answered_at - registered_at) / 3600)"
)
_GAIN = f"""
WITH mine AS (
    SELECT rule.mechanism_id AS pk, fired.appeal_id
    FROM automation_firing AS fired JOIN automation_autorule AS rule ON rule.id = fired.rule_id
    WHERE rule.mechanism_id = ANY(%(ids)s)
), told AS (
    SELECT mechanism.id AS pk, mechanism.municipality_id, mechanism.on_since,
        coalesce(mechanism.off_since, 'infinity') AS off_since,
        array(SELECT topic_id FROM automation_mechanism_topics WHERE mechanism_id = mechanism.id)
            AS topics
    FROM automation_mechanism AS mechanism
    WHERE mechanism.id = ANY(%(ids)s) AND mechanism.on_since IS NOT NULL
)
SELECT told.pk, 'after' AS period, count(*), {_HOURS},
    count(*) FILTER (WHERE appeal.answered_at <= appeal.due_at)
FROM told JOIN mine ON mine.pk = told.pk JOIN appeals_appeal AS appeal ON appeal.id = mine.appeal_id
WHERE appeal.answered_at IS NOT NULL GROUP BY told.pk
UNION ALL
SELECT told.pk, 'before', count(*), {_HOURS},
    count(*) FILTER (WHERE appeal.answered_at <= appeal.due_at)
FROM told JOIN appeals_appeal AS appeal ON appeal.municipality_id = told.municipality_id
    AND appeal.topic_id = ANY(told.topics)
    AND appeal.received_at >= told.on_since - make_interval(days => %(before)s)
    AND appeal.received_at < told.on_since
WHERE appeal.answered_at IS NOT NULL GROUP BY told.pk
UNION ALL
SELECT told.pk, 'others', count(*), {_HOURS},
    count(*) FILTER (WHERE appeal.answered_at <= appeal.due_at)
FROM told JOIN appeals_appeal AS appeal ON appeal.municipality_id = told.municipality_id
    AND appeal.received_at >= told.on_since AND appeal.received_at < told.off_since
    AND appeal.topic_id IS NOT NULL AND NOT appeal.topic_id = ANY(told.topics)
WHERE appeal.answered_at IS NOT NULL GROUP BY told.pk
"""  # noqa: S608


@dataclass(frozen=True)
class Pace:
    """Answered cases, the median hours from registration to the answer, and how many in time."""

    cases: int = 0
    hours: float | None = None
    in_time: int = 0


@dataclass(frozen=True)
class Gain:
    """`before`: the same topics in half a year before; `others`: other topics meanwhile."""

    after: Pace = Pace()
    before: Pace = Pace()
    others: Pace = Pace()

    @property
    def hours(self) -> float | None:
        """By how many hours the median has fallen against before; negative: it has grown."""
        if self.after.hours is None or self.before.hours is None:
            return None
        return self.before.hours - self.after.hours


def mechanisms_of(municipality_id: int) -> QuerySet[Mechanism]:
    return (
        Mechanism.objects.filter(municipality_id=municipality_id)
        .select_related("owner_block", "executor", "template", "rule")
        .prefetch_related("topics", "blocks", "co_executors")
    )


def mechanism_of(access: Access, pk: int) -> Mechanism:
    """One of the centre's; raises NotFound."""
    found = mechanisms_of(access.municipality_id).filter(pk=pk).first()
    if found is None:
        raise NotFound("Такого механизма нет.", "Вернитесь к списку механизмов.")
    return found


def rounds_of(mechanism: Mechanism) -> list[ApprovalStep]:
    """Every step of every round, oldest first."""
    return list(steps_of(SUBJECT, [mechanism.pk]))


def asked_body(mechanism: Mechanism, steps: Iterable[ApprovalStep] | None = None) -> int | None:
    """The body by which the right to decide the pending step is judged: that of the asked block."""
    known = rounds_of(mechanism) if steps is None else steps
    pending = next((step for step in known if step.state == StepState.PENDING), None)
    if pending is None or pending.order > len(mechanism.asked):
        return None
    members = BlockMember.objects.filter(
        block_id=mechanism.asked[pending.order - 1], body__isnull=False
    )
    led = members.filter(membership=BlockMembership.LEAD).first() or members.first()
    return led.body_id if led else None


def may_decide(access: Access, mechanism: Mechanism, steps: Iterable[ApprovalStep]) -> bool:
    """Whether this person may decide the pending step."""
    pending = next((step for step in steps if step.state == StepState.PENDING), None)
    if pending is None:
        return False
    body_id = asked_body(mechanism, steps)
    return access.allows(Permission(pending.permission), body_id=body_id)


def gains_of(ids: Iterable[int]) -> dict[int, Gain]:
    """What mechanisms have gained, by id; one query. Too small a sample has no median."""
    wanted = list(ids)
    paces: dict[int, dict[str, Pace]] = {pk: {} for pk in wanted}
    if wanted:
        with connection.cursor() as cursor:
            cursor.execute(_GAIN, {"ids": wanted, "before": BEFORE})
            for pk, period, cases, hours, in_time in cursor.fetchall():
                known = float(hours) if cases >= LEAST_SAMPLE else None
                paces[pk][period] = Pace(cases, known, in_time)
    return {pk: Gain(**found) for pk, found in paces.items()}
