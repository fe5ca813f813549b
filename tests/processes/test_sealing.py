"""Seals of the journal while writers write and sealers die: one batch each, nothing left out."""

from __future__ import annotations

import os
import signal
from datetime import timedelta

import pytest

from otklik.records.journal.actions import seal
from otklik.records.journal.models import Entry, Seal
from otklik.records.journal.queries import verify
from tests.processes.programs import Programs, kill, wait_for
from tests.processes.servers import Server

pytestmark = pytest.mark.processes

OLD = 30_000
OLD_ENTRIES = f"""
INSERT INTO journal_entry (written_at, recorded_at, name, subject, subject_id, actor_kind,
                           actor_label, sentence, payload)
SELECT now() - interval '1 h', now() - interval '1 h', 'AppealRegistered', 'appeal', number,
       'system', 'Опыт', 'Обращение зарегистрировано', jsonb_build_object('number', number)
  FROM generate_series(1, {OLD}) AS number
"""
# Transactions of writers outlast the time after which an entry counts as settled.
CREW = """
import os, random, signal, time
from datetime import timedelta
from django.db import transaction
from otklik.base.actor import Actor
from otklik.casework.intake.events import ImportStarted
from otklik.config.running.bonds import end_with_parent
from otklik.records.journal.actions import record_many, seal

def write():
    for number in range(10_000):
        with transaction.atomic():
            write_some(number)
            time.sleep(random.choice((0, 0, 0.01, 0.2, 0.7)))
            write_some(number)

def write_some(number):
    event = ImportStarted(subject_id=number, file_name="", source="pos", dry_run=True)
    events = [event] * random.randint(1, 20)
    record_many(events, actor=Actor.system(), municipality_id=None, wake=False)

def seal_on():
    while True:
        seal(batch=40, settle=timedelta(seconds=0.5))

def begin(work):
    parent = os.getpid()
    child = os.fork()
    if child:
        return child
    end_with_parent(parent, signal.SIGKILL)
    work()

for _ in range(3):
    begin(write)
while True:
    sealer = begin(seal_on)
    print(sealer, flush=True)
    os.waitpid(sealer, 0)
"""
SEALED = "SELECT coalesce(sum(entries), 0) FROM journal_seal"


def sealed(programs: Programs) -> int:
    return int(programs.ask(SEALED))


def until_sealed(programs: Programs, wanted: int) -> None:
    wait_for(
        lambda: sealed(programs) >= wanted, lambda: f"{sealed(programs)} sealed; {programs.story()}"
    )


def assert_whole() -> None:
    """The chain verifies, and its batches cover every entry exactly once."""
    verdict = verify()
    assert verdict.whole, verdict.reason
    assert verdict.unsealed == 0
    assert verdict.entries == Entry.objects.count()
    batches = Seal.objects.order_by("number").values_list("first_entry", "last_entry", "entries")
    last = 0
    for first, until, count in batches:
        assert first > last
        assert Entry.objects.filter(id__gt=last, id__lte=until).count() == count
        last = until


def test_killed_commands_leave_the_rest_to_the_next(programs: Programs) -> None:
    programs.do_sql(OLD_ENTRIES)
    for progress in (5_000, 15_000):
        command = programs.command("journal", "seal")
        until_sealed(programs, progress)
        kill(command)
    left = OLD - sealed(programs)
    assert left > 0
    assert programs.do("journal", "seal") == [f"Опечатано записей: {left}."]
    with programs.inside():
        assert_whole()


def test_sealers_and_writers_killed_while_entries_are_written(programs: Programs) -> None:
    crew = programs.start(CREW)
    assert crew.stdout is not None
    for _ in range(6):
        sealer = int(crew.stdout.readline())
        until_sealed(programs, sealed(programs) + 100)
        os.kill(sealer, signal.SIGKILL)
    kill(crew)
    with programs.inside():
        wait_for(lambda: seal(settle=timedelta(0)) == 0 == verify().unsealed, lambda: str(verify()))
        assert_whole()


def test_database_killed_under_the_sealer(server: Server) -> None:
    programs = server.programs
    with server.held():
        programs.do_sql(OLD_ENTRIES)
        command = programs.command("journal", "seal")
        until_sealed(programs, 10_000)
        server.kill()
        _, told = command.communicate()
        assert command.returncode == 1
        assert "База данных остановилась" in told
    with server.held(), programs.inside():
        assert 10_000 <= Entry.objects.count() - seal() < OLD
        assert_whole()
