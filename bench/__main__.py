"""Speed against the bounds of the design: `python -m bench --appeals 100000`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import click

from bench.figures import HEADING, Figure
from bench.house import LARGE, filled, settle

HISTORY, FEW = 5000, 1000
SMALL = ("pages", "language", "likeness", "terms", "rules", "import", "channels")
LARGE_PARTS = ("cold", "pages", "facts")
"""What grows with the number of appeals; measured at a million."""

PARTS = (*SMALL, "cold", "facts")
SIZES = (10_000, 100_000, LARGE)


@click.command(help="Измерить скорость на выдуманных обращениях.")
@click.option("--appeals", default=100_000, help="Сколько обращений.")
@click.option("--fresh", is_flag=True, help="Сделать данные заново.")
@click.option("--only", type=click.Choice(PARTS), help="Только это измерение.")
@click.option("--years", is_flag=True, help="Пять лет вместо одного; при миллионе — всегда.")
@click.option("--growth", is_flag=True, help="От 10 000 до 1 000 000 рядом.")
@click.option("--save", type=click.Path(path_type=Path), help="Записать числа в файл JSON.")
def main(
    appeals: int, fresh: bool, only: str | None, years: bool, growth: bool, save: Path | None
) -> None:
    if growth:
        _growth(only or "pages", fresh)
        return
    years = years or appeals >= LARGE
    if only is None:
        # Each in a process of its own: memory and caches of one must not stand in another.
        for number, part in enumerate(LARGE_PARTS if years else SMALL):
            _run(part, appeals, years=years, fresh=fresh and not number)
        return
    figures = _measured(only, appeals, fresh, years)
    click.echo(f"\n{HEADING}")
    for figure in figures:
        click.echo(figure.line())
    if save:
        save.write_text(json.dumps([figure.saved() for figure in figures]), encoding="utf-8")


def _run(part: str, appeals: int, *, years: bool, fresh: bool, save: str = "") -> None:
    command = [sys.executable, "-m", "bench", "--appeals", str(appeals), "--only", part]
    command += ["--years"] if years else []
    command += ["--fresh"] if fresh else []
    command += ["--save", save] if save else []
    subprocess.run(command, check=True, env=os.environ)


def _growth(part: str, fresh: bool) -> None:
    """The same pages over ever more appeals, medians side by side."""
    columns: list[dict[str, float]] = []
    for size in SIZES:
        with tempfile.NamedTemporaryFile(suffix=".json") as file:
            _run(part, size, years=True, fresh=fresh, save=file.name)
            rows = json.loads(Path(file.name).read_text(encoding="utf-8"))
        columns.append({row[0]: row[1] for row in rows})
    click.echo("\n" + " " * 52 + "".join(f"{size:>12}" for size in SIZES) + f"{'рост':>9}")
    for name in columns[-1]:
        told = [column.get(name) for column in columns]
        cells = "".join(f"{'—' if value is None else round(value):>12}" for value in told)
        first, last = told[0], told[-1]
        grown = f"×{last / first:.1f}" if first and last else "—"
        click.echo(f"{name:<52}{cells}{grown:>9}")


def _measured(part: str, appeals: int, fresh: bool, years: bool) -> list[Figure]:
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
    # One year of a size and five of it are different data; a million has always five.
    settle(f"years-{appeals}" if years and appeals < LARGE else str(appeals), fresh=fresh)
    with filled(appeals, many=years):
        return _over_cases(part)


def _over_cases(part: str) -> list[Figure]:
    from bench import cold, following, language, pages, rules, terms

    measures: dict[str, Callable[[], list[Figure]]] = {
        "pages": pages.measure,
        "cold": cold.measure,
        "facts": following.measure,
        "language": language.measure,
        "terms": terms.measure,
        "rules": rules.measure,
    }
    return measures[part]()


if __name__ == "__main__":
    main()
