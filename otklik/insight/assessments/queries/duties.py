"""Main topics by the duties of recipients: what each of them is sent (pereslavl:1.1.3.g)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q

from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.casework.routing.models import RoutingRule
from otklik.directory.organisation.models import Block, Body
from otklik.directory.organisation.rules import Access
from otklik.insight.cuts.queries import facts_of, labels_of, overdue
from otklik.insight.cuts.rules import preceding
from otklik.insight.cuts.vocabulary import Counted, Dimension

TOPICS, PLACES = 12, 3
NO_GROUP = "Прочее"
Row = dict[str, Any]


def duties_content(
    access: Access, since: date, until: date, *, now: datetime
) -> tuple[dict[str, Any], dict[int, dict[str, Any]]]:
    """The whole in short, and for each body its duties and the topics that came to it."""
    rival = preceding(since, until)
    rows = _counted(access, since, until, rival, now)
    by_body: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        by_body[row["body_id"]].append(row)
    duties = _duties(access.municipality_id, list(by_body))
    topics = labels_of(Dimension.TOPIC, {row["topic_id"] for row in rows})
    places = labels_of(Dimension.SETTLEMENT, {row["settlement_id"] for row in rows})
    names = {body.pk: str(body) for body in Body.objects.filter(pk__in=list(by_body))}
    parts = {
        body: {"duties": duties.get(body, []), **_part(found, topics, places)}
        for body, found in by_body.items()
        if any(row["received"] for row in found)
    }
    content = {
        "rival": [rival[0].isoformat(), rival[1].isoformat()],
        "rows": [
            {"body": body, "label": names[body], **_sums(by_body[body])}
            for body in sorted(parts, key=lambda one: (-_sums(by_body[one])["received"], one))
        ],
    }
    return content, parts


def _counted(
    access: Access, since: date, until: date, rival: tuple[date, date], now: datetime
) -> list[Row]:
    """Questions given to bodies, of the period and of the one before. One statement."""
    facts = facts_of(access, AppealFilter(since=rival[0], until=until), Counted.QUESTIONS, now)
    fresh = Q(received_on__gte=since)
    rows: Any = (
        facts.filter(body_id__isnull=False)
        .order_by()
        .values("body_id", "topic_id", "topic_group", "settlement_id")
        .annotate(
            received=Count("pk", filter=fresh),
            before=Count("pk", filter=Q(received_on__lte=rival[1])),
            answered=Count("pk", filter=fresh & Q(status="answered")),
            overdue=Count("pk", filter=fresh & overdue(now)),
            low=Count("pk", filter=fresh & Q(score__lte=2)),
        )
    )
    return list(rows)


def _sums(rows: list[Row]) -> dict[str, int]:
    names = ("received", "before", "answered", "overdue", "low")
    return {name: sum(row[name] for row in rows) for name in names}


def _part(rows: list[Row], topics: Any, places: Any) -> dict[str, Any]:
    """Topics of one body by group, the largest first, each with its main places."""
    by_topic: dict[tuple[str, Any], list[Row]] = defaultdict(list)
    for row in rows:
        by_topic[row["topic_group"] or NO_GROUP, row["topic_id"]].append(row)
    found = [
        {
            "group": group,
            "topic": topic,
            "label": topics[topic],
            **_sums(own),
            "where": [
                {"label": places[row["settlement_id"]], "count": row["received"]}
                for row in sorted(own, key=lambda one: -one["received"])[:PLACES]
                if row["received"] and row["settlement_id"] is not None
            ],
        }
        for (group, topic), own in by_topic.items()
    ]
    found = [row for row in found if row["received"]]
    found.sort(key=lambda row: (-row["received"], row["label"]))
    return {"topics": found[:TOPICS], "total": _sums(rows)}


def _duties(municipality_id: int, bodies: list[int]) -> dict[int, list[str]]:
    """Directions of the body's sector blocks, and topics that rules give it."""
    found: dict[int, list[str]] = defaultdict(list)
    members = Block.objects.filter(municipality_id=municipality_id, bodies__in=bodies)
    for body, name, directions in members.values_list("bodies", "name", "directions").distinct():
        if body in bodies:
            found[body] += [str(one) for one in directions] or [name]
    rules = RoutingRule.objects.filter(municipality_id=municipality_id, body_id__in=bodies)
    for body, topic, group in rules.values_list("body_id", "topic__name", "topic_group"):
        if topic or group:
            found[body].append(topic or group)
    return {body: list(dict.fromkeys(duties)) for body, duties in found.items()}
