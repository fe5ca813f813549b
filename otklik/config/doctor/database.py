"""The database: version, extensions, migrations, journal, queue, partitions."""

from __future__ import annotations

from typing import Any

from django.db import OperationalError, connection

from otklik.base import clock
from otklik.config import migrating, postgres
from otklik.config.doctor.check import Check, Finding, bad, caution, good

_OLDEST = 15
_EXTENSIONS = ("pg_trgm", "btree_gist", "unaccent")
_ALIVE_SECONDS = 60
_BACKLOG_HOURS = 2


def answers() -> Finding:
    try:
        connection.ensure_connection()
    except OperationalError as error:
        return bad(
            f"База данных не отвечает: {' '.join(str(error).split())}",
            "Проверьте адрес в DATABASE_URL и работает ли сервер базы.",
        )
    return good("База данных отвечает" + (" (встроенная)" if postgres.is_embedded() else ""))


def version() -> Finding:
    number = int(_one("SHOW server_version_num")) // 10000
    if number < _OLDEST:
        return bad(f"PostgreSQL {number} слишком стар", f"Нужен PostgreSQL {_OLDEST} или новее.")
    return good(f"PostgreSQL {_one('SHOW server_version')}")


def encoding() -> Finding:
    found = _one("SHOW server_encoding")
    if found != "UTF8":
        return bad(f"Кодировка базы {found}", "Создайте базу в кодировке UTF8 и перенесите данные.")
    return good("Кодировка базы UTF8")


def extensions() -> Finding:
    offered = {row[0] for row in _rows("SELECT name FROM pg_available_extensions")}
    missing = [name for name in _EXTENSIONS if name not in offered]
    if missing:
        return bad(
            f"На сервере базы нет расширений: {', '.join(missing)}",
            "Установите пакет postgresql-contrib на сервере базы.",
        )
    return good("Расширения базы доступны")


def durability() -> Finding:
    if _one("SHOW fsync") != "on":
        return bad("База не дожидается записи на диск (fsync)", "Включите fsync на сервере базы.")
    return good("Запись на диск подтверждается")


def migrations() -> Finding:
    missing = migrating.pending()
    if missing:
        return bad(f"База старше программы: обновлений — {len(missing)}", "otklik migrate")
    return good("База соответствует программе")


def journal_rights() -> Finding:
    row = _rows(
        "SELECT has_table_privilege('journal_entry', 'UPDATE'),"
        " has_table_privilege('journal_entry', 'DELETE'),"
        " (SELECT count(*) FROM pg_trigger WHERE tgrelid = 'journal_entry'::regclass"
        "   AND NOT tgisinternal AND tgenabled <> 'D')"
    )[0]
    if row[2] < 2:
        return bad("Защита журнала от правки снята", "Восстановите базу из копии: otklik restore")
    if row[0] or row[1]:
        return caution(
            "Роль базы может править журнал в обход программы (защищает только триггер)",
            "Дайте программе роль без прав суперпользователя и отзовите UPDATE и DELETE "
            "на таблицах journal_*.",
        )
    return good("Журнал закрыт для правки")


def unsealed() -> Finding:
    count, hours = _rows(
        "SELECT count(*), coalesce(extract(epoch FROM now() - min(written_at)) / 3600, 0)"
        " FROM journal_entry WHERE id > coalesce((SELECT max(last_entry) FROM journal_seal), 0)"
    )[0]
    if hours > _BACKLOG_HOURS:
        return bad(
            f"Журнал давно не опечатан: записей — {count}",
            "Запустите обработчик заданий (otklik run) или выполните otklik journal seal.",
        )
    return good(f"Журнал опечатан; ждут печати: {count}")


def worker() -> Finding:
    silent = _one(
        "SELECT extract(epoch FROM now() - max(last_heartbeat)) FROM procrastinate_workers"
    )
    if silent is None or silent > _ALIVE_SECONDS:
        return caution("Обработчик заданий не работает", "Запустите otklik run или otklik worker.")
    return good("Обработчик заданий работает")


def failed_jobs() -> Finding:
    count = _one("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'")
    if count:
        return caution(
            f"Заданий с ошибкой: {count}", "Причины — в выводе otklik run; повторятся они не сами."
        )
    return good("Заданий с ошибкой нет")


def partitions() -> Finding:
    year = clock.now().year + 1
    names = {
        row[0]: row[1]
        for row in _rows(
            "SELECT parent.relname, bool_or(part.relname = parent.relname || '_' || %s)"
            " FROM pg_inherits JOIN pg_class parent ON parent.oid = inhparent"
            " JOIN pg_class part ON part.oid = inhrelid"
            " WHERE parent.relkind = 'p'"
            " AND pg_get_expr(part.relpartbound, part.oid) LIKE '%%FROM%%'"
            " GROUP BY 1",
            [str(year)],
        )
    }
    missing = sorted(name for name, ready in names.items() if not ready)
    if missing:
        return bad(
            f"Нет места для записей {year} года: {', '.join(missing)}",
            "Обновите программу и выполните otklik migrate.",
        )
    return good(f"Место для записей {year} года готово")


CHECKS: tuple[Check, ...] = (
    version,
    encoding,
    extensions,
    durability,
    migrations,
    journal_rights,
    unsealed,
    worker,
    failed_jobs,
    partitions,
)


def _rows(query: str, arguments: list[Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, arguments)
        return list(cursor.fetchall())


def _one(query: str) -> Any:
    return _rows(query)[0][0]
