"""An import whose program or database is killed goes on where it stopped and repeats nothing."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.processes.centres import clerk_of, make_centre
from tests.processes.exports import (
    ROWS,
    assert_exactly,
    counts,
    rows_in,
    words_of_import,
    write_export,
)
from tests.processes.programs import Programs, kill, wait_for
from tests.processes.servers import Server

pytestmark = pytest.mark.processes

ALL = {"read": ROWS, "created": ROWS, "unchanged": 0, "updated": 0, "refused": 0}
JOB_IN_HAND = """
SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'intake.run_import' AND status = 'doing'
"""
# Time passes for the dead worker's heartbeat without the test waiting for it.
HEART_STOPPED = "UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 h'"


def until_rows(programs: Programs, wanted: int) -> None:
    wait_for(
        lambda: rows_in(programs) >= wanted, lambda: f"{rows_in(programs)} rows; {programs.story()}"
    )


def test_killed_command_is_carried_on_by_the_same_command(
    programs: Programs, tmp_path: Path
) -> None:
    with programs.inside():
        make_centre()
    words = words_of_import(write_export(tmp_path))
    for progress in (500, 1500):
        command = programs.command(*words)
        until_rows(programs, progress)
        kill(command)
    assert rows_in(programs) < ROWS
    assert counts(programs.do(*words)) == ALL
    assert_exactly(programs)


def test_database_killed_under_the_command(server: Server, tmp_path: Path) -> None:
    programs = server.programs
    with server.held(), programs.inside():
        make_centre()
    words = words_of_import(write_export(tmp_path))
    command = programs.command(*words)
    wait_for(server.cluster.is_up, lambda: "no server")
    until_rows(programs, 500)
    server.kill()
    _, told = command.communicate()
    assert command.returncode == 1
    assert "Ошибка: База данных остановилась" in told
    assert "Что делать: " in told
    assert counts(programs.do(*words)) == ALL
    with server.held():
        assert_exactly(programs)


def test_killed_worker_is_succeeded_by_another(programs: Programs, tmp_path: Path) -> None:
    with programs.inside():
        upload(clerk_of(make_centre()), write_export(tmp_path).read_bytes())
    worker = programs.command("worker")
    until_rows(programs, 500)
    kill(worker)
    assert rows_in(programs) < ROWS
    assert programs.ask(JOB_IN_HAND) >= 1
    assert programs.do_sql(HEART_STOPPED)
    successor = programs.command("worker")
    until_rows(programs, ROWS)
    successor.send_signal(signal.SIGTERM)
    successor.communicate()
    assert successor.returncode == 0
    assert_exactly(programs)


def upload(client: Client, content: bytes) -> None:
    """The four steps of the wizard, as the clerk walks them."""
    form = {"file": SimpleUploadedFile("выгрузка.csv", content), "source": "incident"}
    columns = client.post("/desk/imports/", form, follow=True)
    fields = columns.context["form"]
    chosen = {name: fields[name].value() or "" for name in fields.fields}
    address = columns.request["PATH_INFO"] + "?source=incident"
    checked = client.post(address, chosen, follow=True)
    run = checked.context["run"].pk
    loaded = client.post(f"/desk/imports/runs/{run}/loading/", follow=True)
    assert loaded.context["running"]
