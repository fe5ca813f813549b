"""Speed against the bounds of the design: `python -m bench --appeals 100000`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

import click

from bench.figures import HEADING, Figure
from bench.house import filled, settle

HISTORY, FEW = 5000, 1000
PARTS = ("pages", "language", "likeness", "terms", "rules", "import", "channels")


@click.command(help="Измерить скорость на выдуманных обращениях.")
@click.option("--appeals", default=100_000, help="Сколько обращений.")
@click.option("--fresh", is_flag=True, help="Сделать данные заново.")
@click.option("--only", type=click.Choice(PARTS), help="Только это измерение.")
def main(appeals: int, fresh: bool, only: str | None) -> None:
    if only is None:
        # Each in a process of its own: memory and caches of one must not stand in another.
        _each(appeals, fresh)
        return
    figures = _measured(only, appeals, fresh)
    click.echo(f"\n{HEADING}")
    for figure in figures:
        click.echo(figure.line())


def _each(appeals: int, fresh: bool) -> None:
    for part in PARTS:
        more = ["--fresh"] if fresh and part == PARTS[0] else []
        command = [sys.executable, "-m", "bench", "--appeals", str(appeals), "--only", part, *more]
        subprocess.run(command, check=True, env=os.environ)


def _measured(part: str, appeals: int, fresh: bool) -> list[Figure]:
    if part == "import":
        settle("import", fresh=True)
        with filled(HISTORY):
            from bench import imports

            return imports.measure(appeals)
    if part == "likeness":
        settle("likeness", fresh=fresh)
        from bench import likeness

        figures = likeness.in_memory()
        with filled(FEW):
            return [*figures, *likeness.in_database()]
    if part == "channels":
        settle("channels", fresh=fresh)
        with filled(FEW):
            from bench import channels

            return channels.measure()
    settle(str(appeals), fresh=fresh)
    with filled(appeals):
        from bench import language, pages, rules, terms

        measures: dict[str, Callable[[], list[Figure]]] = {
            "pages": pages.measure,
            "language": language.measure,
            "terms": terms.measure,
            "rules": rules.measure,
        }
        return measures[part]()


if __name__ == "__main__":
    main()
