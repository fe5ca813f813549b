"""What a rule would have done over the last months, on the cases as they are now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from otklik.casework.appeals.models import Appeal
from otklik.casework.automation.queries.candidates import candidates
from otklik.casework.automation.rules import (
    CaseFacts,
    Group,
    Shape,
    Topics,
    Why,
    facts_in,
    match,
)
from otklik.casework.automation.rules.conditions import TEXTUAL
from otklik.casework.automation.vocabulary import Fact
from otklik.directory.organisation.models import Municipality
from otklik.directory.territory.models import Settlement
from otklik.directory.topics.models import Topic

SHOWN = 100
CHUNK = 5000
RULE_LABELS = ("Автоправило%", "Правило назначения%")
"""By whom an assignment was made when no person made it."""
_REASSIGNED = """
SELECT DISTINCT question.appeal_id
FROM appeals_assignment AS taken
JOIN appeals_question AS question ON question.id = taken.question_id
JOIN appeals_assignment AS given ON given.question_id = taken.question_id
    AND given.role = 'main' AND given.id > taken.id
WHERE question.appeal_id = ANY(%s) AND taken.role = 'main' AND taken.withdrawn_at IS NOT NULL
    AND NOT given.assigned_by LIKE ANY(%s)
"""


@dataclass(frozen=True)
class Touched:
    """A case that the rule would have touched; `taken_by`: by an earlier rule that stops."""

    appeal_id: int
    why: tuple[Why, ...]
    taken_by: str = ""


@dataclass(frozen=True)
class DryRun:
    """`elsewhere`: cases that in the end another body works on than the rule would name;
    `taken_by`: how many an earlier rule with «дальше не применять» would have kept for itself."""

    since: datetime
    until: datetime
    total: int
    touched: tuple[int, ...]
    reassigned: frozenset[int]
    elsewhere: int | None
    taken_by: Mapping[str, int] = field(default_factory=dict)
    shown: tuple[Touched, ...] = ()

    @property
    def share(self) -> float:
        return len(self.touched) / self.total if self.total else 0.0


@dataclass(frozen=True)
class _Reader:
    """Rows of cases as facts. Only the columns that the conditions look at are read."""

    topics: Topics
    zone: ZoneInfo
    groups: Mapping[int, str]
    territories: Mapping[int, int | None]
    columns: tuple[str, ...]

    def facts(self, row: Sequence[Any]) -> CaseFacts:
        given = dict(zip(self.columns, row, strict=True))
        topic, settlement = given["topic_id"], given["settlement_id"]
        return CaseFacts(
            channel=given["channel"],
            author=given.get("applicant__kind", ""),
            at=given["received_at"].astimezone(self.zone),
            topic_ids=self.topics.lineage.get(topic, frozenset()),
            group=self.groups.get(topic, ""),
            settlement_id=settlement,
            street_id=given["street_id"],
            territory_id=self.territories.get(settlement),
            body_id=given["executor_body_id"],
            text=given.get("text", ""),
        )


def dry_run(
    *,
    municipality: Municipality,
    condition: Group,
    topics: Topics,
    since: datetime,
    until: datetime,
    body_id: int | None = None,
    earlier: Sequence[Shape] = (),
) -> DryRun:
    """Match the condition with the cases received in the period, newest first.

    `body_id` is the executor that the rule would name; `earlier` the rules before it that stop
    the others. At most eight queries, whatever the number of cases.
    """
    everything = candidates(municipality.pk, condition, topics, since=since, until=until)
    reader = _reader(municipality, topics, [condition, *(one.condition for one in earlier)])
    touched: list[int] = []
    shown: list[Touched] = []
    taken: Counter[str] = Counter()
    rows = everything.order_by("-received_at", "-pk").values_list("pk", *reader.columns)
    for pk, case in _cases(rows.iterator(chunk_size=CHUNK), reader):
        found = match(condition, case)
        if not found:
            continue
        before = next((one.name for one in earlier if match(one.condition, case)), "")
        taken.update([before] if before else [])
        touched.append(pk)
        if len(shown) < SHOWN:
            shown.append(Touched(pk, found.why, before))
    period = Appeal.objects.filter(
        municipality=municipality, received_at__gte=since, received_at__lt=until
    )
    return DryRun(
        since=since,
        until=until,
        total=period.count(),
        touched=tuple(touched),
        reassigned=_reassigned(touched),
        elsewhere=_elsewhere(touched, body_id),
        taken_by=dict(taken),
        shown=tuple(shown),
    )


def _cases(rows: Iterator[Any], reader: _Reader) -> Iterator[tuple[int, CaseFacts]]:
    for row in rows:
        yield row[0], reader.facts(row[1:])


def _reader(municipality: Municipality, topics: Topics, conditions: Sequence[Group]) -> _Reader:
    facts = {fact for condition in conditions for fact in facts_in(condition)}
    columns = ["channel", "received_at", "topic_id", "settlement_id", "street_id",
               "executor_body_id"]  # fmt: skip
    if Fact.AUTHOR in facts:
        columns.append("applicant__kind")
    if facts & TEXTUAL:
        columns.append("text")
    places = Settlement.objects.filter(municipality=municipality)
    return _Reader(
        topics=topics,
        zone=municipality.tz,
        groups=dict(Topic.objects.values_list("pk", "group")) if Fact.GROUP in facts else {},
        territories=dict(places.values_list("pk", "territorial_body_id")),
        columns=tuple(columns),
    )


def _reassigned(touched: Sequence[int]) -> frozenset[int]:
    if not touched:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(_REASSIGNED, [list(touched), list(RULE_LABELS)])
        return frozenset(pk for (pk,) in cursor.fetchall())


def _elsewhere(touched: Sequence[int], body_id: int | None) -> int | None:
    if body_id is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM appeals_appeal WHERE id = ANY(%s) AND executor_body_id <> %s",
            [list(touched), body_id],
        )
        (number,) = cursor.fetchone()
        return int(number)
