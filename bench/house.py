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
BASE = 5000
"""Appeals that the demo tells; beyond, `crowd` makes many of these few."""

LARGE = 1_000_000


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
def filled(appeals: int, *, many: bool = False) -> Iterator[None]:
    """The server, the schema, the people, the appeals."""
    import django

    from otklik.config.postgres import serving

    with serving():
        django.setup()
        _fill(appeals, many=many)
        yield


def _fill(appeals: int, *, many: bool = False) -> None:
    from django.conf import settings
    from django.db import connection

    from otklik.casework.appeals.actions.words import gather_words
    from otklik.casework.appeals.models import Appeal
    from otklik.config.demo.fill import fill
    from otklik.config.migrating import migrate
    from otklik.insight.facts.actions import pack_months

    settings.ALLOWED_HOSTS = ["*"]
    migrate()
    begun, there = time.perf_counter(), Appeal.objects.count()
    fill(seed=SEED, until=LAST_DAY, target=min(appeals, BASE) if many else appeals, progress=_told)
    gather_words()
    if many:
        _multiplied(appeals)
    # As the worker does each minute.
    pack_months()
    click.echo(f"\nДанные готовы за {time.perf_counter() - begun:.0f} с")
    if Appeal.objects.count() > there:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _multiplied(appeals: int) -> None:
    """Five years of appeals, and their facts; again only when they are not there yet."""
    from bench.crowd import multiply
    from otklik.casework.appeals.models import Appeal
    from otklik.config.postgres import Cluster, data_home
    from otklik.config.postgres.cluster import SUPERUSER
    from otklik.directory.organisation.models import Municipality
    from otklik.insight.facts.actions import rebuild

    missing = appeals - Appeal.objects.count()
    if missing <= 0:
        return
    click.echo()
    cluster = Cluster(data_home() / "postgres")
    multiply(cluster.url(role=SUPERUSER), missing)
    begun = time.perf_counter()
    rebuild(municipality_id=Municipality.objects.get(is_demo=True).pk)
    click.echo(f"  факты: {time.perf_counter() - begun:.0f} с")


def _told(done: int, target: int) -> None:
    click.echo(f"\r  {done} из {target}   ", nl=False)
