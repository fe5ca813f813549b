"""The web process: granian over the WSGI program."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from typing import Any

from otklik.config.running import bonds, ports

THREADS = 4


def serve(*, host: str, port: int, workers: int) -> None:
    """Serve pages until SIGTERM or SIGINT; the worker processes end with this one."""
    from granian import Granian
    from granian.constants import Interfaces

    bonds.end_with_supervisor()
    ports.ensure_free(host, port)
    server = Granian(
        "otklik.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        backlog=512,
        respawn_failed_workers=True,
        workers_kill_timeout=20,
        log_level=os.environ.get("OTKLIK_WEB_LOG", "warning"),  # type: ignore[arg-type]
    )
    server.serve(target_loader=partial(_load, os.getpid()), wrap_loader=False)


def _load(parent: int) -> Callable[..., Any]:
    """Runs in each worker process of granian: a killed parent must not leave it on the port."""
    bonds.end_with_parent(parent)
    from otklik.config import pooling
    from otklik.config.wsgi import application

    pooling.begin(THREADS)
    return application
