"""Pages of the desk through Django's client, and the weekly note with its files."""

from __future__ import annotations

import resource
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any

from django.urls import NoReverseMatch, reverse

from bench.cuts import cuts
from bench.figures import Figure, once, timed
from bench.house import LAST_DAY

MEMORY = 400
YEAR = {"since": str(LAST_DAY - timedelta(days=364)), "until": str(LAST_DAY)}
FIVE = {"since": str(LAST_DAY - timedelta(days=5 * 365)), "until": str(LAST_DAY)}
Query = dict[str, Any]


def measure() -> list[Figure]:
    from otklik.config.warming import warm

    client = signed_in()
    # As the web program does when it loads (otklik/config/wsgi.py).
    client.handler.load_middleware()
    warm()
    figures = [
        timed(name, opener(client, url, query), bound) for name, url, query, bound in pages()
    ]
    figures += [timed(name, work, bound) for name, work, bound in cuts()]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [*figures, once("Память процесса со страницами", memory, MEMORY, "МБ"), note()]


def signed_in() -> Any:
    from django.test import Client

    from otklik.directory.accounts.models import Account
    from otklik.directory.organisation.models import Appointment

    people = Account.objects.order_by("pk")
    for right in ("analytics", "report", "control"):
        held = Appointment.objects.filter(role__grants__permission=right).values("account")
        people = people.filter(pk__in=held)
    client = Client()
    client.force_login(people[0])
    return client


def pages() -> list[tuple[str, str, Query, float]]:
    """Name, address, query and the bound in milliseconds."""
    from otklik.casework.appeals.models import Appeal

    some = Appeal.objects.order_by("pk")
    middle = some[some.count() // 2]
    deep = f"+{middle.received_at.isoformat()}_{middle.pk}"
    topic, body = middle.topic_id, middle.executor_body_id
    return [
        ("Список, первая страница", "/desk/appeals/", {}, 150),
        ("Список, глубокая страница", "/desk/appeals/", {"page": deep}, 150),
        ("Список по теме и исполнителю", "/desk/appeals/", {"topic": topic, "body": body}, 150),
        ("Список просроченных", "/desk/appeals/", {"overdue": "1"}, 150),
        ("Карточка", f"/desk/appeals/{middle.pk}/", {}, 150),
        ("Поиск по словоформам", "/desk/appeals/", {"q": "холодные батареи"}, 300),
        ("Поиск с опиской", "/desk/appeals/", {"q": "асвещение"}, 300),
        ("Поиск с двумя описками", "/desk/appeals/", {"q": "мусарные контенеры"}, 300),
        ("Контроль сроков", "/desk/control/", {}, 150),
        ("Сегодня", "/desk/", {}, 500),
        ("Сводка, год", "/desk/summary/", YEAR, 500),
        ("Карта, год", "/desk/map/", YEAR, 200),
        ("Карта, год, просроченные", "/desk/map/", {**YEAR, "overdue": "1"}, 200),
        ("Рейтинг, год", "/desk/rating/", YEAR, 500),
        ("Список за год с каналом", "/desk/appeals/", {**YEAR, "channel": "pos"}, 150),
        ("Список отвеченных с опозданием", "/desk/appeals/", {"late": "1"}, 150),
        ("Список одного места", "/desk/appeals/", {"settlement": middle.settlement_id}, 150),
        ("Поиск по частому слову", "/desk/appeals/", {"q": "дом"}, 300),
        ("Поиск с темой и годом", "/desk/appeals/", {**YEAR, "q": "яма", "topic": topic}, 300),
        ("Поиск по номеру", "/desk/appeals/", {"q": middle.number}, 300),
        ("Сводка, 5 лет", "/desk/summary/", FIVE, 500),
        ("Рейтинг, 5 лет", "/desk/rating/", FIVE, 500),
        ("Карта, 5 лет", "/desk/map/", FIVE, 200),
        *_screens(),
    ]


def _screens() -> list[tuple[str, str, Query, float]]:
    """Screens of the analysis that open without being asked anything."""
    named = {
        "growth": "Рост и причины",
        "workload": "Занятость",
        "board": "Пульт",
        "reports": "Документы",
    }
    found = []
    for name, title in named.items():
        with suppress(NoReverseMatch):
            found.append((title, reverse(f"desk:{name}"), Query(), 500.0))
    return found


def opener(client: Any, url: str, query: Query) -> Callable[[], None]:
    return partial(opened, client, url, query)


def opened(client: Any, url: str, query: Query) -> None:
    answer = client.get(url, {key: value for key, value in query.items() if value is not None})
    assert answer.status_code == 200, (url, answer.status_code)


def note() -> Figure:
    """The note of a week with its pictures, as DOCX and as PDF."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    from otklik.directory.organisation.models import Municipality
    from otklik.directory.organisation.rules import Access
    from otklik.insight.reports.actions import make_note

    # No worker runs beside the benchmark: what it would have done by now is done already.
    ProcrastinateJob.objects.filter(task_name__startswith="facts.", status="todo").update(
        status="cancelled"
    )
    access = Access.system(Municipality.objects.get(is_demo=True).pk)
    until = LAST_DAY - timedelta(days=LAST_DAY.weekday() + 1)
    since = until - timedelta(days=6)
    return timed(
        "Записка за неделю, DOCX и PDF",
        lambda: make_note(access=access, since=since, until=until),
        5000,
        repeats=3,
    )
