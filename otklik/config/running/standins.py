"""Stand-ins of services beside the demo, each on a port of its own on loopback."""

from __future__ import annotations

import signal
import threading
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import click
from django.conf import settings

from otklik.config.running import bonds
from otklik.exchange.standins import registry
from otklik.exchange.standins.keeping import Keeper
from otklik.exchange.standins.serving import served

NETWORKS = ("vk", "ok", "telegram", "max")
FIRST_PORT = 100  # above the port of the pages


def serve_all(names: Sequence[str], port: int) -> None:
    """Serve until SIGTERM or SIGINT; what was written is kept in the data folder."""
    bonds.end_with_supervisor()
    folder = Path(settings.DATA_DIR) / "standins"
    folder.mkdir(parents=True, exist_ok=True)
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    with ExitStack() as stack:
        for place, name in enumerate(names):
            app = stack.enter_context(served(registry.make(name), port + place))
            keeper = Keeper(app, folder / f"{name}-{port + place}.state")
            stack.callback(keeper.close)
            click.echo(f"{app.title}: {app.url}")
        ended.wait()
