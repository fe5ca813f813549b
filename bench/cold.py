"""The first opening of every page after a start of the program.

The database server has just been started and has had the seconds that the web program takes to load
after it: it fills its buffers with what they held when it stopped. The connection is new,
prepared as the web program prepares its own. The page was in use before the stop: this is a start
of the program among people at work, not of the machine, whose files would have to be read first.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from bench.cuts import cuts
from bench.figures import Figure, of_runs
from bench.pages import opener, pages, signed_in

ROUNDS = 3
LOADING = 2
"""Seconds from the start of the server to the first page, at the least."""


def measure() -> list[Figure]:
    from otklik.config.warming import warm

    client = signed_in()
    asked = [(name, opener(client, url, query), bound) for name, url, query, bound in pages()]
    work = [*asked, *cuts()]
    # As the web program does when it loads (otklik/config/wsgi.py).
    client.handler.load_middleware()
    warm()
    spent = [[_cold(open_it) for _, open_it, _ in work] for _ in range(ROUNDS)]
    return [
        of_runs(name, times, bound)
        for (name, _, bound), times in zip(work, zip(*spent, strict=True), strict=True)
    ]


def _cold(work: Callable[[], object]) -> float:
    # Some machines take back the memory of files that nobody has read for a minute.
    work()
    _restart()
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def _restart() -> None:
    from django.db import connection, connections

    from otklik.config.pooling import acquaint
    from otklik.config.postgres import Cluster, data_home

    connections.close_all()
    cluster = Cluster(data_home() / "postgres")
    cluster.stop()
    cluster.start()
    time.sleep(LOADING)
    # As `otklik.config.pooling` does for the web program.
    connection.ensure_connection()
    acquaint(connection.connection)
