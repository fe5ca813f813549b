"""Cuts over the facts, by the query that pages and documents stand on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bench.house import LAST_DAY

BOUND = 500
Work = tuple[str, Callable[[], object], float]


def cuts() -> list[Work]:
    from otklik.base import clock
    from otklik.base.actor import Actor
    from otklik.casework.appeals.models import Appeal
    from otklik.casework.appeals.rules.filters import AppealFilter
    from otklik.directory.organisation.rules import Access, Reach
    from otklik.directory.organisation.vocabulary import Permission
    from otklik.insight.cuts.queries import cut
    from otklik.insight.cuts.rules import Request
    from otklik.insight.cuts.vocabulary import Dimension, Measure

    some = Appeal.objects.filter(executor_body__isnull=False).order_by("-pk")[0]
    place = some.municipality_id
    whole = Access.system(place)
    narrow = Access(
        actor=Actor(kind="person", label="Руководитель"),
        municipality_id=place,
        grants={
            str(right): Reach(body_ids=frozenset([some.executor_body_id or 0]))
            for right in (Permission.VIEW_APPEALS, Permission.ANALYTICS)
        },
    )
    year = AppealFilter(since=LAST_DAY - timedelta(days=364), until=LAST_DAY)
    five = AppealFilter(since=LAST_DAY - timedelta(days=5 * 365), until=LAST_DAY)

    def of(access: Access, request: Request) -> Callable[[], object]:
        return lambda: cut(access, request, now=clock.now())

    asked: list[tuple[str, Access, Request]] = [
        ("год, темы", whole, Request(rows=Dimension.TOPIC, filter=year)),
        ("год, органы × каналы", whole,
         Request(rows=Dimension.BODY, columns=Dimension.CHANNEL, filter=year)),
        ("год, темы × органы, один показатель", whole,
         Request(rows=Dimension.TOPIC, columns=Dimension.BODY, filter=year,
                 only=Measure.RECEIVED)),
        ("5 лет, темы", whole, Request(rows=Dimension.TOPIC, filter=five)),
        ("5 лет, месяцы × каналы", whole,
         Request(rows=Dimension.MONTH, columns=Dimension.CHANNEL, filter=five)),
        ("5 лет, места × темы, один показатель", whole,
         Request(rows=Dimension.SETTLEMENT, columns=Dimension.TOPIC_GROUP, filter=five,
                 only=Measure.OVERDUE)),
        ("5 лет, органы, один показатель", whole,
         Request(rows=Dimension.BODY, filter=five, only=Measure.AVERAGE_DAYS)),
        ("5 лет, темы, один орган в правах", narrow, Request(rows=Dimension.TOPIC, filter=five)),
    ]  # fmt: skip
    return [(f"Разрез: {name}", of(access, request), BOUND) for name, access, request in asked]
