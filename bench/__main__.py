"""Speed against the bounds of the design: `python -m bench --appeals 100000`."""

from __future__ import annotations

import gc
import os
import resource
import shutil
import statistics
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

HOME = Path(__file__).resolve().parent.parent / "var" / "bench"
REPEATS = 15


@dataclass(frozen=True)
class Figure:
    """Milliseconds; `bound` is what the design allows at the 95th percentile."""

    name: str
    median: float
    p95: float
    bound: float

    def line(self) -> str:
        verdict = "в норме" if self.p95 <= self.bound else "ПРЕВЫШЕНО"
        return f"{self.name:<52}{self.median:>9.0f}{self.p95:>9.0f}{self.bound:>9.0f}  {verdict}"


@click.command(help="Измерить скорость страниц на выдуманных обращениях.")
@click.option("--appeals", default=100_000, help="Сколько обращений.")
@click.option("--fresh", is_flag=True, help="Сделать данные заново.")
def main(appeals: int, fresh: bool) -> None:
    folder = HOME / str(appeals)
    if fresh:
        shutil.rmtree(folder, ignore_errors=True)
    os.environ["OTKLIK_DATA"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "otklik.config.settings")
    os.environ["OTKLIK_LOG"] = "ERROR"
    os.environ.pop("DATABASE_URL", None)
    with ExitStack() as stack:
        prepare(stack, appeals)
        figures = measure()
    click.echo(f"\n{'Обращений: ' + str(appeals):<52}{'медиана':>9}{'p95':>9}{'предел':>9}  мс")
    for figure in figures:
        click.echo(figure.line())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    click.echo(f"Память процесса: {memory:.0f} МБ")


def prepare(stack: ExitStack, appeals: int) -> None:
    """The server, the schema, the people, the appeals."""
    import django

    from otklik.config.postgres import serving

    stack.enter_context(serving())
    django.setup()
    from django.conf import settings
    from django.db import connection

    from otklik.config.demo.fill import fill
    from otklik.config.migrating import migrate

    settings.ALLOWED_HOSTS = ["*"]
    migrate()
    begun = time.perf_counter()
    fill(seed=1, until=date(2026, 11, 20), target=appeals, progress=_told)
    click.echo(f"\nДанные готовы за {time.perf_counter() - begun:.0f} с")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _told(*done: Any) -> None:
    click.echo(f"\r  {' из '.join(str(n) for n in done)}   ", nl=False)


def measure() -> list[Figure]:
    from django.test import Client

    from otklik.casework.appeals.models import Appeal
    from otklik.directory.accounts.models import Account
    from otklik.directory.organisation.models import Appointment

    held = Appointment.objects.filter(role__grants__permission="analytics").values("account")
    client = Client()
    client.force_login(Account.objects.filter(pk__in=held).order_by("pk")[0])
    some = Appeal.objects.order_by("pk")
    middle = some[some.count() // 2]
    deep = f"+{middle.received_at.isoformat()}_{middle.pk}"
    topic, body = middle.topic_id, middle.executor_body_id
    pages = (
        ("Список, первая страница", "/desk/appeals/", {}, 150),
        ("Список, глубокая страница", "/desk/appeals/", {"page": deep}, 150),
        ("Список по теме и исполнителю", "/desk/appeals/", {"topic": topic, "body": body}, 150),
        ("Список просроченных", "/desk/appeals/", {"overdue": "1"}, 150),
        ("Карточка", f"/desk/appeals/{middle.pk}/", {}, 150),
        ("Поиск по словоформам", "/desk/appeals/", {"q": "холодные батареи"}, 300),
        ("Поиск с опиской", "/desk/appeals/", {"q": "асвещение"}, 300),
        ("Контроль сроков", "/desk/control/", {}, 150),
        ("Сегодня", "/desk/", {}, 500),
        ("Сводка, год", "/desk/summary/", {"since": "2025-11-21", "until": "2026-11-20"}, 500),
        ("Карта, год", "/desk/map/", {"since": "2025-11-21", "until": "2026-11-20"}, 200),
        ("Рейтинг, год", "/desk/rating/", {"since": "2025-11-21", "until": "2026-11-20"}, 500),
    )
    opened(client, "/desk/", {})
    # As the web program does when it has loaded (otklik/config/wsgi.py).
    gc.collect()
    gc.freeze()
    return [
        timed(name, lambda u=url, q=query: opened(client, u, q), bound)
        for name, url, query, bound in pages
    ]


def opened(client: Any, url: str, query: dict[str, Any]) -> None:
    answer = client.get(url, {key: value for key, value in query.items() if value is not None})
    assert answer.status_code == 200, (url, answer.status_code)


def timed(name: str, work: Callable[[], None], bound: float) -> Figure:
    """One run to warm up, then the counted ones."""
    work()
    spent = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        work()
        spent.append((time.perf_counter() - begun) * 1000)
    spent.sort()
    return Figure(name, statistics.median(spent), spent[int(len(spent) * 0.95)], bound)


if __name__ == "__main__":
    main()
