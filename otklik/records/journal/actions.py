"""Writing to the journal, sealing it, and logging reads of personal data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db import connection, transaction

from otklik.base import clock
from otklik.base.actor import Actor
from otklik.base.bulk import copy_new
from otklik.base.events import Event
from otklik.records.journal import subscriptions
from otklik.records.journal.models import Entry, PersonalRead, Seal
from otklik.records.journal.queries import COLUMNS, entries_between, settled_before
from otklik.records.journal.rules import GENESIS, row_digest, rows_hash, seal_hash

SEAL_LOCK = 7_240_001
# An entry gets its id before its transaction commits: a younger id may become visible first.
SETTLE = timedelta(seconds=30)


def record(event: Event, *, actor: Actor, municipality_id: int | None) -> None:
    """Append the event and wake its reactions, all in the caller's transaction.

    Raises RuntimeError outside a transaction: change, record and job commit together or not at all.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("journal.record needs the transaction of the change it records")
    _entry(event, actor, municipality_id).save(force_insert=True)
    subscriptions.wake(event, municipality_id=municipality_id)


def record_many(
    events: Sequence[Event],
    *,
    actor: Actor,
    municipality_id: int | None,
    wake: bool = True,
) -> None:
    """Append many events at once (imports); reactions can be left out by bulk writers."""
    if not connection.in_atomic_block:
        raise RuntimeError("journal.record_many needs the transaction of the change it records")
    copy_new(connection, [_entry(event, actor, municipality_id) for event in events])
    if wake:
        for event in events:
            subscriptions.wake(event, municipality_id=municipality_id)


def record_read(
    case_ids: Iterable[int],
    *,
    actor: Actor,
    municipality_id: int | None,
    purpose: str,
    without_case: bool = False,
) -> None:
    """Log that this person was shown the personal data of these cases.

    `without_case`: data that belong to no case yet (a visit); `purpose` names them.
    """
    ids = sorted(set(case_ids))
    if ids or without_case:
        PersonalRead.objects.create(
            read_at=clock.now(),
            municipality_id=municipality_id,
            account_id=actor.account_id,
            actor_label=actor.label,
            case_ids=ids,
            purpose=purpose,
        )


def seal(*, batch: int = 5000, settle: timedelta = SETTLE) -> int:
    """Seal every settled entry in hash-chained batches; returns the number of entries sealed.

    One sealer at a time (advisory lock); a crash between batches leaves the rest for the next run.
    """
    total = 0
    while sealed := _seal_batch(batch, settle):
        total += sealed
    return total


def _seal_batch(batch: int, settle: timedelta) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEAL_LOCK])
        locked = cursor.fetchone()
        if not locked or not locked[0]:
            return 0
        previous = Seal.objects.order_by("-number").first()
        after = previous.last_entry if previous else 0
        rows = entries_between(after, None, limit=batch, written_before=settled_before(settle))
        if not rows:
            return 0
        digests = b"".join(row_digest(row) for row in rows)
        number = previous.number + 1 if previous else 1
        before = previous.hash if previous else GENESIS
        body = rows_hash(digests)
        first, last = rows[0][0], rows[-1][0]
        Seal.objects.create(
            number=number,
            first_entry=first,
            last_entry=last,
            entries=len(rows),
            rows_hash=body,
            row_hashes=digests,
            previous_hash=before,
            hash=seal_hash(number, first, last, body, before),
            sealed_at=clock.now(),
        )
        return len(rows)


def _entry(event: Event, actor: Actor, municipality_id: int | None) -> Entry:
    return Entry(
        recorded_at=clock.now(),
        municipality_id=municipality_id,
        name=event.name,
        subject=event.subject,
        subject_id=event.subject_id,
        case_id=event.case_id,
        actor_kind=actor.kind,
        actor_id=actor.account_id,
        actor_label=actor.label,
        actor_role=actor.role[:300],
        sentence=event.sentence(),
        payload=event.payload(),
    )


__all__ = ["COLUMNS", "record", "record_many", "record_read", "seal"]
