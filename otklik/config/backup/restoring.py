"""Restoring a copy."""

from __future__ import annotations

import os
import tempfile
from datetime import datetime
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection, connections
from psycopg import sql

from otklik.base.errors import OtklikError, Refused
from otklik.config import migrating
from otklik.config.backup import archive, tools


def restore(source: Path, *, force: bool, now: datetime) -> archive.Manifest:
    """Bring back database and attachments from `source`; raises OtklikError.

    Without `force` the database must hold nothing. With it the old one keeps its rows under
    another name: `<name>_before_<time>`.
    """
    manifest = archive.verified(source)
    occupied = not migrating.is_empty()
    if occupied and not force:
        raise Refused(
            "База данных не пуста: восстановление заменило бы её.",
            "Сделайте её копию (otklik backup ФАЙЛ) и повторите с параметром --force, "
            "или укажите пустую базу в OTKLIK_DATA либо DATABASE_URL.",
        )
    with tempfile.TemporaryDirectory(prefix="otklik-", dir=_room()) as room:
        dump = Path(room) / archive.DUMP
        _unpack(source, dump)
        if occupied:
            _swap_in(dump, manifest, now)
        else:
            _load(dump, manifest)
    return manifest


def _room() -> Path:
    """Beside the data: a dump may be larger than the system's folder for temporary files."""
    room = Path(settings.DATA_DIR)
    room.mkdir(parents=True, exist_ok=True, mode=0o711)
    return room


def _unpack(source: Path, dump: Path) -> None:
    attachments = Path(settings.ATTACHMENTS_DIR)
    for info, content in archive.members(source):
        if info.name == archive.DUMP:
            archive.copy(content, dump)
        elif info.name == archive.KEY:
            archive.copy(content, Path(settings.DATA_DIR) / archive.KEY)
        elif info.name.startswith(archive.ATTACHMENTS):
            _put(content, attachments, info.name.removeprefix(archive.ATTACHMENTS))


def _put(content: object, root: Path, name: str) -> None:
    target = (root / name).resolve()
    if not target.is_relative_to(root.resolve()):
        raise OtklikError(f"Копия подделана: файл «{name}» выходит за папку вложений.")
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        archive.copy(content, target)  # type: ignore[arg-type]


def _load(dump: Path, manifest: archive.Manifest, database: str | None = None) -> None:
    arguments = [
        "--single-transaction",
        "--exit-on-error",
        "--no-owner",
        "--no-comments",
    ]
    if manifest.role != _role():
        # Rights were given to a role that may not exist here; doctor shows what is then missing.
        arguments.append("--no-acl")
    tools.run("pg_restore", *arguments, str(dump), database=database)


def _swap_in(dump: Path, manifest: archive.Manifest, now: datetime) -> None:
    name = str(connection.settings_dict["NAME"])
    fresh, old = f"{name}_restored_{os.getpid()}", f"{name}_before_{now:%Y%m%d_%H%M%S}"
    with _maintenance() as server:
        _make(server, fresh)
        try:
            _load(dump, manifest, fresh)
            connections.close_all()
            _rename(server, name, old)
            _rename(server, fresh, name)
        except BaseException:
            server.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(fresh))
            )
            raise


def _maintenance() -> psycopg.Connection:
    params = connection.get_connection_params()
    known = ("host", "port", "user", "password")
    return psycopg.connect(
        **{key: params[key] for key in known if key in params},
        dbname="postgres",
        autocommit=True,
    )


def _make(server: psycopg.Connection, name: str) -> None:
    try:
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name))
        )
    except psycopg.errors.InsufficientPrivilege as error:
        raise OtklikError(
            "У роли базы нет права создать новую базу, а восстановить поверх прежней опасно.",
            "Создайте пустую базу, укажите её в DATABASE_URL и восстановите копию в неё.",
        ) from error


def _rename(server: psycopg.Connection, name: str, to: str) -> None:
    try:
        server.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(name), sql.Identifier(to)
            )
        )
    except psycopg.errors.ObjectInUse as error:
        raise OtklikError(
            "С базой данных сейчас работают.",
            "Остановите Отклик (otklik run) и повторите.",
        ) from error


def _role() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])
