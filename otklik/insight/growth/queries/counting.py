"""Counts of cells by block, and of days: a few statements whatever the number of cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import numpy as np
from django.db.models import Count, Min
from django.db.models.functions import TruncMonth

from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.casework.appeals.vocabulary import Channel
from otklik.directory.organisation.rules import Access
from otklik.insight.cuts.queries import facts_of
from otklik.insight.cuts.queries.packs import packs_of
from otklik.insight.cuts.vocabulary import Counted, Dimension
from otklik.insight.facts.rules.packs import Pack, day_number
from otklik.insight.growth.rules.blocks import Blocks
from otklik.insight.growth.rules.folding import SMALL, Cells, Ints

DIMENSIONS = (Dimension.TOPIC, Dimension.SETTLEMENT, Dimension.BODY, Dimension.CHANNEL)
"""The order of the codes of a cell."""
WHOLE = 7
"""A month that begins later than this day is not whole."""
_IDS = ("topic_id", "settlement_id", "body_id")
_COLUMNS = {*_IDS, "channel", "received_on"}
_CHANNELS = [channel.value for channel in Channel]
_SPARSE = 1_000_000
"""Ids beyond this number are put in order by sorting, not by a table."""


@dataclass(frozen=True)
class Counts:
    """Cells of the blocks, and the key behind every code: an id, or the name of a channel.

    `days` are cases by day of receipt; days without any are left out.
    """

    cells: Cells
    keys: tuple[tuple[int | str, ...], ...]
    days: Mapping[date, int]


def undated(wanted: AppealFilter) -> AppealFilter:
    return replace(wanted, since=None, until=None)


def counts_of(
    access: Access, wanted: AppealFilter, blocks: Blocks, *, earliest: date, now: datetime
) -> Counts:
    """Cases by topic, place, body, channel and block; by day from the earliest one.

    By day of receipt. At most two statements.
    """
    since = min(earliest, *(first for first, _ in blocks.spans))
    until = max(last for _, last in blocks.spans)
    number = _numbers(blocks, since, until)
    a_day = np.zeros(len(number), dtype=np.int64)
    at: list[Ints] = []
    read: list[list[Ints]] = [[] for _ in DIMENSIONS]
    whole = replace(wanted, since=since, until=until)
    for pack in packs_of(access, whole, Counted.APPEALS, now, _COLUMNS):
        days = pack["received_on"] - day_number(since)
        a_day += np.bincount(days, minlength=len(a_day))
        kept = np.flatnonzero(number[days] >= 0)
        at.append(number[days[kept]])
        for place, values in enumerate([*(pack[name] for name in _IDS), _channels(pack)]):
            read[place].append(values[kept])
    placed = _joined(at)
    coded = [_coded(_joined(one)) for one in read]
    keys = [[int(key) for key in keys] for _, keys in coded]
    return Counts(
        Cells(
            np.stack([codes for codes, _ in coded], axis=1),
            placed,
            np.ones_like(placed),
            len(blocks.spans),
        ),
        (*map(tuple, keys[:3]), tuple(_CHANNELS[key] for key in keys[3])),
        {
            day: count
            for n, count in enumerate(a_day.tolist())
            if count and (day := since + timedelta(days=n)) >= earliest
        },
    )


def _numbers(blocks: Blocks, since: date, until: date) -> Ints:
    """The block of every day from the first one, -1 between blocks."""
    found = np.full((until - since).days + 1, -1, dtype=SMALL)
    for block, (first, last) in enumerate(blocks.spans):
        found[(first - since).days : (last - since).days + 1] = block
    return found


def _channels(pack: Pack) -> Ints:
    """Numbers of channels in the order of the vocabulary, -1 for any other word."""
    known = [_CHANNELS.index(word) if word in _CHANNELS else -1 for word in pack.words["channel"]]
    return np.array([-1, *known], dtype=SMALL)[pack["channel"]]


def _coded(values: Ints) -> tuple[Ints, Ints]:
    """Numbers from 0 in the order of the values, -1 for what is not set; the values."""
    top = int(values.max(initial=-1))
    if top > _SPARSE:
        unique, inverse = np.unique(values, return_inverse=True)
        absent = int((unique < 0).sum())
        return (inverse - absent).astype(SMALL), unique[absent:]
    seen = np.zeros(top + 2, dtype=np.bool_)
    seen[values + 1] = True
    keys = np.flatnonzero(seen[1:])
    numbers = np.full(top + 2, -1, dtype=SMALL)
    numbers[keys + 1] = np.arange(len(keys), dtype=SMALL)
    return numbers[values + 1], keys


def _joined(parts: Sequence[Ints]) -> Ints:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=SMALL)


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
