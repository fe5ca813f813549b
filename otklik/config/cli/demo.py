"""`otklik demo`: an invented municipality with a year of appeals, to look around in."""

from __future__ import annotations

from datetime import datetime

import click

DEFAULT_TARGET = 5000
DEFAULT_SEED = 20260901


@click.command()
@click.option("--appeals", default=DEFAULT_TARGET, show_default=True, metavar="ЧИСЛО",
              type=click.IntRange(10, 1_000_000), help="Сколько обращений создать.")  # fmt: skip
@click.option("--seed", default=DEFAULT_SEED, show_default=True, metavar="ЧИСЛО",
              help="Начало случайного ряда: от одного числа те же обращения.")  # fmt: skip
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), metavar="ГГГГ-ММ-ДД",
              help="Последний день года, по умолчанию последний завершённый.")  # fmt: skip
def demo(appeals: int, seed: int, until: datetime | None) -> None:
    """Наполнить базу выдуманным муниципалитетом. Повторный запуск ничего не меняет."""
    import django

    django.setup()
    from otklik.base import clock
    from otklik.config.demo.fill import already_filled, fill, last_whole_day
    from otklik.config.demo.grounds import DEMO_PASSWORD
    from otklik.config.demo.world import load_world

    made = already_filled()
    if made is not None:
        click.echo(f"{made.name} уже здесь, ничего не изменено.")
        return
    last = until.date() if until else last_whole_day(clock.now())
    click.echo("Создаём выдуманный муниципалитет и его обращения…")
    made = fill(seed=seed, until=last, target=appeals, progress=_tell)
    click.echo(f"Готово: {made.name}, обращений\u00a0— {appeals}.")
    click.echo(f"Войти можно с паролем {DEMO_PASSWORD}:")
    for person in load_world().staff:
        click.echo(f"  {person.email:<34} {person.name}, {person.position}")


def _tell(done: int, total: int) -> None:
    click.echo(f"  {done} из {total}")
