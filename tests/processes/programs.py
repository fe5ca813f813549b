"""Real programs over a database of their own, which outlives their deaths.

Fixture `programs`: a database on the server that tests share. A program may be killed at any
moment; what it left is looked at in the database, past the program.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil
import psycopg
import pytest
import pytest_django
from django.db import connections
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
START = "import django; django.setup()\n"
_HIDDEN = ("DATABASE_URL", "OTKLIK_TEST_SESSION", "PYTEST_XDIST_WORKER")


class Programs:
    """Starts programs with this environment; `url` is their database."""

    def __init__(
        self,
        url: str,
        blocker: pytest_django.DjangoDbBlocker,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.url = url
        self.blocker = blocker
        given = {"DATABASE_URL": url} if environment is None else environment
        kept = {name: value for name, value in os.environ.items() if name not in _HIDDEN}
        self.environment = {
            **kept,
            "DJANGO_SETTINGS_MODULE": "otklik.config.settings",
            "PYTHONPATH": str(ROOT),
            **given,
        }
        self._started: list[subprocess.Popen[str]] = []

    def start(self, script: str, *arguments: str) -> subprocess.Popen[str]:
        return self._start("-c", START + script, *arguments)

    def command(self, *words: str, **more: str) -> subprocess.Popen[str]:
        """`otklik …` under way; `more` is added to its environment."""
        return self._start("-m", "otklik", *words, **more)

    def silent(self, *words: str) -> subprocess.Popen[str]:
        """A program for long work whose words nobody reads: a full pipe would stop it."""
        process = subprocess.Popen(
            [sys.executable, *words],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._started.append(process)
        return process

    def run(self, script: str, *arguments: str) -> list[str]:
        """The lines it printed; the program must end well."""
        return _lines(self.start(script, *arguments))

    def do(self, *words: str) -> list[str]:
        """The lines `otklik …` printed; the command must end well."""
        return _lines(self.command(*words))

    def ask(self, query: str, *values: Any) -> Any:
        """The first column of the first row, asked past the program."""
        with psycopg.connect(self.url, autocommit=True) as database:
            row = database.execute(query.encode(), values).fetchone()
        return row[0] if row else None

    def do_sql(self, command: str) -> int:
        """How many rows it touched."""
        with psycopg.connect(self.url, autocommit=True) as database:
            return database.execute(command.encode()).rowcount

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Let this very process work in their database, where a death matters to nobody."""
        default = connections["default"]
        default.close()
        kept = dict(default.settings_dict)
        given = conninfo_to_dict(self.url)
        names = {"NAME": "dbname", "USER": "user", "HOST": "host", "PORT": "port"}
        default.settings_dict.update({ours: str(given[name]) for ours, name in names.items()})
        try:
            with self.blocker.unblock():
                yield
        finally:
            default.close()
            default.settings_dict.update(kept)

    def story(self) -> str:
        """How the program started last ended, or that it did not."""
        last = self._started[-1]
        return f"{last.args!r} is at work" if last.poll() is None else ended_how(last)

    def close(self) -> None:
        for process in self._started:
            if process.poll() is None:
                process.kill()
            process.communicate()

    def _start(self, *words: str, **more: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, *words],
            env=self.environment | more,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._started.append(process)
        return process


@pytest.fixture
def programs(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[Programs]:
    with ExitStack() as stack:
        url = stack.enter_context(own_database())
        programs = Programs(url, django_db_blocker)
        stack.callback(programs.close)
        yield programs


@contextmanager
def own_database() -> Iterator[str]:
    """A fresh clone of the migrated template for the time of the block."""
    settings = connections["default"].settings_dict
    name = f"{settings['TEST']['NAME']}_death"
    with psycopg.connect(server_url("postgres"), autocommit=True) as server:
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(settings["TEST"]["TEMPLATE"])
            )
        )
        try:
            yield server_url(name)
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def server_url(database: str) -> str:
    """The address of a database on the server that tests share."""
    settings = connections["default"].settings_dict
    login, password = quote(settings["USER"]), quote(settings["PASSWORD"])
    host = quote(settings["HOST"], safe="")
    who = f"{login}:{password}" if password else login
    return f"postgresql://{who}@/{database}?host={host}&port={settings['PORT'] or 5432}"


def kill(process: subprocess.Popen[str]) -> None:
    """Signal 9 to a program that must still be at work."""
    assert process.poll() is None, ended_how(process)
    process.kill()
    process.communicate()


def ended_how(process: subprocess.Popen[str]) -> str:
    out, err = process.communicate()
    return f"ended with {process.returncode}\n{out}\n{err}"


def wait_for(happened: Callable[[], bool], story: Callable[[], str], pause: float = 0.02) -> None:
    """Look again and again until it has happened; the deadline only ends a hopeless wait."""
    ends = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < ends, story()
        time.sleep(pause)


def is_live(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _lines(process: subprocess.Popen[str]) -> list[str]:
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, f"{out}\n{err}"
    return out.splitlines()
