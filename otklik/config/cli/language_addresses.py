"""`otklik language addresses`: the places that the texts of a file speak of."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument(
    "file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="ФАЙЛ"
)
def addresses(file: Path) -> None:
    """Показать адреса, найденные в таблице или тексте."""
    from otklik.base.tables import open_table

    table = open_table(file)
    try:
        for row in table.rows():
            click.echo(" ".join(str(cell) for cell in row.cells if cell))
    finally:
        table.close()
