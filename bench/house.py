"""A database of its own for every size, filled with invented appeals."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

HOME = Path(__file__).resolve().parent.parent / "var" / "bench"
LAST_DAY = date(2026, 11, 20)
SEED = 1


def settle(name: str, *, fresh: bool) -> Path:
    """Point the program at the folder of this measurement; `fresh` empties it."""
    folder = HOME / name
    if fresh:
        shutil.rmtree(folder, ignore_errors=True)
    os.environ["OTKLIK_DATA"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "otklik.config.settings")
    os.environ["OTKLIK_LOG"] = "ERROR"
    os.environ.pop("DATABASE_URL", None)
    return folder


@contextmanager
def filled(appeals: int) -> Iterator[None]:
    """The server, the schema, the people, the appeals."""
    import django

    from otklik.config.postgres import serving

    with serving():
        django.setup()
        _fill(appeals)
        yield


def _fill(appeals: int) -> None:
    from django.conf import settings
    from django.db import connection

    from otklik.casework.appeals.actions.words import gather_words
    from otklik.config.demo.fill import fill
    from otklik.config.migrating import migrate

    settings.ALLOWED_HOSTS = ["*"]
    migrate()
    begun = time.perf_counter()
    fill(seed=SEED, until=LAST_DAY, target=appeals, progress=_told)
    gather_words()
    click.echo(f"\nДанные готовы за {time.perf_counter() - begun:.0f} с")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _told(done: int, target: int) -> None:
    click.echo(f"\r  {done} из {target}   ", nl=False)
