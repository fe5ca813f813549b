"""Multiplying: two connections fill the tables without indexes, then the indexes are built."""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import click
import psycopg

from bench.crowd import plan
from bench.crowd.copies import COPIES, MESSAGES, Copy

HANDS = 2
RANGE = 25_000
Task = tuple[str, dict[str, Any] | None]

_FASTER = {"max_wal_size": "8GB", "checkpoint_timeout": "30min", "autovacuum": "off"}
_INDEXES = """
SELECT c.oid::regclass::text, pg_get_indexdef(c.oid), pg_table_size(i.indrelid)
FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
WHERE i.indrelid = ANY(%s::regclass[])
  AND NOT EXISTS (SELECT 1 FROM pg_constraint AS k WHERE k.conindid = c.oid)
ORDER BY (c.relam = (SELECT oid FROM pg_am WHERE amname = 'gin')) DESC
"""
_COLUMNS = """
SELECT attname, format_type(atttypid, NULL) FROM pg_attribute
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
ORDER BY attnum
"""


def multiply(url: str, count: int) -> None:
    """Add `count` copies of the appeals that are there; `url` is of the server's superuser."""
    tables = [copy.table for copy in COPIES] + list(MESSAGES)
    with psycopg.connect(url, autocommit=True) as connection:
        begun = time.perf_counter()
        with _faster(connection):
            known = _prepare(connection, count)
            indexes = _without_indexes(connection, tables)
            _told("подготовка", begun)
            _run(url, _filling(connection, known, count))
            _told("строки", begun)
            _run(url, [(definition, None) for definition in indexes])
            _told("указатели", begun)
            _finish(connection, tables)
            # Also what the server would do by itself later, in the middle of a measurement.
            _run(url, [(f"VACUUM (ANALYZE) {table}", None) for table in tables])
            _told("порядок и статистика", begun)


def _told(what: str, begun: float) -> None:
    click.echo(f"  {what}: {time.perf_counter() - begun:.0f} с")


@contextmanager
def _faster(connection: psycopg.Connection) -> Iterator[None]:
    """Settings of the server for the time of the filling; its next start forgets them too."""
    for name, value in _FASTER.items():
        connection.execute(f"ALTER SYSTEM SET {name} = '{value}'".encode())
    connection.execute("SELECT pg_reload_conf()")
    try:
        yield
    finally:
        for name in _FASTER:
            connection.execute(f"ALTER SYSTEM RESET {name}".encode())
        connection.execute("SELECT pg_reload_conf()")


def _prepare(connection: psycopg.Connection, count: int) -> dict[str, Any]:
    connection.execute("SET session_replication_role = replica")
    for table in plan.LEFTOVERS:
        connection.execute(f"DROP TABLE IF EXISTS {table}".encode())
    known = _shape(connection, count)
    for statement in plan.LIKENESSES.split(";"):
        text = statement.format(stride=plan.STRIDE, **_likeness_columns(connection))
        connection.execute(_fits(text, known).encode())
    for statement in (plan.STREETS, *plan.RANKS.split(";")):
        connection.execute(statement.encode())
    connection.execute(plan.MAP.format(stride=plan.STRIDE).encode(), known)
    connection.execute("CREATE UNIQUE INDEX ON bench_map (new_id)")
    connection.execute("CREATE INDEX ON bench_map (base_id, k)")
    connection.execute("ANALYZE bench_map")
    return known


def _fits(text: str, known: dict[str, Any]) -> str:
    for name in ("bodies", "settlements", "topics"):
        text = text.replace(f"%({name})s", str(known[name]))
    return text


