"""`otklik migrate`."""

from __future__ import annotations

import click


@click.command()
@click.option("--check", is_flag=True, help="Только показать, чего не хватает; код выхода 1.")
def migrate(check: bool) -> None:
    """Обновить базу данных до этой версии программы. Повторный запуск ничего не меняет."""
    import django

    django.setup()
    from otklik.config import migrating
    from otklik.config.postgres import serving

    with serving():
        if check:
            with migrating.reachable():
                missing = migrating.pending()
        else:
            missing = migrating.migrate()
        migrating.hang_up()
    for name in missing:
        click.echo(f"{'нужно' if check else 'применено'}: {name}")
    if not missing:
        click.echo("База данных соответствует программе.")
    elif check:
        raise click.exceptions.Exit(1)
