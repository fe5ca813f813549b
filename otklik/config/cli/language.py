"""`otklik language`: the reader of Russian texts by itself, on files; no database is needed."""

from __future__ import annotations

import click

from otklik.config.cli.language_addresses import addresses
from otklik.config.cli.language_evaluate import evaluate
from otklik.config.cli.language_mask import mask


@click.group()
def language() -> None:
    """Чтение текстов: что программа находит в файле. База данных не нужна."""


language.add_command(addresses)
language.add_command(evaluate)
language.add_command(mask)
