"""Keeping the facts equal to the cases."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection, transaction

from otklik.insight.facts import sql

FEW = 100
"""Cases that are locked one by one; more of them lock the whole municipality."""

MANY = 1000
"""Rows after which the planner needs fresh statistics at once."""


@transaction.atomic
def refresh_facts(*, municipality_id: int, appeal_ids: Iterable[int]) -> int:
    """Make the facts of these cases what the cases say now; returns the number of rows.

    A case that is gone loses its rows. Repeating it changes nothing.
    """
    ids = sorted(set(appeal_ids))
    with connection.cursor() as cursor:
        if len(ids) > FEW:
            cursor.execute(sql.LOCK_ALONE, [sql.MUNICIPALITY_LOCKS, municipality_id])
        else:
            cursor.execute(sql.LOCK_SHARED, [sql.MUNICIPALITY_LOCKS, municipality_id])
            cursor.execute(sql.LOCK_CASES, [sql.CASE_LOCKS, ids])
        cursor.execute(sql.DELETE_CASES, [ids])
        cursor.execute(sql.INSERT_CASES, [ids])
        return int(cursor.rowcount)


@transaction.atomic
def rebuild(*, municipality_id: int) -> int:
    """Write all facts of a municipality anew in one statement; returns the number of rows.

    Readers see the old rows until it commits.
    """
    with connection.cursor() as cursor:
        cursor.execute(sql.LOCK_ALONE, [sql.MUNICIPALITY_LOCKS, municipality_id])
        cursor.execute(sql.DELETE_MUNICIPALITY, [municipality_id])
        cursor.execute(sql.INSERT_MUNICIPALITY, [municipality_id])
        written = int(cursor.rowcount)
        if written >= MANY:
            cursor.execute("ANALYZE facts_question")
        return written
