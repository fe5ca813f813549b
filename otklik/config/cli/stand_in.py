"""`otklik stand-in`."""

from __future__ import annotations

import click


@click.command(name="stand-in")
@click.argument("names", nargs=-1)
@click.option("--port", default=8100, show_default=True, help="Порт первой службы; дальше подряд.")
def stand_in(names: tuple[str, ...], port: int) -> None:
    """Запустить у себя заместителя службы: vk, ok, telegram, max, esia. Без имён — список."""
    from otklik.config.running.standins import serve_all
    from otklik.exchange.standins import registry

    known = registry.names()
    if not names:
        click.echo("Есть заместители: " + ", ".join(known))
        return
    unknown = [name for name in names if name not in known]
    if unknown:
        raise click.UsageError(f"Нет заместителя «{unknown[0]}». Есть: {', '.join(known)}.")
    serve_all(names, port)
