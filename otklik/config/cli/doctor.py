"""`otklik doctor`."""

from __future__ import annotations

import click


@click.command()
def doctor() -> None:
    """Проверить установку и подсказать, что поправить. Код выхода 1, если что-то не так."""
    import django

    django.setup()
    from otklik.config import migrating
    from otklik.config.doctor import examine
    from otklik.config.doctor.check import State
    from otklik.config.postgres import serving

    wrong = 0
    with serving():
        for finding in examine():
            click.echo(f"{finding.state.value} {finding.text}")
            if finding.mend:
                click.echo(f"    Что делать: {finding.mend}")
            wrong += finding.state is State.BAD
        migrating.hang_up()
    if wrong:
        click.echo(f"\nТребует внимания: {wrong}.")
        raise click.exceptions.Exit(1)
    click.echo("\nВсё в порядке.")
