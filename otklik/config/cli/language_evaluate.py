"""`otklik language evaluate`: how well topics are suggested on somebody's own file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from otklik.config.cli.columns import read_columns

_NAMES = {
    "accuracy": "верных первых",
    "macro_f1": "F1 по темам (среднее)",
    "top3": "верная среди трёх",
    "ece": "ошибка уверенности",
    "coverage_at_90": "охват при точности 90 %",
    "train_s": "обучение, с",
    "per_s": "сообщений в секунду",
}


@click.command()
@click.argument(
    "file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="ФАЙЛ"
)
@click.option("--text", required=True, metavar="СТОЛБЕЦ", help="Столбец с текстом сообщения.")
@click.option("--label", required=True, metavar="СТОЛБЕЦ", help="Столбец с верным ответом.")
@click.option("--folds", default=5, show_default=True, type=click.IntRange(2, 50), help="Частей.")
@click.option("--json", "as_json", is_flag=True, help="Напечатать числа в JSON.")
def evaluate(file: Path, text: str, label: str, folds: int, as_json: bool) -> None:
    """Проверить подсказки на размеченном файле рядом с известным способом."""
    from otklik.language.classifier.evaluation import evaluate as measured

    rows = list(read_columns(file, text, label))
    try:
        found = measured([row[0] for row in rows], [row[1] for row in rows], folds)
    except ValueError as error:
        raise click.ClickException(
            "Проверять не на чем: нужно хотя бы два непустых сообщения с ответом."
        ) from error
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        _print(found)


def _print(found: dict[str, Any]) -> None:
    click.echo(
        f"Сообщений: {found['texts']}, ответов: {found['classes']}, частей: {found['folds']}\n"
    )
    click.echo(f"{'':28}{'Отклик':>12}{'для сравнения':>16}")
    for key, name in _NAMES.items():
        click.echo(f"{name:28}{found['engine'][key]:>12g}{found['baseline'][key]:>16g}")
