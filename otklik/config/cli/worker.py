"""`otklik worker`."""

from __future__ import annotations

import click

from otklik.config.running.options import jobs_option


@click.command()
@jobs_option
def worker(jobs: int) -> None:
    """Запустить только обработчик заданий: почта, сроки, отчёты, загрузки."""
    from otklik.config.postgres import serving
    from otklik.config.running.queue import work

    with serving():
        work(jobs=jobs)
