"""Numbers of the board: what is in work now, how it flows, what grows, where it may go wrong.

Everything is counted within the reach of the right to analysis (pereslavl:1.4), in a fixed number
of statements.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Avg, Count, F, Q, QuerySet

from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import OPEN_STATUSES
from otklik.casework.deadlines.queries import bounds_of, within
from otklik.casework.deadlines.vocabulary import Urgency
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.queries import reached
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.directory.topics.models import Topic
from otklik.insight.cuts.rules.growth import Change
from otklik.insight.facts.models import QuestionFact
from otklik.insight.facts.queries import visible_scores, visible_to

WEEK, MONTH = 7, 28
FEWEST = 5
"""A mean or a share of fewer is not told."""

NAMED = 6


@dataclass(frozen=True)
class Now:
    """Open cases by how near their term is, and those given to nobody.

    `today` counts the whole day, with what became late on it.
    """

    open: int
    overdue: int
    today: int
    week: int
    unassigned: int


@dataclass(frozen=True)
class Flow:
    """Cases by day over four weeks, the last seven days beside the seven before."""

    days: Sequence[tuple[date, int, int]]
    received: Change
    answered: Change
    late: int

    @property
    def in_time(self) -> float | None:
        """Share of the answers of seven days that were in time."""
        return 1 - self.late / self.answered.now if self.answered.now >= FEWEST else None


def open_cases(access: Access) -> QuerySet[Appeal]:
    found = Appeal.objects.filter(
        municipality_id=access.municipality_id,
        status__in=[str(status) for status in OPEN_STATUSES],
    )
    return found.filter(reached(access, Permission.ANALYTICS))


def current(access: Access, now: datetime, zone: ZoneInfo) -> Now:
    bounds = bounds_of(now, zone)
    day = Q(due_at__gte=bounds.today - timedelta(days=1), due_at__lt=bounds.today)
    counts = open_cases(access).aggregate(
        open=Count("pk"),
        overdue=Count("pk", filter=within(Urgency.OVERDUE, bounds)),
        today=Count("pk", filter=day),
        week=Count("pk", filter=within(Urgency.WEEK, bounds)),
        unassigned=Count("pk", filter=Q(executor_body__isnull=True)),
    )
    return Now(**counts)


def flow(access: Access, today: date) -> Flow:
    """Two statements."""
    since = today - timedelta(days=MONTH - 1)
    came, went = (
        _by_day(access, "received_on", since, today),
        _by_day(access, "answered_on", since, today),
    )
    days = [since + timedelta(days=n) for n in range(MONTH)]
    return Flow(
        days=[(day, came.get(day, (0, 0))[0], went.get(day, (0, 0))[0]) for day in days],
        received=_change(came, days),
        answered=_change(went, days),
        late=sum(went.get(day, (0, 0))[1] for day in days[-WEEK:]),
    )


def _by_day(access: Access, column: str, since: date, today: date) -> dict[date, tuple[int, int]]:
    """Cases of each day, and those of them answered late."""
    rows = (
        _cases(access)
        .filter(**{f"{column}__range": (since, today)})
        .order_by()
        .values_list(column)
        .annotate(count=Count("pk"), late=Count("pk", filter=Q(answered_at__gt=F("due_at"))))
    )
    return {day: (count, late) for day, count, late in rows}


def _cases(access: Access) -> QuerySet[QuestionFact]:
    """One row a case."""
    return visible_to(access).filter(is_first=True)


def _change(found: Mapping[date, tuple[int, int]], days: Sequence[date]) -> Change:
    def over(some: Sequence[date]) -> int:
        return sum(found.get(day, (0, 0))[0] for day in some)

    return Change(now=over(days[-WEEK:]), before=over(days[-2 * WEEK : -WEEK]))


def score(access: Access, today: date) -> tuple[float | None, int]:
    """The mean score of thirty days and how many it is of; None of too few."""
    found = (
        visible_scores(access)
        .filter(given_on__range=(today - timedelta(days=29), today))
        .aggregate(mean=Avg("score"), count=Count("pk"))
    )
    count = int(found["count"])
    return (float(found["mean"]) if count >= FEWEST else None), count


def grown_topics(access: Access, today: date) -> list[tuple[int, str, Change]]:
    """Topics that grew by more than chance in seven days, the surest first: two statements."""
    middle, since = today - timedelta(days=WEEK - 1), today - timedelta(days=2 * WEEK - 1)
    rows = (
        _cases(access)
        .filter(received_on__range=(since, today), topic_id__isnull=False)
        .order_by()
        .values_list("topic_id")
        .annotate(
            now=Count("pk", filter=Q(received_on__gte=middle)),
            before=Count("pk", filter=Q(received_on__lt=middle)),
        )
    )
    changes = {topic: Change(now=now, before=before) for topic, now, before in rows}
    marked = sorted(
        (topic for topic, change in changes.items() if change.marked),
        key=lambda topic: -changes[topic].deviations,
    )[:NAMED]
    names = dict(Topic.objects.filter(pk__in=marked).values_list("pk", "name"))
    return [(topic, names.get(topic, ""), changes[topic]) for topic in marked]


def late_bodies(access: Access, now: datetime) -> list[tuple[int, str, int]]:
    """Executors with the most overdue cases: two statements."""
    rows = list(
        open_cases(access)
        .filter(due_at__lt=now, executor_body__isnull=False)
        .order_by()
        .values_list("executor_body_id")
        .annotate(count=Count("pk"))
        .order_by("-count", "executor_body_id")[:NAMED]
    )
    names: dict[Any, str] = {
        body.pk: str(body) for body in Body.objects.filter(pk__in=[row[0] for row in rows])
    }
    return [(body, names.get(body, ""), count) for body, count in rows]