def _shape(connection: psycopg.Connection, count: int) -> dict[str, Any]:
    """How many likenesses and copies are needed, and whose mailbox takes the letters."""

    def one(query: str) -> int:
        row = connection.execute(query.encode()).fetchone()
        return int(row[0]) if row else 0

    over = one("SELECT count(*) FROM appeals_appeal WHERE answered_at IS NOT NULL")
    used = {
        "bodies": one("SELECT count(DISTINCT body_id) FROM appeals_assignment"),
        "settlements": one("SELECT count(*) FROM territory_settlement"),
        "topics": one("SELECT count(DISTINCT topic_id) FROM appeals_question"),
    }
    wanted = {"bodies": plan.BODIES, "settlements": plan.SETTLEMENTS, "topics": plan.TOPICS}
    return {
        **{name: -(-wanted[name] // max(used[name], 1)) for name in wanted},
        "count": count,
        "copies": count // max(over, 1) + 6,
        "first": plan.FIRST_ID,
        "account": one("SELECT min(id) FROM channels_channelaccount"),
        "raw": zlib.compress(b"From: citizen\r\nSubject: bench\r\n\r\n" + b"text " * 40),
    }


def _likeness_columns(connection: psycopg.Connection) -> dict[str, str]:
    stride = plan.STRIDE
    own = {
        "bodies": ("organisation_body", "b", {
            "name": "left(b.name, 270) || ', участок № ' || v",
            "short_name": "left(b.short_name, 130) || ' № ' || v", "sstu_id": "NULL",
            "external_names": "'[]'"}),
        "members": ("organisation_blockmember", "k", {"body_id": f"k.body_id + v * {stride}"}),
        "settlements": ("territory_settlement", "s", {
            "name": "left(s.name, 130) || ' ' || v", "boundary": "NULL",
            "lat": "s.lat + v * 0.011", "lon": "s.lon + v * 0.017"}),
        "topics": ("topics_topic", "t", {
            "code": "left(t.code, 36) || '.' || v", "name": "left(t.name, 480) || ', вид ' || v"}),
    }  # fmt: skip
    found = {}
    for name, (table, alias, said) in own.items():
        columns = [column for column, _ in _columns(connection, table) if column != "id"]
        found[name] = ", ".join(f'"{column}"' for column in columns)
        found[f"{name}_copied"] = ", ".join(
            said.get(column, f'{alias}."{column}"') for column in columns
        )
    return found


def _columns(connection: psycopg.Connection, table: str) -> Sequence[tuple[str, str]]:
    return connection.execute(_COLUMNS, [table]).fetchall()


def _without_indexes(connection: psycopg.Connection, tables: Sequence[str]) -> list[str]:
    found = connection.execute(_INDEXES, [list(tables)]).fetchall()
    for name, _, _ in found:
        connection.execute(f"DROP INDEX {name}".encode())
    return [definition.replace(" ON ONLY ", " ON ") for _, definition, _ in found]


def _filling(connection: psycopg.Connection, known: dict[str, Any], count: int) -> Iterator[Task]:
    statements = [_copying(connection, copy) for copy in COPIES]
    statements += [text.replace("{{}}", "{}") for text in MESSAGES.values()]
    first = plan.FIRST_ID + 1
    for statement in statements:
        for low in range(first, first + count, RANGE):
            yield statement, {**known, "low": low, "high": low + RANGE - 1}


def _copying(connection: psycopg.Connection, copy: Copy) -> str:
    names, values = [], []
    for column, kind in _columns(connection, copy.table):
        names.append(f'"{column}"')
        plain = f'x."{column}"'
        if kind == "timestamp with time zone":
            plain = f"{plain} - m.shift"
        elif kind == "date":
            plain = f"({plain} - m.shift)::date"
        values.append(copy.said.get(column, plain).replace("%", "%%"))
    return (
        f"INSERT INTO {copy.table} ({', '.join(names)}) SELECT {', '.join(values)}"
        f" FROM bench_map AS m JOIN {copy.source}"
        " WHERE m.new_id BETWEEN %(low)s AND %(high)s"
    )


def _run(url: str, tasks: Iterator[Task] | Sequence[Task]) -> None:
    """Take the tasks in order, `HANDS` at a time."""
    connections = [psycopg.connect(url, autocommit=True) for _ in range(HANDS)]
    for connection in connections:
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET synchronous_commit = off")
        connection.execute("SET maintenance_work_mem = '512MB'")
        connection.execute("SET work_mem = '128MB'")
        connection.execute("SET max_parallel_maintenance_workers = 1")
    free = list(connections)

    def work(task: Task) -> None:
        connection = free.pop()
        try:
            connection.execute(task[0].encode(), task[1])
        finally:
            free.append(connection)

    with ThreadPoolExecutor(HANDS) as pool:
        for done in pool.map(work, list(tasks)):
            assert done is None
    for connection in connections:
        connection.close()


def _finish(connection: psycopg.Connection, tables: Sequence[str]) -> None:
    connection.execute("""
        INSERT INTO appeals_word (municipality_id, stem)
        SELECT DISTINCT place.id, stem FROM bench_streets, unnest(names) AS name,
            unnest(tsvector_to_array(to_tsvector('russian', name || ' рядом недалеко дом видеть'
                ' сосед адрес сообщать раньше ждать ответ проверить фото приложить неделя'
                ' подтвердить житель звонить дважды'))) AS stem,
            (SELECT min(municipality_id) AS id FROM appeals_appeal) AS place
        WHERE stem ~ '^[а-яё]{3,60}$' ON CONFLICT DO NOTHING
    """)
    connection.execute("UPDATE appeals_wordsread SET up_to = (SELECT max(id) FROM appeals_appeal)")
    for table in (*tables, "organisation_body", "organisation_blockmember",
                  "territory_settlement", "topics_topic"):  # fmt: skip
        connection.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}".encode()
        )
    for table in plan.LEFTOVERS:
        connection.execute(f"DROP TABLE IF EXISTS {table}".encode())
