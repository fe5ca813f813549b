"""Entries are bound into a chain: each once, in order, and a gap is seen."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

import pytest
from django.db import ProgrammingError, connection, transaction

from otklik.base.actor import Actor
from otklik.base.events import Event
from otklik.records.journal.actions import record, record_read, seal
from otklik.records.journal.models import Entry, PersonalRead, Seal
from otklik.records.journal.queries import verify
from otklik.records.journal.rules import GENESIS

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = timedelta(0)


@dataclass(frozen=True, kw_only=True)
class BellRung(Event):
    subject: ClassVar[str] = "bell"
    title: ClassVar[str] = "Звонок прозвенел"


def ring(*numbers: int) -> None:
    for number in numbers:
        with transaction.atomic():
            record(BellRung(subject_id=number), actor=Actor.system(), municipality_id=None)


def test_batches_hang_on_one_another() -> None:
    ring(1, 2, 3, 4, 5)
    assert seal(batch=2, settle=AT_ONCE) == 5
    seals = list(Seal.objects.order_by("number"))
    assert [one.entries for one in seals] == [2, 2, 1]
    assert seals[0].previous_hash == GENESIS
    assert [one.previous_hash for one in seals[1:]] == [one.hash for one in seals[:-1]]
    assert verify().whole
    assert seal(settle=AT_ONCE) == 0


def test_what_another_is_writing_waits_for_the_next_seal() -> None:
    ring(1)
    written, sealed = threading.Event(), threading.Event()

    def slow_writer() -> None:
        with transaction.atomic():
            record(BellRung(subject_id=2), actor=Actor.system(), municipality_id=None)
            written.set()
            sealed.wait(20)
        connection.close()

    writer = threading.Thread(target=slow_writer)
    writer.start()
    assert written.wait(20)
    ring(3)
    seal(settle=AT_ONCE)
    sealed.set()
    writer.join()
    seal(settle=AT_ONCE)
    verdict = verify()
    assert verdict.whole
    assert (verdict.entries, verdict.unsealed) == (3, 0)
    assert sum(one.entries for one in Seal.objects.all()) == Entry.objects.count()


def test_a_missing_entry_is_named() -> None:
    ring(1, 2, 3)
    seal(settle=AT_ONCE)
    gone = Entry.objects.get(subject_id=2).pk
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER ALL")
        cursor.execute("GRANT DELETE ON journal_entry TO CURRENT_USER")
        cursor.execute("DELETE FROM journal_entry WHERE id = %s", [gone])
    verdict = verify()
    assert not verdict.whole
    assert verdict.broken_entry in (gone, gone + 1)


def test_a_part_of_the_journal_is_kept_as_the_whole() -> None:
    ring(1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tableoid::regclass::text FROM journal_entry LIMIT 1")
        (part,) = cursor.fetchone()
    assert part != "journal_entry"
    for change in ("UPDATE {} SET sentence = 'x'", "DELETE FROM {}", "TRUNCATE {}"):
        with (
            pytest.raises(ProgrammingError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(change.format(part))
    assert Entry.objects.get().sentence == "Звонок прозвенел"


def test_change_and_record_vanish_together() -> None:
    with transaction.atomic():
        record(BellRung(subject_id=1), actor=Actor.system(), municipality_id=None)
        transaction.set_rollback(True)
    assert not Entry.objects.exists()
    with pytest.raises(RuntimeError):
        record(BellRung(subject_id=1), actor=Actor.system(), municipality_id=None)


def test_reads_are_logged_once_for_each_showing() -> None:
    record_read([3, 1, 3], actor=Actor.system(), municipality_id=None, purpose="карточка")
    record_read([], actor=Actor.system(), municipality_id=None, purpose="карточка")
    assert PersonalRead.objects.get().case_ids == [1, 3]
