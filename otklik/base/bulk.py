"""Many new rows at once by COPY: several times faster than INSERT where nothing is read back.

The connection and the objects are those of the caller's ORM, passed in and used by their common
surface, so that nothing here imports it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

_PLAIN = (str, int, float, bool, datetime, type(None))
"""What goes to the database as it is; everything else is prepared by its field."""


def copy_new(connection: Any, objects: Sequence[Any]) -> None:
    """Insert unsaved objects of one model and give them their ids, in the caller's transaction.

    Constraints are checked as by INSERT; columns that the database computes are left to it.
    """
    if not objects:
        return
    meta = objects[0]._meta
    fields = [field for field in meta.concrete_fields if not getattr(field, "generated", False)]
    with connection.cursor() as cursor:
        database = cursor.db
        for item, pk in zip(
            objects, _take_ids(cursor, meta.db_table, meta.pk.column, len(objects)), strict=True
        ):
            item.pk = pk
        columns = ", ".join(f'"{field.column}"' for field in fields)
        with cursor.copy(f'COPY "{meta.db_table}" ({columns}) FROM STDIN') as copy:
            for row in _rows(database, fields, objects):
                copy.write_row(row)
    for item in objects:
        item._state.adding = False
        item._state.db = database.alias


def _take_ids(cursor: Any, table: str, column: str, count: int) -> list[int]:
    cursor.execute(
        "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
        [f'"{table}"', column, count],
    )
    return [row[0] for row in cursor.fetchall()]


def _rows(database: Any, fields: Sequence[Any], objects: Sequence[Any]) -> Iterator[list[Any]]:
    for item in objects:
        row = []
        for field in fields:
            value = field.pre_save(item, add=True)
            plain = type(value) in _PLAIN
            row.append(value if plain else field.get_db_prep_save(value, database))
        yield row
