"""A server of our own: started, shared, stopped, its troubles explained."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from otklik.base.errors import OtklikError
from otklik.config.postgres import Cluster, serving, troubles
from otklik.config.postgres.cluster import SUPERUSER


@pytest.mark.django_db
def test_database_speaks_russian() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT upper('ёлка'),"
            " to_tsvector('russian', 'дороги') @@ to_tsquery('russian', 'дорога')"
        )
        assert cursor.fetchone() == ("ЁЛКА", True)


def one(cluster: Cluster, query: str, role: str = "otklik") -> object:
    with psycopg.connect(cluster.url(role=role)) as held:
        row = held.execute(query.encode()).fetchone()
    return row[0] if row else None


@pytest.mark.processes
def test_last_holder_stops_the_server_and_rows_survive(open_folder: Path) -> None:
    cluster = Cluster(open_folder / "data" / "postgres")
    with serving(cluster):
        with serving(cluster), psycopg.connect(cluster.url()) as held:
            held.execute("CREATE TABLE kept AS SELECT 59 AS number")
        assert cluster.is_up(), "the first holder still works"
    assert not cluster.is_up()
    with serving(cluster):
        assert one(cluster, "SELECT number FROM kept") == 59
        assert one(cluster, "SHOW fsync") == "on"
        assert one(cluster, "SHOW listen_addresses") == ""
        assert one(cluster, "SHOW shared_preload_libraries", SUPERUSER) == "pg_prewarm"


@pytest.mark.processes
def test_killed_holder_does_not_keep_the_server(open_folder: Path) -> None:
    cluster = Cluster(open_folder / "data" / "postgres", durable=False)
    ready = multiprocessing.get_context("spawn").Event()
    holder = multiprocessing.get_context("spawn").Process(target=_hold, args=(cluster.base, ready))
    holder.start()
    assert ready.wait(60)
    with serving(cluster):
        holder.kill()
        holder.join()
        assert one(cluster, "SELECT 1") == 1
    assert not cluster.is_up()


def _hold(base: Path, ready: object) -> None:
    with serving(Cluster(base, durable=False)):
        ready.set()  # type: ignore[attr-defined]
        multiprocessing.get_context("spawn").Event().wait()


@pytest.mark.processes
def test_program_is_no_superuser_of_its_database(open_folder: Path) -> None:
    cluster = Cluster(open_folder / "data" / "postgres", durable=False)
    with serving(cluster):
        query = "SELECT rolsuper FROM pg_roles WHERE rolname = 'otklik'"
        assert one(cluster, query) is False
        assert one(cluster, "SELECT current_user::text", SUPERUSER) == SUPERUSER
        with psycopg.connect(cluster.url()) as held:
            for name in ("pg_trgm", "btree_gist", "unaccent"):
                held.execute(f"CREATE EXTENSION {name}".encode())


@pytest.mark.processes
def test_folder_of_another_version_is_refused_with_the_way_out(open_folder: Path) -> None:
    cluster = Cluster(open_folder / "data" / "postgres", durable=False)
    with serving(cluster):
        pass
    (cluster.data / "PG_VERSION").write_text("14\n")
    with pytest.raises(OtklikError, match="версии 14") as told, serving(cluster):
        pass
    assert "otklik restore" in told.value.mend


@pytest.mark.processes
def test_long_path_gets_a_short_socket(open_folder: Path) -> None:
    cluster = Cluster(open_folder / ("и" * 60) / "postgres", durable=False)
    with serving(cluster):
        assert one(cluster, "SELECT 1") == 1


def test_file_in_place_of_the_folder_is_explained(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with (
        pytest.raises(OtklikError, match="Не удалось открыть") as told,
        serving(Cluster(tmp_path / "data" / "postgres")),
    ):
        pass
    assert "OTKLIK_DATA" in told.value.mend


@pytest.mark.skipif(os.geteuid() != 0, reason="only root steps down to another account")
def test_folder_closed_to_the_server_account_is_explained(open_folder: Path) -> None:
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    with (
        pytest.raises(OtklikError, match="не может войти") as told,
        serving(Cluster(closed / "postgres")),
    ):
        pass
    assert "/var/lib/otklik" in told.value.mend


@pytest.mark.parametrize(
    ("words", "message", "mend"),
    [
        ("could not write: No space left on device", "кончилось место", "df -h"),
        ("could not open file: Permission denied", "Нет прав", "chown"),
        ('lock file "postmaster.pid" already exists', "занял другой сервер", "postmaster.pid"),
        ("could not create shared memory segment", "оперативной памяти", "1 ГБ"),
        ("Read-only file system", "только для чтения", "OTKLIK_DATA"),
        ("PANIC: something new", "PANIC: something new", "server.log"),
    ],
)
def test_words_of_the_server_become_advice(words: str, message: str, mend: str) -> None:
    told = troubles.explain(words, base=Path("/srv/otklik/postgres"), owner="otklik")
    assert message in str(told)
    assert mend in told.mend
