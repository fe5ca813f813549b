"""`otklik web`."""

from __future__ import annotations

import click

from otklik.config.running.options import address_options, workers_option


@click.command()
@address_options
@workers_option
def web(host: str, port: int, workers: int) -> None:
    """Запустить только страницы. Таких машин может быть несколько над одной базой данных."""
    from otklik.config.postgres import serving
    from otklik.config.running.web import serve

    with serving():
        serve(host=host, port=port, workers=workers)
