"""Jobs of a killed worker are done after all."""

from __future__ import annotations

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django import app

from otklik.config.jobs import revive


def start_on(worker_seconds_ago: int, queueing_lock: str | None = None) -> int:
    """A job in hand of a worker last heard of so long ago."""
    task = app.configure_task("config.remove_old_jobs", queueing_lock=queueing_lock)
    job = task.defer(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - make_interval(secs => %s)) RETURNING id",
            [worker_seconds_ago],
        )
        (worker,) = cursor.fetchone()
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s",
            [worker, job],
        )
    return job


def status(job: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs WHERE id = %s", [job])
        return str(cursor.fetchone()[0])


@pytest.mark.django_db
def test_job_of_a_silent_worker_returns_to_the_queue() -> None:
    job = start_on(worker_seconds_ago=120)
    assert async_to_sync(revive)(app) == 1
    assert status(job) == "todo"


@pytest.mark.django_db
def test_job_of_a_living_worker_is_left_alone() -> None:
    job = start_on(worker_seconds_ago=2)
    assert async_to_sync(revive)(app) == 0
    assert status(job) == "doing"


@pytest.mark.django_db
def test_a_job_whose_like_waits_already_is_ended_and_holds_nobody_up() -> None:
    dead = start_on(worker_seconds_ago=120, queueing_lock="one")
    other = start_on(worker_seconds_ago=120)
    like = app.configure_task("config.remove_old_jobs", queueing_lock="one").defer(timestamp=1)
    assert async_to_sync(revive)(app) == 2
    assert [status(dead), status(like), status(other)] == ["aborted", "todo", "todo"]
