"""Pieces of work by body and person: three groupings, whatever the number of bodies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
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


@dataclass(frozen=True)
class Tally:
    """Loads by who holds the work, and hours given by group of topics of each body."""

    loads: Mapping[Holder, Load]
    groups: Mapping[int, Mapping[str, tuple[int, float]]]


class _Sums:
    """Numbers by name are added up first: there are many rows and few holders."""

    def __init__(self) -> None:
        self._loads: dict[Holder, dict[str, Any]] = defaultdict(dict)
        self._groups: dict[int, dict[str, tuple[int, float]]] = defaultdict(dict)

    def add(self, holder: Holder, **more: float) -> None:
        sums = self._loads[holder]
        for name, value in more.items():
            sums[name] = sums.get(name, 0) + value

    def add_group(self, body: int, group: str, count: int, hours: float) -> None:
        known, spent = self._groups[body].get(group, (0, 0.0))
        self._groups[body][group] = (known + count, spent + hours)

    def told(self, weeks: int) -> Tally:
        loads = {holder: Load(weeks=weeks, **sums) for holder, sums in self._loads.items()}
        return Tally(loads, self._groups)


def tally(
    access: Access, since: date, until: date, *, weeks: int, now: datetime, book: NormBook
) -> Tally:
    """What was given and answered from `since` to `until`, and what waits now: four queries."""
    found = _Sums()
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

    @cache
    def hours_of(topic: int | None, role: str) -> float:
        return book.hours(topic, groups.get(topic, ""), role)

    for body, account, role, topic, count in given:
        hours = count * hours_of(topic, role)
        found.add((body, account), given=count, effort=hours)
        found.add_group(body, groups.get(topic, "Без темы"), count, hours)
    for body, account, role, topic, count, late in open_now:
        hours = count * hours_of(topic, role)
        found.add((body, account), waiting=count, overdue=late, queue=hours)
    for body, account, count in _answered(access, since, until):
        found.add((body, account), done=count)
    return found.told(weeks)


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
