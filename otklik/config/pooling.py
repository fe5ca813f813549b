"""Connections of the web program: made ahead and acquainted with the tables before a page asks.

A connection learns of a table and of its parts when it first meets them: on a card that is longer
than all the rest. Kept by a pool, no page waits for a new one.
"""

from __future__ import annotations

import atexit
from contextlib import suppress
from functools import cache
from typing import Any, Self

import psycopg
from django.apps import apps
from django.db import connections

WAIT = 5
"""Seconds a page waits for a database that is being started again, before it says so."""


class Acquainted(psycopg.Connection[Any]):
    """Knows all tables of the program from its beginning."""

    @classmethod
    def connect(cls, conninfo: str = "", **given: Any) -> Self:
        made = super().connect(conninfo, **given)
        acquaint(made)
        return made


def acquaint(connection: psycopg.Connection[Any]) -> None:
    """Table by table: it never holds one while it waits for another, for a migration may run.

    A table that is not there yet or is being changed is met later. The connection is to commit by
    itself.
    """
    connection.execute("SET lock_timeout = '50ms'")
    for statement in _statements():
        with suppress(psycopg.errors.UndefinedTable, psycopg.errors.LockNotAvailable):
            connection.execute(statement)
    connection.execute("RESET lock_timeout")


def begin(threads: int) -> None:
    """Keep a connection for each thread of this process; called before its first page.

    Never fails: without a database pages say so, and the pool goes on trying.
    """
    # What was opened so far belongs to no pool.
    connections.close_all()
    described = connections.settings["default"]
    described["CONN_MAX_AGE"] = 0
    described["OPTIONS"] = {
        **described["OPTIONS"],
        "pool": {
            "min_size": threads,
            "max_size": 2 * threads,
            "timeout": WAIT,
            "connection_class": Acquainted,
        },
    }
    database: Any = connections["default"]
    database.pool.open()
    atexit.register(database.close_pool)


@cache
def _statements() -> tuple[bytes, ...]:
    tables = (model._meta.db_table for model in apps.get_models(include_auto_created=True))
    return tuple(f'SELECT FROM "{table}" LIMIT 0'.encode() for table in tables)
