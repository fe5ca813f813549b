"""`otklik backup`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("file", metavar="ФАЙЛ", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Сохранить базу данных и вложения в один файл. Работать при этом можно."""
    from otklik.base import clock
    from otklik.config.backup.making import make

    manifest = make(file, now=clock.now())
    size = file.stat().st_size / 1024**2
    click.echo(f"Копия готова: {file}, файлов — {len(manifest.files)}, {size:.1f} МБ.")
    click.echo("В ней персональные данные и ключ установки: храните её закрытой.")
