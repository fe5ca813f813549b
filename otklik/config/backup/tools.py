"""pg_dump and pg_restore: ours, or those of the system where the server is newer."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from django.db import connection
from psycopg.conninfo import make_conninfo

from otklik.base.errors import OtklikError
from otklik.config.postgres import owner


def run(program: str, *arguments: str, database: str | None = None) -> None:
    """Run it against our database (or another on the same server); raises OtklikError."""
    settings = connection.settings_dict
    keys = {"HOST": "host", "PORT": "port", "USER": "user"}
    given: dict[str, Any] = {ours: settings[name] for name, ours in keys.items() if settings[name]}
    given |= {"dbname": database or settings["NAME"]} | settings.get("OPTIONS", {})
    # A password in the arguments would be seen by every user of the machine.
    secret = {"PGPASSWORD": settings["PASSWORD"]} if settings["PASSWORD"] else {}
    done = subprocess.run(
        [str(_find(program)), *arguments, "--dbname", make_conninfo(**given)],
        env=os.environ | secret | {"LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise _explained(program, done.stderr)


def _find(program: str) -> Path:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        (number,) = cursor.fetchone()
    ours = owner.installed() / "bin" / program
    if int(number) // 10000 <= owner.VERSION and ours.exists():
        return ours
    found = shutil.which(program)
    if found is None:
        raise OtklikError(
            f"Сервер базы новее встроенных средств копирования, а {program} в системе нет.",
            "Установите клиент PostgreSQL той же версии, что и сервер "
            "(пакет postgresql-client), и повторите.",
        )
    return Path(found)


def _explained(program: str, words: str) -> OtklikError:
    if "No space left" in words:
        return OtklikError("На диске кончилось место.", "Освободите место и повторите.")
    last = " ".join(words.strip().splitlines()[-2:])
    return OtklikError(
        f"{program} остановился: {last}",
        "Проверьте базу командой otklik doctor и повторите.",
    )
