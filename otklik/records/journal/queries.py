"""Reading the journal: the story of a case, recent entries, and proof that nothing was changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, Max, Min, Q, QuerySet, Sum

from otklik.records.journal.models import Entry, PersonalRead, Seal
from otklik.records.journal.rules import (
    GENESIS,
    first_difference,
    row_digest,
    rows_hash,
    seal_hash,
)

COLUMNS = (
    "id, recorded_at, municipality_id, name, subject, subject_id, case_id, "
    "actor_kind, actor_id, actor_label, sentence, payload::text, actor_role"
)


@dataclass(frozen=True)
class Verdict:
    """What verification found: `broken_entry` or `broken_seal` names the first broken row."""

    seals: int
    entries: int
    unsealed: int
    broken_entry: int | None = None
    broken_seal: int | None = None
    reason: str = ""

    @property
    def whole(self) -> bool:
        return not self.reason


def story_of(case_id: int) -> QuerySet[Entry]:
    """Everything that happened to a case, oldest first."""
    return Entry.objects.filter(case_id=case_id).order_by("id")


def story_of_things(municipality_id: int, subject: str, ids: Iterable[int]) -> QuerySet[Entry]:
    """What happened to things that are no cases (appointments, roles), newest first."""
    return Entry.objects.filter(
        municipality_id=municipality_id,
        subject=subject,
        subject_id__in=list(ids),
        case_id__isnull=True,
    ).order_by("-id")


def recent(municipality_id: int, *, before: int | None = None, name: str = "") -> QuerySet[Entry]:
    """Newest entries first, paged by id."""
    found = Entry.objects.filter(municipality_id=municipality_id).order_by("-id")
    if before:
        found = found.filter(id__lt=before)
    return found.filter(name=name) if name else found


def reads_of(municipality_id: int, *, before: int | None = None) -> QuerySet[PersonalRead]:
    """Reads of personal data, newest first."""
    found = PersonalRead.objects.filter(municipality_id=municipality_id).order_by("-id")
    return found.filter(Q(id__lt=before)) if before else found


def last_seals(limit: int) -> QuerySet[Seal]:
    """The newest seals without the sums of their rows."""
    return Seal.objects.defer("row_hashes").order_by("-number")[:limit]


def sealed_entries() -> int:
    """How many entries stand under seals."""
    return Seal.objects.aggregate(total=Sum("entries"))["total"] or 0


def waiting_entries() -> tuple[int, datetime | None]:
    """How many entries stand under no seal yet, and since when the oldest of them waits."""
    last = Seal.objects.aggregate(last=Max("last_entry"))["last"] or 0
    found = Entry.objects.filter(id__gt=last).aggregate(
        count=Count("id"), oldest=Min("recorded_at")
    )
    return found["count"], found["oldest"]


def entries_between(
    after: int, until: int | None, *, limit: int, written_before: datetime | None = None
) -> list[tuple[Any, ...]]:
    """Raw rows with id in (after, until], by id, up to the first one younger than
    `written_before`: an entry may be written after one that took a higher id."""
    clauses, arguments = ["id > %s"], list[Any]([after])
    if until is not None:
        clauses.append("id <= %s")
        arguments.append(until)
    if written_before is not None:
        clauses.append(
            "id < coalesce((SELECT min(id) FROM journal_entry WHERE id > %s AND written_at >= %s),"
            " 9223372036854775807)"
        )
        arguments += [after, written_before]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {COLUMNS} FROM journal_entry WHERE {' AND '.join(clauses)}"  # noqa: S608
            " ORDER BY id LIMIT %s",
            [*arguments, limit],
        )
        # Entries written before the column was added keep the sums they were sealed with.
        return [row if row[-1] else row[:-1] for row in cursor.fetchall()]


def news_after(
    municipality_id: int, names: Iterable[str], *, after: int, limit: int
) -> list[Entry]:
    """Entries of cases with these names after an id, by id: whoever goes on from the last one
    misses nothing. An entry still hidden in a running transaction holds back those above it.
    Three queries."""
    moment = settled_before(timedelta(0))
    found = Entry.objects.filter(
        municipality_id=municipality_id, id__gt=after, name__in=list(names), case_id__isnull=False
    )
    rows = list(found.order_by("id")[:limit])
    if not rows:
        return []
    unsettled = Entry.objects.filter(id__gt=after, id__lte=rows[-1].pk).extra(
        where=["written_at >= %s"], params=[moment]
    )
    first = unsettled.aggregate(first=Min("id"))["first"]
    return [row for row in rows if first is None or row.pk < first]


def settled_before(age: timedelta) -> datetime:
    """The moment (of the database's clock) before which every entry is visible and has settled:
    older than `age` and than every running transaction, which may hold a lower id it has not
    written yet. Ask for the rows in a statement of their own after it: within one, a writer may
    end between the snapshot and the look at who is running.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT least(now() - make_interval(secs => %s),"
            " coalesce((SELECT min(xact_start) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'), 'infinity'))",
            [age.total_seconds()],
        )
        (moment,) = cursor.fetchone()
        settled: datetime = moment
        return settled


def verify() -> Verdict:
    """Recompute every seal from the rows; name the first broken row."""
    previous, seals, entries, last = GENESIS, 0, 0, 0
    for seal in Seal.objects.order_by("number").iterator(chunk_size=50):
        seals += 1
        problem = _problem(seal, number=seals, previous=previous, after=last)
        if problem:
            return Verdict(seals, entries, 0, **problem)
        entries += seal.entries
        previous, last = seal.hash, seal.last_entry
    unsealed = Entry.objects.filter(id__gt=last).count()
    return Verdict(seals, entries, unsealed)


def _problem(seal: Seal, *, number: int, previous: str, after: int) -> dict[str, Any]:
    if seal.number != number or seal.previous_hash != previous:
        return {
            "broken_seal": seal.number,
            "reason": f"цепь печатей прервана на № {number}",
        }
    expected = seal_hash(number, seal.first_entry, seal.last_entry, seal.rows_hash, previous)
    stored = bytes(seal.row_hashes)
    if expected != seal.hash or rows_hash(stored) != seal.rows_hash:
        return {"broken_seal": seal.number, "reason": f"печать № {number} изменена"}
    rows = entries_between(after, seal.last_entry, limit=seal.entries + 1000)
    found = b"".join(row_digest(row) for row in rows)
    index = first_difference(stored, found)
    if index < 0:
        return {}
    entry = rows[index][0] if index < len(rows) else seal.last_entry
    return {
        "broken_entry": entry,
        "reason": f"запись {entry} изменена, вставлена или удалена",
    }
