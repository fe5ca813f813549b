"""Pages by key and counts, whose cost grows with what is shown and not with what is kept.

Before it reads a page, a list counts: up to the cap, what was found is gathered by the indexes of
the conditions and sorted; beyond it, the newest rows are looked through until the page is full.
Left to itself, the database would look through all of them for a word that stands nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, DateTimeField, ExpressionWrapper, F, Q, QuerySet

from otklik.base.given import cursor_of, key_given
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.queries.matching import Sought, similar_in_spelling, sought
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.directory.organisation.rules import Access

COUNT_CAP = 10_000
WINDOW = 10_000
"""How many of the nearest rows are looked through before what fits is gathered and sorted."""

COUNTED = """
SET LOCAL enable_seqscan = off;
WITH found AS MATERIALIZED ({found})
SELECT (SELECT count(*) FROM found),
       ARRAY(SELECT pk FROM found WHERE {from_key} ORDER BY {order} LIMIT %s);
SET LOCAL enable_seqscan TO DEFAULT
"""
"""Frequent words tempt the database to read the table from wherever its last reader stopped: past
its own buffers, from the disk. By an index it reads what it has read before."""

NEAREST = "SELECT pk FROM ({nearest}) AS nearest WHERE fits ORDER BY {order} LIMIT %s"
_APART = ExpressionWrapper(F("received_at") + timedelta(0), output_field=DateTimeField())
"""The same moment, which no index gives in order: the conditions' own indexes are read."""


@dataclass(frozen=True)
class Page:
    """One page by key: `after` continues, `before` goes back; both are opaque cursors."""

    rows: list[Appeal]
    after: str
    before: str


@dataclass(frozen=True)
class Listed:
    """A page and how many there are in all; `capped`: more than that.

    `spelled`: nothing has these words, shown is what has words like them in spelling.
    """

    page: Page
    total: int
    capped: bool
    spelled: bool = False


@dataclass(frozen=True)
class _Step:
    """Where a page begins, and which way it goes: newest first by the key (received_at, id)."""

    cursor: str
    limit: int

    @property
    def backwards(self) -> bool:
        return self.cursor.startswith("-")

    @property
    def order(self) -> tuple[str, str]:
        return ("received_at", "id") if self.backwards else ("-received_at", "-id")

    @property
    def sql_order(self) -> str:
        return "received_at, pk" if self.backwards else "received_at DESC, pk DESC"

    def sql_from_key(self) -> tuple[str, list[Any]]:
        key = key_given(self.cursor[1:])
        if key is None:
            return "true", []
        return f"(received_at, pk) {'>' if self.backwards else '<'} (%s, %s)", [*key]

    def of(self, found: QuerySet[Appeal]) -> QuerySet[Appeal]:
        key = key_given(self.cursor[1:])
        return found.filter(_beyond(*key, self.backwards)) if key else found

    def page(self, taken: list[Appeal]) -> Page:
        """Of as many rows as asked, and one more where there are more."""
        more, taken = len(taken) > self.limit, taken[: self.limit]
        if self.backwards:
            taken.reverse()
        has_older = more if not self.backwards else bool(taken)
        has_newer = more if self.backwards else bool(self.cursor and taken)
        return Page(
            rows=taken,
            after=_cursor("+", taken[-1]) if taken and has_older else "",
            before=_cursor("-", taken[0]) if taken and has_newer else "",
        )


def listed(access: Access, wanted: AppealFilter, *, cursor: str = "", limit: int = 50) -> Listed:
    """What fits the filter, newest first; for words that stand nowhere, words like them.

    A cursor is «+key» (older) or «-key» (newer).
    """
    step = _Step(cursor, limit)
    found = _listed(sought(access, wanted), step)
    alike = similar_in_spelling(access, wanted) if wanted.q and not found.total else None
    return replace(_listed(alike, step), spelled=True) if alike else found


