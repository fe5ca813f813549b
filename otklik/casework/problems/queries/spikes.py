"""Days that stand out, by topic and settlement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate

from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.queries import start_of
from otklik.casework.problems.models import Spike
from otklik.casework.problems.rules import WEEKS, is_spike, usual_level
from otklik.casework.problems.rules.spikes import LEAST
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission

SHOWN_DAYS = 7


@dataclass(frozen=True)
class Found:
    topic_id: int
    settlement_id: int
    count: int
    usual: float


def stand_out(centre: Municipality, day: date) -> list[Found]:
    """What a local day has brought more of than that weekday does. Two queries, the second one
    only over the topics and settlements that have cases enough today."""
    cases = Appeal.objects.filter(
        municipality=centre, topic__isnull=False, settlement__isnull=False
    )
    pairs = cases.filter(_day(day, centre)).order_by().values_list("topic_id", "settlement_id")
    today = {
        (topic, settlement): count
        for topic, settlement, count in pairs.annotate(number=Count("pk")).filter(number__gte=LEAST)
        if topic and settlement
    }
    if not today:
        return []
    days = [day - timedelta(weeks=week) for week in range(1, WEEKS + 1)]
    then = Q()
    for one in days:
        then |= _day(one, centre)
    earlier = (
        cases.filter(
            then,
            topic_id__in={topic for topic, _ in today},
            settlement_id__in={settlement for _, settlement in today},
        )
        .order_by()
        .values_list("topic_id", "settlement_id", TruncDate("received_at", tzinfo=centre.tz))
        .annotate(number=Count("pk"))
    )
    history: dict[tuple[int | None, int | None], dict[date, int]] = {}
    for topic, settlement, at, number in earlier:
        history.setdefault((topic, settlement), {})[at] = number
    found = []
    for pair, count in today.items():
        levels = [history.get(pair, {}).get(one, 0) for one in days]
        if is_spike(count, levels):
            found.append(Found(*pair, count, usual_level(levels)))
    return found


def spikes_of(
    access: Access, *, on: date, limit: int = 10, since: date | None = None
) -> QuerySet[Spike]:
    """Spikes since a day, or of the last days, the newest and greatest first; they count cases of
    every body and channel, so only for one who sees all of these."""
    if not access.reach(Permission.VIEW_APPEALS).everywhere:
        return Spike.objects.none()
    since = since or on - timedelta(days=SHOWN_DAYS - 1)
    rows = Spike.objects.filter(municipality_id=access.municipality_id, day__gte=since, day__lte=on)
    return rows.select_related("topic", "settlement")[:limit]


def _day(day: date, centre: Municipality) -> Q:
    begin, end = start_of(day, centre.tz), start_of(day + timedelta(days=1), centre.tz)
    return Q(received_at__gte=begin, received_at__lt=end)
