"""Counts of cells by block, and of days: two statements whatever the number of cases."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import numpy as np
from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import Count, DateField, F, Func, IntegerField, Min, Q, QuerySet, Value
from django.db.models.functions import TruncMonth

from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.casework.appeals.vocabulary import Channel
from otklik.directory.organisation.rules import Access
from otklik.insight.cuts.queries import facts_of
from otklik.insight.cuts.vocabulary import Counted, Dimension
from otklik.insight.facts.models import QuestionFact
from otklik.insight.growth.rules.blocks import Blocks
from otklik.insight.growth.rules.folding import Cells, Ints

DIMENSIONS = (Dimension.TOPIC, Dimension.SETTLEMENT, Dimension.BODY, Dimension.CHANNEL)
"""The order of the codes of a cell."""
WHOLE = 7
"""A month that begins later than this day is not whole."""
_DAY = timedelta(days=1)
_ONE_TEXT = (
    "SELECT string_agg(concat_ws(' ', coalesce(topic_id, -1), coalesce(settlement_id, -1),"
    " coalesce(body_id, -1), coalesce(array_position(%s::text[], channel::text), -1),"
    " bucket, number), ' ') FROM ({cells}) AS cells"
)
_CHANNELS = [channel.value for channel in Channel]


@dataclass(frozen=True)
class Counts:
    """Cells of the blocks, and the key behind every code: an id, or the name of a channel."""

    cells: Cells
    keys: tuple[tuple[int | str, ...], ...]


def undated(wanted: AppealFilter) -> AppealFilter:
    return replace(wanted, since=None, until=None)


def counts_of(access: Access, wanted: AppealFilter, blocks: Blocks, *, now: datetime) -> Counts:
    """Cases by topic, place, body, channel and block, by day of receipt. One statement."""
    facts = facts_of(access, undated(wanted), Counted.APPEALS, now)
    edges = sorted({day for since, until in blocks.spans for day in (since, until + _DAY)})
    rows = _read(facts.filter(_within(blocks)), edges)
    number = np.full(len(edges) + 1, -1, dtype=np.int64)
    for block, (since, until) in enumerate(blocks.spans):
        for place, edge in enumerate(edges):
            if since <= edge <= until:
                number[place + 1] = block
    at = number[rows[:, 4]]
    rows, at = rows[at >= 0], at[at >= 0]
    codes, keys = [], []
    for column in range(4):
        unique, inverse = np.unique(rows[:, column], return_inverse=True)
        absent = int((unique < 0).sum())
        codes.append(inverse - absent)
        keys.append(tuple(_key(column, int(one)) for one in unique[absent:]))
    cells = Cells(np.stack(codes, axis=1), at, rows[:, 5], len(blocks.spans))
    return Counts(cells, tuple(keys))


def daily(
    access: Access, wanted: AppealFilter, since: date, until: date, *, now: datetime
) -> dict[date, int]:
    """Cases by day of receipt; days without any are left out."""
    facts = facts_of(access, undated(wanted), Counted.APPEALS, now)
    facts = facts.filter(received_on__gte=since, received_on__lte=until)
    return dict(facts.order_by().values_list("received_on").annotate(number=Count("pk")))


def months_of(
    access: Access, wanted: AppealFilter, until: date, *, now: datetime
) -> list[tuple[date, int]]:
    """Cases of the month of `until` so far and of the twelve before it, from the first whole one.

    One statement over a year of cases: read apart from the report, so that it does not wait.
    """
    first = until.replace(day=1).replace(year=until.year - 1)
    facts = facts_of(access, undated(wanted), Counted.APPEALS, now)
    rows = (
        facts.filter(received_on__gte=first, received_on__lte=until)
        .order_by()
        .values_list(TruncMonth("received_on"))
        .annotate(number=Count("pk"), begins=Min("received_on"))
    )
    found = sorted(rows)
    if found and found[0][2].day > WHOLE:
        # The records began within this month.
        found = found[1:]
    return [(month, number) for month, number, _ in found]


def _within(blocks: Blocks) -> Q:
    """The days of all blocks as few ranges."""
    ranges: list[list[date]] = []
    for since, until in sorted(blocks.spans):
        if ranges and since <= ranges[-1][1] + 7 * _DAY:
            ranges[-1][1] = max(until, ranges[-1][1])
        else:
            ranges.append([since, until])
    found = Q()
    for since, until in ranges:
        found |= Q(received_on__gte=since, received_on__lte=until)
    return found


def _read(facts: QuerySet[QuestionFact], edges: list[date]) -> Ints:
    """Rows (topic, place, body, channel, bucket, number): one text, so that a hundred thousand of
    them cost no Python object each."""
    bucket: Func = Func(
        F("received_on"),
        Value(edges, output_field=ArrayField(DateField())),
        function="width_bucket",
        output_field=IntegerField(),
    )
    grouped = (
        facts.order_by()
        .values("topic_id", "settlement_id", "body_id", "channel", bucket=bucket)
        .annotate(number=Count("pk"))
    )
    sql, params = grouped.query.sql_with_params()
    # The statement within is compiled by Django, its values are parameters.
    told = _ONE_TEXT.replace("{cells}", sql)
    with connection.cursor() as cursor:
        cursor.execute(told, [_CHANNELS, *params])
        text = cursor.fetchone()[0] or ""
    return np.fromstring(text, dtype=np.int64, sep=" ").reshape(-1, 6)


def _key(column: int, code: int) -> int | str:
    return _CHANNELS[code - 1] if column == 3 else code