def page_of(access: Access, wanted: AppealFilter, *, cursor: str = "", limit: int = 50) -> Page:
    """The page of `listed` alone, of exactly these words."""
    found = sought(access, wanted)
    return (
        _listed(found, _Step(cursor, limit)).page
        if found.beyond
        else page(found.base, cursor=cursor, limit=limit)
    )


def page(found: QuerySet[Appeal], *, cursor: str = "", limit: int = 50) -> Page:
    """Newest first, by the key (received_at, id). A cursor is «+key» (older) or «-key» (newer)."""
    step = _Step(cursor, limit)
    return step.page(list(_shown(step.of(found)).order_by(*step.order)[: limit + 1]))


def count(found: QuerySet[Appeal], cap: int = COUNT_CAP) -> tuple[int, bool]:
    """How many, and whether the count stopped at the cap (cost grows with what is shown)."""
    number = found.order_by().values("pk")[: cap + 1].count()
    return (cap, True) if number > cap else (number, False)


def _listed(found: Sought, step: _Step) -> Listed:
    total, keys = _counted(found.all(), step)
    if total <= COUNT_CAP:
        return Listed(step.page(_rows(keys, step)), total, capped=False)
    if not found.beyond:
        rows = page(found.base, cursor=step.cursor, limit=step.limit)
        return Listed(rows, COUNT_CAP, capped=True)
    keys = _nearest(found, step)
    if len(keys) <= step.limit:
        keys = _gathered(found, step)
    return Listed(step.page(_rows(keys, step)), COUNT_CAP, capped=True)


def _counted(found: QuerySet[Appeal], step: _Step) -> tuple[int, list[int]]:
    """How many, one beyond the cap at most, and the keys of the page if they are no more."""
    keys = found.order_by().values("received_at", "pk")[: COUNT_CAP + 1]
    from_key, where = step.sql_from_key()
    try:
        sql, given = keys.query.sql_with_params()
    except EmptyResultSet:
        return 0, []
    asked = COUNTED.format(found=sql, from_key=from_key, order=step.sql_order)
    with connection.cursor() as cursor:
        cursor.execute(asked, [*given, *where, step.limit + 1])
        cursor.nextset()
        total, page_keys = cursor.fetchone()
    return total, page_keys


def _nearest(found: Sought, step: _Step) -> list[int]:
    """Keys of the page out of the nearest rows; fewer than asked when they do not suffice."""
    fits = ExpressionWrapper(found.beyond, output_field=BooleanField())
    nearest = step.of(found.base).order_by(*step.order).annotate(fits=fits)
    sql, given = nearest.values("pk", "received_at", "fits")[:WINDOW].query.sql_with_params()
    with connection.cursor() as cursor:
        asked = NEAREST.format(nearest=sql, order=step.sql_order)
        cursor.execute(asked, [*given, step.limit + 1])
        return [pk for (pk,) in cursor.fetchall()]


def _gathered(found: Sought, step: _Step) -> list[int]:
    """Keys of the page out of all that fits."""
    order = (_APART.asc(), "id") if step.backwards else (_APART.desc(), "-id")
    return list(
        step.of(found.all()).order_by(*order).values_list("pk", flat=True)[: step.limit + 1]
    )


def _rows(keys: Iterable[int], step: _Step) -> list[Appeal]:
    asked = list(keys)
    return list(_shown(Appeal.objects.filter(pk__in=asked)).order_by(*step.order)) if asked else []


def _shown(found: QuerySet[Appeal]) -> QuerySet[Appeal]:
    rows = found.select_related("topic", "executor_body", "settlement", "applicant")
    return rows.defer("search", "external_hash")


def _beyond(moment: datetime, pk: int, backwards: bool) -> Q:
    if backwards:
        return Q(received_at__gt=moment) | Q(received_at=moment, pk__gt=pk)
    # The first condition lets the index range start at the key.
    return Q(received_at__lte=moment) & (Q(received_at__lt=moment) | Q(pk__lt=pk))


def _cursor(sign: str, row: Any) -> str:
    return f"{sign}{cursor_of(row.received_at, row.pk)}"
