"""The answer term on the row of the case, written by the room that counts terms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from otklik.casework.appeals.models import Assignment


def write_due(dates: Sequence[tuple[int, datetime | None]]) -> int:
    """Put `due_at` on many cases in one statement; returns how many rows changed.

    The journal entry is the caller's: it knows why the date is what it is.
    """
    if not dates:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE appeals_appeal AS a SET due_at = d.due_at"
            " FROM unnest(%s::bigint[], %s::timestamptz[]) AS d(id, due_at)"
            " WHERE a.id = d.id AND a.due_at IS DISTINCT FROM d.due_at",
            [[pk for pk, _ in dates], [due_at for _, due_at in dates]],
        )
        return int(cursor.rowcount)


def write_executor_due(assignment_id: int, due_at: datetime | None) -> None:
    """The term of one executor, counted by the room of terms; the case keeps its own."""
    Assignment.objects.filter(pk=assignment_id).update(due_at=due_at)
