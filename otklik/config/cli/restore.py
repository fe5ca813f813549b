"""`otklik restore`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("file", metavar="ФАЙЛ", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Заменить непустую базу; прежняя останется рядом.")
def restore(file: Path, force: bool) -> None:
    """Восстановить базу данных и вложения из файла, сделанного otklik backup."""
    import django

    django.setup()
    from otklik.config import migrating
    from otklik.config.postgres import serving

    with serving():
        try:
            with migrating.reachable():
                _restore(file, force=force)
        finally:
            migrating.hang_up()


def _restore(file: Path, *, force: bool) -> None:
    from otklik.base import clock
    from otklik.base.errors import NotFound, OtklikError
    from otklik.config import migrating
    from otklik.config.backup.restoring import restore
    from otklik.records.journal.queries import verify

    if not file.exists():
        raise NotFound(f"Файла {file} нет.", "Проверьте путь к копии.")
    manifest = restore(file, force=force, now=clock.now())
    applied = migrating.migrate()
    verdict = verify()
    if not verdict.whole:
        raise OtklikError(
            f"Копия восстановлена, но журнал в ней нарушен: {verdict.reason}",
            "Подробности покажет otklik journal verify.",
        )
    click.echo(f"Восстановлено: копия от {manifest.made_at}, файлов — {len(manifest.files)}.")
    if applied:
        click.echo(f"База обновлена до этой версии программы: изменений — {len(applied)}.")
    if force:
        click.echo("Прежняя база, если она была, сохранена на сервере под именем …_before_…")
    click.echo("Журнал цел.")
