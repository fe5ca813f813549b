"""Keeping the facts equal to the cases."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Q

from otklik.casework.appeals.vocabulary import OPEN_STATUSES
from otklik.insight.facts import sql
from otklik.insight.facts.models import FactMonth, FactStrip, Touch
from otklik.insight.facts.sql.strips import EDITION, SETTLED, fold
from otklik.insight.facts.sql.table import ANALYZE_FRESH, DROP_FRESH, Table

FEW = 100
"""Cases that are locked one by one; more of them lock the whole municipality."""

STEP = 50_000
"""Cases that a rebuild takes at a time: memory and locks are bounded by it."""

MANY = 1000
"""Rows after which the planner needs fresh statistics at once."""


@transaction.atomic
def refresh_facts(*, municipality_id: int, appeal_ids: Iterable[int]) -> int:
    """Make the facts of these cases what the cases say now; returns the number of questions.

    A case that is gone loses its rows. Repeating it changes nothing.
    """
    ids = sorted(set(appeal_ids))
    with connection.cursor() as cursor:
        if len(ids) > FEW:
            cursor.execute(sql.LOCK_ALONE, [sql.MUNICIPALITY_LOCKS, municipality_id])
        else:
            cursor.execute(sql.LOCK_SHARED, [sql.MUNICIPALITY_LOCKS, municipality_id])
            cursor.execute(sql.LOCK_CASES, [sql.CASE_LOCKS, ids])
        written = {}
        for table in sql.TABLES:
            cursor.execute(table.delete_cases, {"ids": ids})
            cursor.execute(table.insert_cases, {"ids": ids})
            written[table] = int(cursor.rowcount)
        return written[sql.QUESTIONS]


@transaction.atomic
def touch(*, municipality_id: int, appeal_id: int) -> None:
    """Note, in the transaction of a change, that the facts of this case are to follow."""
    Touch(municipality_id=municipality_id, appeal_id=appeal_id).save(force_insert=True)


@transaction.atomic
def follow(*, municipality_id: int, appeal_ids: Iterable[int] = ()) -> int:
    """Refresh every case that waits, and these; returns the number of questions."""
    with connection.cursor() as cursor:
        cursor.execute(sql.TAKE_TOUCHED, [municipality_id, FEW])
        taken = {int(row[0]) for row in cursor.fetchall()}
    taken.update(appeal_ids)
    return refresh_facts(municipality_id=municipality_id, appeal_ids=taken) if taken else 0


def rebuild(*, municipality_id: int) -> int:
    """Make all facts of a municipality what its cases say; returns the number of questions.

    Goes through the cases in steps, each a transaction of its own; only rows that differ are
    written. Readers never wait; before and after a step they see whole cases.
    """
    written, after = 0, 0
    while True:
        last = _step_end(municipality_id, after)
        written += _rebuild_step(municipality_id, after, last or _BEYOND)
        if last is None:
            break
        after = last
    if written >= MANY:
        with connection.cursor() as cursor:
            for table in sql.TABLES:
                cursor.execute(f"ANALYZE {table.name}")
    return written


@transaction.atomic
def follow_blocks(*, municipality_id: int) -> int:
    """After a change of sector blocks: write the blocks of every body into its facts."""
    with connection.cursor() as cursor:
        cursor.execute(sql.LOCK_ALONE, [sql.MUNICIPALITY_LOCKS, municipality_id])
        cursor.execute(sql.BLOCKS_CHANGED, {"place": municipality_id})
        return int(cursor.rowcount)


def pack_months(*, municipality_id: int | None = None) -> int:
    """Pack the months that changed since they were packed; returns how many. Safe to repeat.

    Each in a transaction of its own, in which refreshes of that municipality wait.
    """
    waiting = FactMonth.objects.filter(Q(stale=True) | ~Q(edition=EDITION))
    if municipality_id is not None:
        waiting = waiting.filter(municipality_id=municipality_id)
    found = waiting.order_by("municipality_id", "month").values_list("pk", "municipality_id")
    for pk, place in list(found):
        _pack_month(pk, place)
    return len(found)


@transaction.atomic
def _pack_month(pk: int, municipality_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.LOCK_ALONE, [sql.MUNICIPALITY_LOCKS, municipality_id])
        month = FactMonth.objects.filter(pk=pk).first()
        if month is None:
            return
        FactStrip.objects.filter(month=month).delete()
        cursor.execute(fold(), {"id": pk, "place": municipality_id, "month": month.month})
        if not cursor.rowcount:
            month.delete()
            return
        cursor.execute(SETTLED, {"id": pk, "open": [str(status) for status in OPEN_STATUSES]})
        month.settled = bool(cursor.fetchone()[0])
        month.stale, month.edition = False, EDITION
        month.save(update_fields=["stale", "settled", "edition"])


_BEYOND = 2**62
"""An id no case has: the last step also takes the rows of cases that are gone."""


def _step_end(municipality_id: int, after: int) -> int | None:
    with connection.cursor() as cursor:
        given = {"place": municipality_id, "after": after, "step": STEP - 1}
        cursor.execute(sql.STEP_END, given)
        found = cursor.fetchone()
        return int(found[0]) if found else None


@transaction.atomic
def _rebuild_step(municipality_id: int, after: int, until: int) -> int:
    span = {"place": municipality_id, "after": after, "until": until}
    with connection.cursor() as cursor:
        cursor.execute(sql.LOCK_ALONE, [sql.MUNICIPALITY_LOCKS, municipality_id])
        written = {table: _write_changed(cursor, table, span) for table in sql.TABLES}
        return written[sql.QUESTIONS]


def _write_changed(cursor: CursorWrapper, table: Table, span: dict[str, int]) -> int:
    cursor.execute(DROP_FRESH)
    cursor.execute(table.gather, span)
    rows = int(cursor.rowcount)
    cursor.execute(ANALYZE_FRESH)
    cursor.execute(table.delete_changed, span)
    cursor.execute(table.insert_missing, span)
    cursor.execute(DROP_FRESH)
    return rows
