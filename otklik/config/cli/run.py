"""`otklik run`."""

from __future__ import annotations

import click

from otklik.config.running.options import address_options, jobs_option, workers_option


@click.command()
@address_options
@workers_option
@jobs_option
@click.option(
    "--demo",
    is_flag=True,
    help="Показать выдуманный муниципалитет с входом для всех ролей.",
)
def run(host: str, port: int, workers: int, jobs: int, demo: bool) -> None:
    """Запустить Отклик: базу данных, страницы и обработчик заданий. Остановить — Ctrl+C."""
    from otklik.config.running.house import open_house

    open_house(host=host, port=port, workers=workers, jobs=jobs, demo=demo)
