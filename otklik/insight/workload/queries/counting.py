"""Pieces of work by body and person: three groupings, whatever the number of bodies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from otklik.directory.organisation.rules import Access
from otklik.directory.topics.models import Topic
from otklik.insight.workload.queries.reach import answers, assignments, waiting
from otklik.insight.workload.rules.level import Load
from otklik.insight.workload.rules.norms import NormBook

Holder = tuple[int, int | None]
"""Body and person; without a person the part was given to the body as a whole."""


@dataclass
class Tally:
    """Loads by who holds the work, and hours given by group of topics of each body."""

    weeks: int
    loads: dict[Holder, Load] = field(default_factory=dict)
    groups: dict[int, dict[str, tuple[int, float]]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    def add(self, holder: Holder, **more: Any) -> None:
        known = self.loads.get(holder, Load(weeks=self.weeks))
        self.loads[holder] = replace(
            known, **{name: getattr(known, name) + value for name, value in more.items()}
        )

    def add_group(self, body: int, group: str, count: int, hours: float) -> None:
        before = self.groups[body].get(group, (0, 0.0))
        self.groups[body][group] = (before[0] + count, before[1] + hours)


def tally(
    access: Access, since: date, until: date, *, weeks: int, now: datetime, book: NormBook
) -> Tally:
    """What was given and answered from `since` to `until`, and what waits now: four queries."""
    found = Tally(weeks)
    given = list(
        assignments(access)
        .filter(assigned_on__range=(since, until), withdrawn_at__isnull=True)
        .order_by()
        .values_list("body_id", "account_id", "role", "topic_id")
        .annotate(count=Count("pk"))
    )
    open_now = list(
        waiting(access)
        .order_by()
        .annotate(topic=Coalesce("question__topic_id", "question__appeal__topic_id"))
        .values_list("body_id", "account_id", "role", "topic")
        .annotate(
            count=Count("pk"),
            late=Count(
                "pk", filter=Q(due_at__lt=now) | Q(due_at=None, question__appeal__due_at__lt=now)
            ),
        )
    )
    groups = groups_of({row[3] for row in [*given, *open_now]})
    for body, account, role, topic, count in given:
        hours = count * book.hours(topic, groups.get(topic, ""), role)
        found.add((body, account), given=count, effort=hours)
        found.add_group(body, groups.get(topic, "Без темы"), count, hours)
    for body, account, role, topic, count, late in open_now:
        hours = count * book.hours(topic, groups.get(topic, ""), role)
        found.add((body, account), waiting=count, overdue=late, queue=hours)
    for body, account, count in _answered(access, since, until):
        found.add((body, account), done=count)
    return found


def _answered(access: Access, since: date, until: date) -> Iterable[tuple[int, int | None, int]]:
    return (
        answers(access)
        .filter(answered_on__range=(since, until), body_id__isnull=False)
        .order_by()
        .values_list("body_id", "account_id")
        .annotate(count=Count("pk"))
    )


def groups_of(topics: set[int | None]) -> Mapping[int | None, str]:
    """The group of every topic: one query."""
    rows = Topic.objects.filter(pk__in={topic for topic in topics if topic is not None})
    return {pk: group or "Без группы" for pk, group in rows.values_list("pk", "group")}
