"""Questions by column: months that are kept packed, and any rows packed on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, cast

import psycopg
from django.db import connection
from django.db.models import Q, QuerySet
from psycopg.pq import Format

from otklik.insight.facts.models import QuestionFact
from otklik.insight.facts.rules.packs import Pack, day_number, unpacked
from otklik.insight.facts.sql.strips import EDITION, MONTHS, STRIPS, columns_for, packing

EARLIEST, LATEST = date(1, 1, 1), date(9999, 12, 1)

OPEN_DUE = "open_due"
"""The term of what is open: read as `due_at`, but only in months that have something open."""


def months(
    municipality_id: int,
    names: Iterable[str],
    *,
    since: date | None,
    until: date | None,
    edges: Iterable[date] = (),
) -> Iterator[Pack]:
    """All questions of the months that hold these days, whoever asks: at most two statements.

    Every month is read once, from its strips or from its rows, so that a change in between shows
    whole or not at all. Days of receipt, unless named, are read where the period or one of `edges`
    cuts a month; elsewhere the pack tells its days.
    """
    asked = list(dict.fromkeys(names))
    wanted = _columns([*asked, "received_on"])
    days, terms = "received_on" in asked, "due_at" in asked
    cut = {day.replace(day=1) for day in (since, until, *edges) if day is not None}
    given = {
        "place": municipality_id,
        "names": wanted,
        "edition": EDITION,
        "since": (since or EARLIEST).replace(day=1),
        "until": until or LATEST,
        "days": days,
        "edges": sorted(cut),
        "terms": terms,
    }
    stale: list[date] = []
    for month, strips in groupby(_run(MONTHS, given), key=itemgetter(0)):
        told = list(strips)
        settled = told[0][2] and not terms
        here = [name for name in wanted if not (settled and name == "due_at")]
        here = [name for name in here if days or month in cut or name != "received_on"]
        if told[0][1] or len(told) < len(here):
            stale.append(month)
        else:
            parts = {name: (data, words) for _, _, _, name, data, words in told}
            yield _pack(parts, here, days=(day_number(month), day_number(_after(month)) - 1))
    if stale:
        found = QuestionFact.objects.filter(_in_months(stale), municipality_id=municipality_id)
        yield rows(found, wanted)


def rows(found: QuerySet[QuestionFact], names: Iterable[str]) -> Pack:
    """These questions, packed on the way: one statement."""
    wanted = _columns(names)
    columns = columns_for(wanted)
    query = found.order_by().values(*(columns or ["pk"])).query
    # The statement within is compiled by Django, its values are parameters.
    inner, parameters = query.sql_with_params()
    (told,) = _run(packing(inner, wanted), parameters)
    spoken = [name for name in wanted if STRIPS[name].words]
    words = dict(zip(spoken, told[1 + len(wanted) :], strict=True))
    data = dict(zip(wanted, told[1 : 1 + len(wanted)], strict=True))
    return _pack({name: (data[name], words.get(name)) for name in wanted}, wanted, told[0])


def _run(text: str, parameters: Any) -> Iterator[Any]:
    """Rows, one at a time. Values come as the bytes they are, not written out as text.

    Parameters are put in by the client, as everywhere; only the answer is binary.
    """
    connection.ensure_connection()
    driver = connection.connection
    with psycopg.Cursor(driver) as raw, psycopg.ClientCursor(driver) as writing:
        raw.format = Format.BINARY
        wrap = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
        with wrap(cast(Any, raw)) as cursor:
            cursor.execute(writing.mogrify(text, parameters))
            while (row := cursor.fetchone()) is not None:
                yield row


def _columns(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys("due_at" if name == OPEN_DUE else name for name in names))


def _pack(
    told: dict[str, Any],
    wanted: Sequence[str],
    size: int | None = None,
    days: tuple[int, int] | None = None,
) -> Pack:
    columns = {name: unpacked(told[name][0], STRIPS[name].dtype) for name in wanted}
    words = {name: tuple(told[name][1] or ()) for name in wanted if STRIPS[name].words}
    return Pack(len(columns[wanted[0]]) if size is None else size, columns, words, days)


def _in_months(stale: Sequence[date]) -> Q:
    """Days of these months as few ranges."""
    ranges: list[list[date]] = []
    for month in stale:
        if ranges and ranges[-1][1] == month:
            ranges[-1][1] = _after(month)
        else:
            ranges.append([month, _after(month)])
    found = Q()
    for first, end in ranges:
        found |= Q(received_on__gte=first, received_on__lt=end)
    return found


def _after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
