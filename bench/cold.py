"""The first opening of every page: a fresh process, the database server just started.

The server's own buffers are empty; what the operating system keeps of its files stays.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from bench.cuts import cuts
from bench.figures import Figure, once
from bench.pages import opener, pages, signed_in


def measure() -> list[Figure]:
    from otklik.config.warming import warm

    client = signed_in()
    asked = [(name, opener(client, url, query), bound) for name, url, query, bound in pages()]
    work = [*asked, *cuts()]
    # As the web program does when it loads (otklik/config/wsgi.py).
    client.handler.load_middleware()
    warm()
    return [_cold(name, open_it, bound) for name, open_it, bound in work]


def _cold(name: str, work: Callable[[], object], bound: float) -> Figure:
    _restart()
    begun = time.perf_counter()
    work()
    return once(name, (time.perf_counter() - begun) * 1000, bound, "мс")


def _restart() -> None:
    from django.db import connections

    from otklik.config.postgres import Cluster, data_home

    connections.close_all()
    cluster = Cluster(data_home() / "postgres")
    cluster.stop()
    cluster.start()
