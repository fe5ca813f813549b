"""Events of services taken by the pages, and what a hundred quiet accounts cost the worker."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any

import click
import psutil

from bench.figures import Figure, once

EVENTS_A_SECOND, SECONDS = 200, 20
SENDERS = 8
ACCOUNTS, WATCHED_SECONDS = 100, 120
TOKEN = "7000000001:bench-token-of-the-centre"


def measure() -> list[Figure]:
    return [*_events(), *_visits()]


def _events() -> list[Figure]:
    from otklik.exchange.channels.connectors.base import AccountCard
    from otklik.exchange.channels.connectors.telegram.settings import TelegramSettings, hook_secret

    account = _account("bench events", TOKEN, "http://127.0.0.1:9", by_webhook=True)
    card = AccountCard(settings=TelegramSettings(), secret={"token": TOKEN})
    with _pages() as url:
        address = f"{url}/hooks/{account.pk}/{account.hook_key}/"
        spent = _send(address, hook_secret(card))
    spent.sort()
    return [
        Figure(
            f"Приём события вебхука, {EVENTS_A_SECOND} в секунду",
            median(spent) * 1000,
            spent[int(len(spent) * 0.95)] * 1000,
            30,
        )
    ]


def _send(address: str, secret: str) -> list[float]:
    """Every sender keeps to its own beat, whatever the answers take; seconds of each answer."""
    import httpx

    spent: list[float] = []
    begins = time.perf_counter() + 2
    run = time.time_ns()

    def work(place: int) -> None:
        with httpx.Client(timeout=30) as client:
            headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
            client.post(address, json={"update_id": run + place}, headers=headers)
            for number in range(place, EVENTS_A_SECOND * SECONDS, SENDERS):
                time.sleep(max(begins + number / EVENTS_A_SECOND - time.perf_counter(), 0))
                began = time.perf_counter()
                answer = client.post(address, content=_event(run + number), headers=headers)
                spent.append(time.perf_counter() - began)
                answer.raise_for_status()

    threads = [threading.Thread(target=work, args=(place,)) for place in range(SENDERS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return spent


def _event(number: int) -> bytes:
    person = {"id": 5101, "is_bot": False, "first_name": "Мария"}
    chat = {"id": 5101, "type": "private", "first_name": "Мария"}
    message = {
        "message_id": number % 10**9,
        "date": 1_780_000_000,
        "from": person,
        "chat": chat,
        "text": f"На Садовой, {number % 90} яма. Примите меры.",
    }
    return json.dumps({"update_id": number, "message": message}, ensure_ascii=False).encode()


def _visits() -> list[Figure]:
    """The worker at rest without accounts, then with a hundred that are asked and stay silent."""
    from otklik.exchange.channels.models import ChannelAccount, ChannelEvent
    from otklik.exchange.standins.serving import served
    from otklik.exchange.standins.telegram.application import TelegramStandIn
    from otklik.exchange.standins.telegram.world import Bot

    ChannelAccount.objects.all().update(enabled=False)
    ChannelEvent.objects.all().delete()
    quiet = _worker_share()
    with served(TelegramStandIn()) as service:
        for number in range(ACCOUNTS):
            token = f"{7_100_000_000 + number}:bench"
            service.world.bots[token] = Bot(7_100_000_000 + number, token, "Бот", f"bench{number}")
            _account(f"bench {number}", token, service.url, by_webhook=False)
        busy = _worker_share()
    ChannelAccount.objects.filter(title__startswith="bench").update(enabled=False)
    click.echo(f"обработчик без каналов: {quiet:.1f} % ядра, с каналами: {busy:.1f} %")
    name = f"{ACCOUNTS} опрашиваемых каналов в покое"
    return [once(name, max(busy - quiet, 0), 10, "% ядра")]


def _worker_share() -> float:
    """Per cent of a core that the worker and its database sessions take."""
    command = [sys.executable, "-m", "otklik", "worker", "--jobs", "2"]
    with subprocess.Popen(command, env=os.environ) as worker:
        try:
            time.sleep(30)  # the start, and the first visits
            begun, before = time.monotonic(), _spent(worker.pid)
            time.sleep(WATCHED_SECONDS)
            return (_spent(worker.pid) - before) / (time.monotonic() - begun) * 100
        finally:
            worker.terminate()


def _spent(pid: int) -> float:
    family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    return sum(each.cpu_times().user + each.cpu_times().system for each in family)


def _account(title: str, token: str, address: str, *, by_webhook: bool) -> Any:
    from otklik.directory.organisation.models import Municipality
    from otklik.directory.organisation.rules import Access
    from otklik.exchange.channels.actions import set_up_account

    place = Municipality.objects.get(is_demo=True)
    return set_up_account(
        access=Access.system(place.pk, "Измерение"),
        kind="telegram",
        title=title,
        settings={"api_url": address, "by_webhook": by_webhook},
        secret={"token": token},
    )


@contextmanager
def _pages() -> Iterator[str]:
    """The pages as an installation serves them, over the database of the measurement."""
    import httpx

    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    where = ["--host", "127.0.0.1", "--port", str(port), "--workers", "2"]
    with subprocess.Popen([sys.executable, "-m", "otklik", "web", *where], env=os.environ) as web:
        try:
            url = f"http://127.0.0.1:{port}"
            for _ in range(120):
                try:
                    httpx.get(f"{url}/hooks/", timeout=2)
                    break
                except httpx.HTTPError:
                    time.sleep(0.5)
            yield url
        finally:
            web.terminate()
