"""Bringing the database to the version of the program, safe when several start at once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import OperationalError, connection, connections
from django.db.migrations.executor import MigrationExecutor

from otklik.base.errors import OtklikError
from otklik.config import drawing, postgres

LOCK = 0x0791C
"""Any number nobody else takes."""
_PAUSE = 0.2


def pending() -> list[str]:
    """Migrations not applied yet, as `label.name`."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def migrate() -> list[str]:
    """Apply what is missing and return it; others wait for whoever came first."""
    with reachable(), _alone():
        missing = pending()
        if missing:
            with drawing.only_what_changed():
                call_command("migrate", verbosity=0, interactive=False)
        return missing


def ensure_current() -> None:
    """For commands: migrate our own or an empty database, refuse to touch an older foreign one."""
    with reachable():
        missing = pending()
        if not missing:
            return
        if not (postgres.is_embedded() or is_empty()):
            raise OtklikError(
                f"База данных старше программы: не хватает обновлений — {len(missing)}.",
                "Сделайте копию базы и выполните: otklik migrate",
            )
    migrate()


def is_empty() -> bool:
    """Whether the database holds no table of ours."""
    return "django_migrations" not in connection.introspection.table_names()


@contextmanager
def reachable() -> Iterator[None]:
    """Say plainly that the database does not answer."""
    try:
        connection.ensure_connection()
    except OperationalError as error:
        raise OtklikError(
            f"База данных не отвечает: {' '.join(str(error).split())}",
            "Проверьте, что сервер базы запущен и адрес в DATABASE_URL верен; "
            "без DATABASE_URL база запускается сама командой otklik run.",
        ) from error
    yield


def hang_up() -> None:
    """Close connections, so that the server may stop without cutting anyone off."""
    connections.close_all()


@contextmanager
def _alone() -> Iterator[None]:
    """Ask again and again, never wait within a statement.

    An index made concurrently waits for every statement under way, also for one that waits for us.
    """
    while not _locked():
        time.sleep(_PAUSE)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _locked() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])
