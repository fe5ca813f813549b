"""`otklik language mask`: the texts of a file without personal data."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from otklik.config.cli.language_addresses import texts_of

_VIEWS = ("work", "publication")


@click.command()
@click.argument(
    "file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="ФАЙЛ"
)
@click.option("--text", "column", metavar="СТОЛБЕЦ", help="Столбец с текстом: имя или буква.")
@click.option(
    "--view",
    type=click.Choice(_VIEWS),
    default="work",
    show_default=True,
    help="work — для сотрудников без права видеть персональные данные; publication — для всех.",
)
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Для программ: строка JSON на каждый текст, с тем, что и где скрыто (без самих данных).",
)
def mask(file: Path, column: str | None, view: str, as_json: bool) -> None:
    """Показать тексты таблицы (XLSX, CSV) или файла без персональных данных."""
    from otklik.language.masking import for_publication, for_work

    hide = for_publication if view == "publication" else for_work
    texts = hidden = 0
    for number, text in texts_of(file, column):
        done = hide(text)
        texts, hidden = texts + 1, hidden + len(done.hidden)
        if as_json:
            found = [asdict(span) for span in done.found]
            told = {"row": number, "text": done.text, "found": found}
            click.echo(json.dumps(told, ensure_ascii=False))
        else:
            click.echo(f"{number}: {' '.join(done.text.split())}")
    if not as_json:
        click.echo(f"Текстов: {texts}, скрыто: {hidden}.")
