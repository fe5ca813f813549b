"""The worker process: jobs of the queue and the periodic schedule."""

from __future__ import annotations

import asyncio
import os
import socket

from otklik.config.running import bonds
from otklik.config.running.listening import Ears

HEARTBEAT_SECONDS = 5.0
STALLED_SECONDS = 20.0


def work(*, jobs: int) -> None:
    """Do jobs until SIGTERM or SIGINT; the job in hand is finished first."""
    bonds.end_with_supervisor()
    import django

    django.setup()
    from procrastinate.contrib.django import app

    worker_app = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    ears = Ears()
    ears.start()
    try:
        asyncio.run(_run(worker_app, jobs))
    finally:
        ears.stop()


async def _run(app: object, jobs: int) -> None:
    async with app.open_async():  # type: ignore[attr-defined]
        await app.run_worker_async(  # type: ignore[attr-defined]
            name=f"{socket.gethostname()}-{os.getpid()}",
            concurrency=jobs,
            fetch_job_polling_interval=2.0,
            update_heartbeat_interval=HEARTBEAT_SECONDS,
            stalled_worker_timeout=STALLED_SECONDS,
            delete_jobs="never",
        )
