"""Options that `run`, `web` and `worker` share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

type_command = Callable[..., Any]


def address_options(command: type_command) -> type_command:
    host = click.option(
        "--host",
        default="127.0.0.1",
        show_default=True,
        metavar="АДРЕС",
        help="На каком сетевом адресе открыть страницы; 0.0.0.0 — на всех.",
    )
    port = click.option(
        "--port",
        default=8000,
        show_default=True,
        type=click.IntRange(1, 65535),
        metavar="ПОРТ",
        help="Номер порта.",
    )
    return host(port(command))


workers_option = click.option(
    "--workers",
    default=2,
    show_default=True,
    type=click.IntRange(1, 64),
    metavar="ЧИСЛО",
    help="Сколько процессов отдают страницы.",
)
jobs_option = click.option(
    "--jobs",
    default=2,
    show_default=True,
    type=click.IntRange(1, 32),
    metavar="ЧИСЛО",
    help="Сколько заданий выполнять одновременно.",
)
